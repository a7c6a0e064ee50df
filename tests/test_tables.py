"""Ranked runs as tables."""

import json

import pandas as pd
import pytest

from segkit.beside import Beside
from segkit.brief import Brief
from segkit.records import FAILED, FINISHED, RunRecord
from segkit.selection import MetricRule, Ranking
from segkit.tables import failed_json, k_table, left_aligned, ranking_json, ranking_table, ranking_text, sweep_json

FINE = {"segments": 4.0, "smallest_share": 0.1, "silhouette_macro": 0.5}


def run(name: str, status: str = FINISHED, k: str = "4", reason: str = "", **metrics: float) -> RunRecord:
    params = {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans"} | ({"k": k} if k else {})
    return RunRecord(f"{name}-0123456789", name, status, params, FINE | metrics, reason=reason)


def ranked(*runs: RunRecord) -> Ranking:
    return MetricRule("rule", "silhouette_macro").rank(runs, Brief())


def test_the_table_holds_place_steps_k_metrics_and_guards() -> None:
    table = ranking_table(ranked(run("b", silhouette_macro=0.1), run("a", segments=9.0, smallest_share=0.001)))
    assert table["rank"].tolist() == [1, 2]
    assert table["name"].tolist() == ["b", "a"]
    assert table["algorithm"].tolist() == ["kmeans", "kmeans"]
    assert table["silhouette_macro"].tolist() == [0.1, 0.5]
    assert table["guards"].tolist() == ["", "too_many_segments tiny_segment"]


def test_features_stand_in_a_column_of_their_own_where_they_vary() -> None:
    columns = f"[{','.join(f'column {place}' for place in range(9))}]"
    runs = [
        RunRecord("1", "standard-kmeans", FINISHED, {}, FINE),
        RunRecord("2", f"standard-kmeans-features={columns}-seed=1", FINISHED, {"features": columns}, FINE),
    ]
    assert ranking_table(ranked(*runs))["features"].tolist() == ["all", columns]
    text = ranking_text(ranked(*runs)).splitlines()
    assert text[0].split()[:2] == ["run", "features"]
    assert text[2].split("  ")[1:3] == ["standard-kmeans-seed=1", "[column 0,column 1,column 2,column 3,..."]
    assert "features" not in ranking_table(ranked(runs[1]))


def test_k_is_a_whole_number_or_missing() -> None:
    table = ranking_table(ranked(run("a"), run("b", k="")))
    assert table["k"].dtype == "Int64"
    assert table["k"].isna().tolist() == [False, True]


def test_a_metric_that_one_run_lacks_is_missing_there() -> None:
    table = ranking_table(ranked(run("a", bic=5.0), run("b")))
    assert table.set_index("name")["bic"].isna().to_dict() == {"a": False, "b": True}


def test_without_runs_the_table_has_its_first_columns() -> None:
    table = ranking_table(ranked())
    assert table.empty
    assert list(table.columns) == ["rank", "run_id", "name"]


def test_json_holds_the_same_as_plain_values() -> None:
    (found,) = json.loads(json.dumps(ranking_json(ranked(run("a", segments=2.0)))))
    assert found == {
        "rank": 1,
        "run_id": "a-0123456789",
        "name": "a",
        "status": FINISHED,
        "params": {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans", "k": "4"},
        "metrics": {"segments": 2.0, "smallest_share": 0.1, "silhouette_macro": 0.5},
        "guards": ["too_few_segments"],
    }


def test_failed_runs_say_why_or_at_least_how_they_ended() -> None:
    found = failed_json(ranked(run("a", FAILED, reason="ValueError: no"), run("b", FAILED), run("c")))
    assert [(entry["name"], entry["reason"]) for entry in found] == [("a", "ValueError: no"), ("b", "FAILED")]


def test_the_text_shows_the_metrics_that_some_run_has() -> None:
    text = ranking_text(ranked(run("a"), run("b", truth_ami=0.25)))
    assert text.splitlines()[0].split() == ["run", "segments", "sil.macro", "smallest", "truth_ami", "guards", "id"]
    assert text.splitlines()[1].split() == ["1", "a", "4", "0.500", "0.100", "a-012345"]
    assert "0.250" in text.splitlines()[2]


def test_the_text_separates_guards_by_commas() -> None:
    text = ranking_text(ranked(run("a", segments=9.0, smallest_share=0.0)))
    assert "too_many_segments, tiny_segment" in text


@pytest.mark.parametrize(("count", "shown"), [(3, 3), (4, 3), (5, 3)])
def test_the_text_says_how_many_it_leaves_out(count: int, shown: int) -> None:
    lines = ranking_text(ranked(*(run(f"r{i}") for i in range(count))), most=3).splitlines()
    assert len([line for line in lines if " r" in line and "0.500" in line]) == shown
    assert (f"... and {count - shown} more" in lines[-1]) == (count > shown)


def test_without_runs_the_text_says_so() -> None:
    assert ranking_text(ranked(run("a", FAILED))) == "no run finished"


def test_a_finished_run_without_metrics_does_not_break_the_text() -> None:
    lines = ranking_text(ranked(run("a"), RunRecord("1", "bare", FINISHED))).splitlines()
    assert lines[2].split()[:3] == ["2", "bare", "too_few_segments,"]


def test_text_stands_left_and_numbers_right() -> None:
    text = left_aligned(pd.DataFrame({"name": ["a", "long"], "n": [5, 1000]}), ("name",))
    assert text.splitlines() == ["name     n", "a        5", "long  1000"]


def test_columns_are_as_wide_as_their_title_and_lines_do_not_end_in_spaces() -> None:
    text = left_aligned(pd.DataFrame({"customers": [5], "name": ["x"]}), ("name",))
    assert text.splitlines() == ["customers  name", "        5  x"]
    assert left_aligned(pd.DataFrame({"a": [], "b": []})) == "a  b"


def test_only_finished_runs_with_a_k_are_read_against_k_best_first() -> None:
    runs = [
        run("a", k="9", inertia=9.0, segments=9.0),
        run("b", FAILED),
        run("c", k=""),
        run("d", silhouette_macro=0.1),
    ]
    line = {"space": "standard-none", "algorithm": "kmeans"}
    assert k_table(ranked(*runs)).astype(object).where(lambda table: table.notna(), None).to_dict("records") == [
        line | {"k": 4, "inertia": None, "silhouette_macro": 0.1, "guarded": False},
        line | {"k": 9, "inertia": 9.0, "silhouette_macro": 0.5, "guarded": True},
    ]


def test_details_of_an_algorithm_make_it_another_one_against_k() -> None:
    params = {"preprocessing": "standard", "reducer": "pca", "algorithm": "gmm", "k": "3", "covariance_type": "full"}
    (found,) = k_table(ranked(RunRecord("1", "a", FINISHED, params, FINE))).to_dict("records")
    assert (found["space"], found["algorithm"]) == ("standard-pca", "gmm-covariance_type=full")


def test_a_step_whose_name_holds_a_hyphen_is_kept_whole_against_k() -> None:
    params = {"preprocessing": "min-max", "reducer": "pca", "algorithm": "gmm", "k": "3"}
    (found,) = k_table(ranked(RunRecord("1", "a", FINISHED, params, FINE))).to_dict("records")
    assert (found["space"], found["algorithm"]) == ("min-max-pca", "gmm")


def test_without_runs_nothing_is_read_against_k() -> None:
    table = k_table(ranked(run("a", FAILED)))
    assert table.empty
    assert list(table.columns) == ["space", "algorithm", "k", "inertia", "silhouette_macro", "guarded"]


def test_the_text_leaves_the_plain_silhouette_out() -> None:
    text = ranking_text(ranked(run("a", silhouette=0.75)))
    assert text.splitlines()[0].split() == ["run", "segments", "sil.macro", "smallest", "guards", "id"]
    assert "0.750" not in text


def test_the_text_shows_stability_and_marks_a_quick_look_at_it() -> None:
    runs = [run("a", stability_quick=0.75, stability=0.5), run("b", stability_quick=0.25), run("c")]
    head, *lines = ranking_text(ranked(*runs)).splitlines()
    assert head.split()[2:4] == ["sil.macro", "stability"]
    assert [line.split()[4] for line in lines] == ["0.50", "~0.25", "0.100"]
    assert "~0.25" in ranking_text(ranked(runs[1]))
    assert "stability" not in ranking_text(ranked(runs[2]))


def test_a_sweep_as_plain_values_holds_gaps_as_none() -> None:
    rivals = pd.DataFrame({"name": ["a", "age bands"], "segments": [4, 3], "Exited AUC": [0.5, float("nan")]})
    ranking = ranked(run("a"))
    found = json.loads(json.dumps(sweep_json("abc", "untested", ranking, Beside(rivals)), allow_nan=False))
    assert (found["sweep"], found["verdict"], found["champion"]) == ("abc", "untested", "a-0123456789")
    assert found["rivals"] == [
        {"name": "a", "segments": 4, "Exited AUC": 0.5},
        {"name": "age bands", "segments": 3, "Exited AUC": None},
    ]
    assert sweep_json("abc", "none", ranked(run("a", segments=2.0)))["champion"] is None
    assert sweep_json("abc", "none", ranked())["rivals"] == []


def test_suggestions_of_k_are_plain_values_too() -> None:
    table = pd.DataFrame({"criterion": ["gap", "elbow"], "k": pd.array([4, None], dtype="Int64")})
    found = json.loads(json.dumps(sweep_json("abc", "none", ranked(), Beside(k_suggestions=table)), allow_nan=False))
    assert found["k_suggestions"] == [{"criterion": "gap", "k": 4}, {"criterion": "elbow", "k": None}]
    assert sweep_json("abc", "none", ranked())["k_suggestions"] == []
