"""How rules are measured where the answer is known, on two tables and a grid of three runs."""

import json
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import selection
from segkit.evidence import gathering
from segkit.evidence.lookalikes import null_test


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Tables of three clear groups, and a grid that holds the right answer and two wrong ones."""
    space = ["preprocessing=standard", "reducer=none"]
    monkeypatch.setattr(selection, "_RUNS", [[*space, "algorithm=kmeans", f"k={k}"] for k in (2, 3, 8)])
    monkeypatch.setattr(selection, "Parallel", lambda **given: list)
    monkeypatch.setattr(selection, "delayed", lambda call: call)
    monkeypatch.setattr(gathering, "null_test", partial(null_test, draws=2))
    for name, seed in (("first", 0), ("second", 1)):
        rng = np.random.default_rng(seed)
        answer = np.repeat([1, 2, 3], 40)
        points = np.array([[0, 0], [9, 0], [0, 9]])[answer - 1] + rng.normal(size=(120, 2))
        table = pd.DataFrame(points, columns=["x0", "x1"]).assign(label0=answer)
        table.loc[::10, "label0"] = 0
        table.to_csv(tmp_path / f"{name}.csv.gz", index=False)
    return tmp_path


def test_each_rule_has_its_figures_and_each_table_its_choices(folder: Path, capsys) -> None:
    selection.main(folder, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"rules", "datasets"}
    assert set(found["rules"]) == {"trusted", "macro_silhouette", "silhouette"}
    for figures in found["rules"].values():
        assert figures == {"mean_regret": 0.0, "mean_ami": 1.0, "within_05": 1.0, "worst": 0.0}
    assert {(row["dataset"], row["rule"]) for row in found["datasets"]} == {
        (data, rule) for data in ("first", "second") for rule in found["rules"]
    }
    assert all("k=3" in row["run"] for row in found["datasets"])


def test_what_a_rule_loses_is_counted_against_the_best_of_the_grid() -> None:
    rows = [("a", "one", 0.5, 0.25), ("b", "one", 0.75, 0.05), ("a", "two", 0.75, 0.0), ("b", "two", 0.7, 0.1)]
    found = selection.summary(pd.DataFrame(rows, columns=["dataset", "rule", "ami", "regret"]))
    assert found["rules"] == {
        "one": {"mean_regret": 0.15, "mean_ami": 0.625, "within_05": 0.5, "worst": 0.25},
        "two": {"mean_regret": 0.05, "mean_ami": 0.725, "within_05": 0.5, "worst": 0.1},
    }
    told = selection.text(pd.DataFrame(rows, columns=["dataset", "rule", "ami", "regret"]))
    assert told.index("two") < told.index("one")


def test_of_several_answers_the_nearest_counts_and_what_is_not_known_does_not() -> None:
    labels = np.array([0, 0, 1, 1, 5, 6])
    answers = pd.DataFrame({"label0": [1, 2, 1, 2, 1, 2], "label1": [3, 3, 4, 4, 0, 0]})
    assert selection.answered(labels, answers) == pytest.approx(1.0)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no tables"):
        selection.main(tmp_path, as_json=False)


def test_the_grid_is_what_the_figures_in_the_docs_were_measured_with() -> None:
    assert len(selection._RUNS) == 174
    assert {"trusted", "macro_silhouette", "silhouette"} <= set(selection._RULES)
