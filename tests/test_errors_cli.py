"""Wrong input is answered shortly, by name, with the mend, exit code 2, and nothing is written."""

import json
import sqlite3
from pathlib import Path

import pandas as pd
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
    (["sweep", "k=3,autos"], "k=autos", "whole number"),
    (["sweep", "k=auto", "k_range=[2,four]"], "k_range", "whole number"),
    (["sweep", "k=auto", "k_range=[0,3]"], "k=0", "between"),
    (["sweep", "k=auto", "k_range=[]"], "k_range", "[3,4,5]"),
    (["run", "k=auto", "k_range=[3,5000]"], "k=5000", "2000"),
    (["run", "k=auto", "k_range=5"], "k_range=5", "a list"),
    (["run", "k=auto", "k_range=2,3"], "k_range", "a list"),
    (["run", "k"], "k", "key=value"),
    (["sweep", "k=3,4", "--cfg", "job"], "a sweep", "segkit run --cfg job"),
    (["run", "data=table"], "data.path", "data.path="),
    (["run", "data=table", "data.path=nope.csv"], "nope.csv", ""),
    (["sweep", "data=table", "data.path=nope.csv"], "nope.csv", ""),
    (["run", "data.use.incom=outcome"], "incom", "did you mean income"),
    (["run", "data.use.income=outcomes"], "outcomes", "outcome"),
    (["compare", "format=jsn"], "jsn", "did you mean json"),
    (["compare", "output=page.html"], "page.html", "format=html"),
    (["compare", "format=html", "output=page.pdf"], ".pdf", "use .html"),
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


