"""Wrong input is answered shortly, by name, with the mend, exit code 2, and nothing is written."""

from pathlib import Path

import pytest

from segkit.data import make_customers


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def is_a_plain_answer(outcome) -> bool:
    lines = outcome.err.strip().splitlines()
    return outcome.code == 2 and 1 <= len(lines) <= 3 and "Traceback" not in outcome.err and not outcome.out


WRONG = [
    (["sweeep"], "sweeep", "did you mean sweep"),
    (["run", "algorithm=kmean"], "algorithm=kmean", "did you mean kmeans"),
    (["sweep", "algorithm=kmeans,kmean"], "algorithm=kmean", "did you mean kmeans"),
    (["sweep", "experiment=defualt"], "experiment=defualt", "did you mean default"),
    (["run", "kk=3"], "kk", "did you mean k"),
    (["sweep", "k=3,4", "kk=3"], "kk", "did you mean k"),
    (["run", "algorithm.n_int=3"], "algorithm.n_int", "did you mean n_init"),
    (["run", "+zoo=1"], "zoo", ""),
    (["run", "k=four"], "k=four", "whole number"),
    (["sweep", "k=3,four"], "k=four", "whole number"),
    (["run", "k=0"], "k=0", "between"),
    (["run", "k=5000"], "k=5000", "2000"),
    (["sweep", "k=3,5000"], "k=5000", "2000"),
    (["run", "k=[1"], "k=[1", "quote"),
    (["run", "k"], "k", "key=value"),
    (["run", "data=table"], "data.path", "data.path="),
    (["run", "data=table", "data.path=nope.csv"], "nope.csv", ""),
    (["sweep", "data=table", "data.path=nope.csv"], "nope.csv", ""),
    (["run", "data.use.incom=outcome"], "incom", "did you mean income"),
    (["run", "data.use.income=outcomes"], "outcomes", "outcome"),
    (["compare", "format=jsn"], "jsn", "did you mean json"),
    (["compare"], "store", "segkit sweep"),
    (["promote"], "store", "segkit sweep"),
    (["models"], "store", "segkit sweep"),
    (["score", "output=out.csv"], "input", "input="),
    (["score", "input=nope.csv", "output=out.csv"], "nope.csv", ""),
    (["score", "input=nope.csv", "output=nowhere/out.csv"], "nowhere", ""),
    (["score", "input=nope.csv", "output=out.doc"], ".doc", ".csv"),
    (["ui", "port=eighty"], "port", "whole number"),
    (["sweep", "k=3,4", "data.use.income=outcome", "data.use.incom=outcome"], "incom", "did you mean income"),
    (["run", "tracking.uri=http://127.0.0.1:9"], "127.0.0.1:9", "tracking.uri"),
]


@pytest.mark.parametrize(
    ("arguments", "named", "mend"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_wrong_input(segkit, own_place, arguments, named, mend, monkeypatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    outcome = segkit(*arguments)
    assert is_a_plain_answer(outcome), outcome
    assert named in outcome.err
    assert mend in outcome.err
    assert not {name for name in tree(own_place) if "mlflow.db" in name or "out" in name}


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("empty.csv", "", "empty"),
        ("header.csv", "a,b\n", "no rows"),
        ("only_ids.csv", "customer_id\n1\n2\n3\n", "no column to segment on"),
        ("photo.jpg", "x", ".jpg"),
        ("broken.parquet", "not parquet", "cannot be read"),
    ],
)
def test_wrong_tables(segkit, own_place, name, content, named):
    (own_place / name).write_text(content)
    outcome = segkit("run", "data=table", f"data.path={name}")
    assert is_a_plain_answer(outcome), outcome
    assert name in outcome.err
    assert named in outcome.err


def test_file_names_may_have_spaces_brackets_and_commas(segkit, own_place, store):
    make_customers(60).to_csv(own_place / "my file (1), [a]=b.csv", index=False)
    outcome = segkit("run", "data=table", "data.path=my file (1), [a]=b.csv", "data.use.truth=truth", "k=3")
    assert outcome.code == 0, outcome.err


def test_a_store_that_cannot_be_opened(segkit, own_place):
    (own_place / "mlruns").mkdir()
    (own_place / "mlruns" / "mlflow.db").write_text(
        "this is no database, and longer than a header of one hundred bytes. " * 3
    )
    outcome = segkit("run", "k=3")
    assert is_a_plain_answer(outcome), outcome
    assert "mlflow.db" in outcome.err


def test_a_folder_that_cannot_be_written(segkit):
    outcome = segkit("run", "tracking.folder=/proc/nowhere")
    assert is_a_plain_answer(outcome), outcome


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["compare"], "segkit sweep"),
        (["compare", "sweep=abc"], "abc"),
        (["promote"], "segkit sweep"),
        (["promote", "run=abc"], "abc"),
        (["rollback"], "segkit promote"),
        (["score", "input=new.csv", "output=out.csv"], "segkit promote"),
    ],
)
def test_an_empty_store_says_what_to_do_first(segkit, store, own_place, arguments, named):
    make_customers(10).to_csv(own_place / "new.csv", index=False)
    outcome = segkit(*arguments)
    assert is_a_plain_answer(outcome), outcome
    assert named in outcome.err


def test_a_scoring_file_without_needed_columns_is_refused_before_anything_is_written(segkit, store, own_place):
    segkit("sweep", "k=3,4", "data.generate.rows=200")
    segkit("promote")
    make_customers(10).drop(columns=["income", "spend_wine"]).to_csv(own_place / "new.csv", index=False)
    outcome = segkit("score", "input=new.csv", "output=out.csv")
    assert is_a_plain_answer(outcome), outcome
    assert "income, spend_wine" in outcome.err
    assert not (own_place / "out.csv").exists()


def test_a_wrong_value_of_a_method_is_the_users_mistake(segkit, store):
    outcome = segkit("run", "algorithm.n_init=many")
    assert is_a_plain_answer(outcome), outcome
    assert "n_init" in outcome.err


def test_debug_shows_where(segkit):
    assert "Traceback" in segkit("run", "data=table", "data.path=nope.csv", "debug=true").err


def test_a_bug_is_one_line_and_not_the_users_fault(segkit, store):
    outcome = segkit("run", "reducer=pca", "reducer.n_components=500")
    assert outcome.code == 1
    assert "n_components=500" in outcome.err
    assert "Traceback" not in outcome.err