SHOP = ["run", "data=table", "data.path=shop.csv"]
LOG = ["run", "data=table", "data.path=log.csv", "data.log.customer=client", "data.log.date=day"]
WRONG_OF_COLUMNS = [
    ([*SHOP, "data.derive.total={totl: [income, spend]}"], "data.derive.total", "did you mean total?"),
    ([*SHOP, "data.derive.total={total: [incom, spend]}"], "incom", "did you mean income?"),
    ([*SHOP, "data.derive.total={total: [income, plan]}"], "plan is text", "{map: plan, to: {...}}"),
    ([*SHOP, "data.derive.total=income"], "data.derive.total=income", "{total: [a, b]}"),
    ([*SHOP, "data.derive.total={total: [income"], "cannot be read", "{total: [a, b]}"),
    ([*SHOP, "data.derive.income={log: spend}"], "data.derive.income", "another name"),
    ([*SHOP, "data.derive.age={years_since: income}"], "income is numeric", "data.kind.income=date"),
    ([*SHOP, "data.derive.x={rare: plan, below: 2}"], "below=2", "0.02"),
    ([*SHOP, "data.derive.x={log: spend}", "data.use.x=id"], "data.use.x=id", "a column of the table"),
    ([*SHOP, "data.blocks.money=[incom,spend]"], "data.blocks.money", "did you mean income?"),
    ([*SHOP, "data.blocks.money=income"], "data.blocks.money=income", "[a, b]"),
    ([*SHOP, "data.weights.incom=2"], "incom", "did you mean income?"),
    ([*SHOP, "data.weights.income=heavy"], "data.weights.income=heavy", "data.weights.NAME=2"),
    ([*SHOP, "data.weights.income=-1"], "data.weights.income=-1", "0 or more"),
    ([*SHOP, "data.missing.incom=[1]"], "data.missing", "did you mean income?"),
    ([*SHOP, "data.missing.income="], "data.missing.income=", "[-1, 999]"),
    ([*SHOP, "data.fill.incom=0"], "data.fill", "did you mean income?"),
    ([*SHOP, "data.fill.income=none"], "income holds numbers", "fill it with a number"),
    ([*SHOP, "data.fill.income=[1, 2]"], "data.fill.income=[1, 2]", "data.fill.income=0"),
    ([*SHOP, "data.dates.signed_up=%Q"], "data.dates.signed_up=%Q", "%d-%m-%Y"),
    ([*SHOP, "data.dates.signed_up=%m.%d.%Y"], "reads no cell", "%d-%m-%Y"),
    ([*SHOP, "data.dates.income=%d/%m/%Y"], "reads no cell", "%d-%m-%Y"),
    ([*SHOP, "data.sets.who=income"], "data.sets.who=income", "[a, b]"),
    ([*SHOP, "data.sets.who=[incom]", "features=who"], "incom", "did you mean income?"),
    ([*SHOP, "features=who"], "features=who", "features=[a, b]"),
    ([*SHOP, "features=[incom]"], "incom", "did you mean income?"),
    ([*SHOP, "features=[note]"], "note cannot be segmented on", "data.kind.note=categorical"),
    ([*SHOP, "features=[]"], "no column to segment on", "data.use."),
    ([*SHOP, "data.use.plan=weight"], "data.use.plan=weight", "a column of numbers"),
    ([*SHOP, "data.use.balance=weight"], "none is below 0", "a column of numbers"),
    ([*SHOP, "data.use.plan=value"], "data.use.plan=value", "a column of numbers"),
    ([*SHOP, "data.as_of=30/06/2025"], "data.as_of=30/06/2025", "2025-06-30"),
    ([*SHOP, "brief.must_use=[incom]"], "brief.must_use", "did you mean income?"),
    ([*SHOP, "brief.must_use=[note]"], "note cannot be segmented on", "out of the brief"),
    ([*SHOP, "brief.never_use=[incom]"], "brief.never_use", "did you mean income?"),
    ([*SHOP, "brief.never_use=[income]", "brief.must_use=[income]"], "contradicts itself", "mend one"),
    ([*SHOP, "brief.value=plan"], "brief.value: plan", "numeric column"),
    ([*SHOP, "brief.smallest_value=1000"], "brief.smallest_value=1000", "brief.value="),
    ([*SHOP, "brief.smallest_share=2"], "brief.smallest_share=2", "0.02"),
    ([*SHOP, "brief.capacity=many"], "brief.capacity=many", "whole number"),
    ([*SHOP, "preprocessing.gap=median"], "preprocessing.gap", "did you mean gaps?"),
    ([*SHOP, "preprocessing=log_skewd"], "preprocessing=log_skewd", "did you mean log_skewed?"),
    ([*SHOP, "data.log.customer=customer_id", "data.log.date=dy"], "data.log.date", "choose from"),
    (LOG[:-1], "data.log.date is not given", "data.log.date="),
    ([*LOG[:-2], "data.log.customer=cliet", "data.log.date=day"], "cliet", "did you mean client?"),
    ([*LOG, "data.log.custmer=client"], "data.log.custmer", "did you mean customer?"),
    ([*LOG, "data.log.price=price"], "data.log.price", "data.log.amount"),
    ([*LOG, "data.log.describe=[town]"], "town", "choose from"),
    ([*LOG, "data.log.until=soon"], "data.log.until=soon", "2025-06-30"),
    ([*LOG, "data.log.until=2020-01-01"], "40 lines outside", "data.log.until"),
    ([*LOG, "data.log.since=2024-02-01", "data.log.until=2024-01-01"], "data.log.since=2024-02-01", "swap"),
    ([*LOG, "data.log.duplicates=remove"], "data.log.duplicates=remove", "drop, keep"),
    ([*LOG, "data.log.cancelled=C"], "data.log.cancelled", "order numbers"),
    ([*LOG, "data.log.date_format=%Q"], "data.log.date_format=%Q", "%d/%m/%Y"),
    ([*LOG, "data.log.quantity=day"], "40 lines with a quantity", "data.log"),
]


def write_shop_and_log(folder: Path) -> None:
    days = pd.date_range("2024-01-01", periods=40)
    shop = {
        "customer_id": [f"C{row}" for row in range(40)],
        "income": [100 * row + 5.5 for row in range(40)],
        "plan": list("abcd") * 10,
        "spend": [row % 7 for row in range(40)],
        "balance": [row % 9 - 4.5 for row in range(40)],
        "signed_up": days.strftime("%d/%m/%Y"),
        "note": [f"text {row}" for row in range(40)],
    }
    log = {"client": [1, 2, 3, 4] * 10, "day": days.strftime("%Y-%m-%d"), "order": range(40), "price": 2.5}
    pd.DataFrame(shop).to_csv(folder / "shop.csv", index=False)
    pd.DataFrame(log).to_csv(folder / "log.csv", index=False)


@pytest.mark.parametrize(
    ("arguments", "named", "mend"),
    WRONG_OF_COLUMNS,
    ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else "",
)
def test_wrong_of_columns(segkit, own_place, arguments, named, mend):
    write_shop_and_log(own_place)
    outcome = segkit(*arguments)
    assert is_a_plain_answer(outcome), outcome
    assert named in outcome.err
    assert mend in outcome.err
    assert tree(own_place) <= {"shop.csv", "log.csv", "mlruns", "mlruns/hydra"}


@pytest.mark.parametrize(
    ("argument", "mend"),
    [
        ("preprocessing.gaps=medain", "did you mean median"),
        ("preprocessing.outliers=clip_iqrs", "did you mean clip_iqr"),
        ("preprocessing.logs=skew", "did you mean skewed?"),
        ("preprocessing.scaler=standrad", "did you mean standard?"),
        ("preprocessing.encoder=onehot", "did you mean one_hot?"),
        ("preprocessing.indicate=maybe", "neither true nor false"),
        ("preprocessing.weights={incom: 2}", "did you mean income?"),
        ("preprocessing.weights={income: -2}", "a number from 0 up"),
        ("preprocessing.drop=typical", "no rule for rows"),
    ],
)
def test_wrong_words_of_the_preprocessing(segkit, store, argument, mend):
    """They are found at fitting, so the run that failed is in the store with its reason; a result is not."""
    outcome = segkit("run", "data.generate.rows=60", argument)
    assert is_a_plain_answer(outcome), outcome
    assert argument.partition("=")[0] in outcome.err
    assert mend in outcome.err
    assert {run.info.status for run in store.client.search_runs([store.experiment_id])} == {"FAILED"}
    assert not {name for name in tree(Path()) if name.endswith((".skops", ".part", "segments.csv"))}


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("empty.csv", "", "empty"),
        ("header.csv", "a,b\n", "no rows"),
        ("only_ids.csv", "customer_id\n1\n2\n3\n", "no column to segment on"),
        ("photo.jpg", "x", ".jpg"),
        ("broken.parquet", "not parquet", "cannot be read"),
        ("unnamed.csv", "a,b\n1,x,y\n2,z,w\n", "more cells than its header has names"),
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


def test_a_column_may_be_called_like_a_reference(segkit, own_place, monkeypatch):
    monkeypatch.setenv("SEGKIT_SECRET", "told to nobody")
    name = "${oc.env:SEGKIT_SECRET}"
    (own_place / "shop.csv").write_text(f"id,{name},b\n" + "".join(f"k{i},{i % 2},{i % 7}\n" for i in range(40)))
    outcome = segkit("explore", "data=table", "data.path=shop.csv", f"data.use.{name}=outcome", "format=json")
    assert outcome.code == 0, outcome.err
    assert name in outcome.out
    assert "told to nobody" not in outcome.out + outcome.err


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


def test_wrong_scoring_is_refused_before_anything_is_written(segkit, store, own_place):
    fitted = json.loads(segkit("run", "k=3", "data.generate.rows=200", "format=json").out)
    assert segkit("promote", f"run={fitted['run_id']}").code == 0
    make_customers(10).to_csv(own_place / "new.csv", index=False)
    make_customers(10).drop(columns=["income", "spend_wine"]).to_csv(own_place / "lacking.csv", index=False)
    for arguments, named in (
        (["input=lacking.csv"], "income, spend_wine"),
        (["input=new.csv", "as_of=30/06/2025"], "as_of=30/06/2025"),
        (["input=new.csv", "as_of=soon"], "as_of=soon"),
    ):
        outcome = segkit("score", *arguments, "output=out.csv")
        assert is_a_plain_answer(outcome), outcome
        assert named in outcome.err
    assert not (own_place / "out.csv").exists()
    with sqlite3.connect(own_place / "shop.db") as database:
        make_customers(10).to_sql("customers", database)
    outcome = segkit("score", "input=sqlite:///shop.db", "output=out.csv")
    assert "query=" in outcome.err
    assert segkit("score", "input=sqlite:///shop.db", "query=SELECT * FROM customers", "output=out.csv").code == 0


def test_a_wrong_value_of_a_method_is_the_users_mistake(segkit, store):
    outcome = segkit("run", "algorithm.n_init=many")
    assert is_a_plain_answer(outcome), outcome
    assert "n_init" in outcome.err


def test_debug_shows_where(segkit):
    assert "Traceback" in segkit("run", "data=table", "data.path=nope.csv", "debug=true").err


def test_a_bug_is_one_line_and_not_the_users_fault(segkit, store):
    outcome = segkit("run", "reducer=pca", "reducer.n_components=500", "+reducer.svd_solver=arpack")
    assert outcome.code == 1
    assert "svd_solver='arpack'" in outcome.err
    assert "Traceback" not in outcome.err
