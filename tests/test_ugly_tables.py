"""Whatever is in a table: either every customer gets a segment, or one short error says what is wrong. Never a crash.

`UGLY_SEED=1 UGLY_EXAMPLES=5000 pytest tests/test_ugly_tables.py` looks further than the fixed examples of every day.
What was found that way stands below as an example of its own.
"""

import csv
import io
import os
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, seed, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans

from segkit.brief import Brief
from segkit.data import Dataset, LogColumns, Stated, describe_columns, make_customers, make_dataset
from segkit.data.findings import find
from segkit.data.read import read
from segkit.data.transactions import customers_of
from segkit.errors import UserError
from segkit.evaluation import truth_measures
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind, words
from segkit.preprocessing.features import reading_steps
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer import Scorer, make_scorer

WORDS = {
    "gaps": words.gap_fillers(),
    "outliers": words.outlier_steps(),
    "logs": words.log_steps(),
    "scaler": words.scalers(100),
    "encoder": words.encoders(),
}
CHOICES = st.fixed_dictionaries({step: st.sampled_from([*known]) for step, known in WORDS.items()})
TODAY = "2025-06-30"
EXAMPLES = int(os.environ.get("UGLY_EXAMPLES", "100"))
often = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="UGLY_SEED" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
another = seed(int(os.environ.get("UGLY_SEED", "0")))

NAMES = [
    "a",
    "a",
    "b",
    "",
    " ",
    "income",
    "Kundennr.",
    "日本",
    "é\u0301",
    "customer_id",
    "segment",
    "row",
    "confidence",
]
NAMES += [
    "churn",
    "a\nb",
    'a "b"',
    "a;b",
    "a,b",
    "x=y",
    "Unnamed: 0",
    "0",
    "1.5",
    "a.1",
    "n" * 300,
    " padded ",
    "#",
    "'",
]
NUMBERS = ["0", "1", "-1", "7", "1.5", "-2.25", "1e308", "-1e308", "1e-320", "1e30", "99999", "10" * 20, "1_000", "+3"]
NUMBERS += [
    "1e400",
    "0x1F",
    "9223372036854775808",
    "18446744073709551616",
    "-9223372036854775809",
    "1e154",
    "3e200",
    "9e99",
    "-9e99",
]
OTHERS = ["inf", "-inf", "Infinity", "nan", "NA", "null", "None", "", " ", "?", "unknown", "-", "true", "False", "yes"]
MONEY = ["1,5", "1.234,5", "1,234.5", "$5", "12%", "€ 7", "1 234", "00012", "007"]
DATES = ["2024-01-31", "31-01-2024", "01/31/2024", "31.01.2024", "2024-01-31 10:00", "1893-01-01", "9999-12-31"]
DATES += ["2024-01-31T10:00:00+02:00", "20240131", "31-Jan-2024", "0001-01-01", "2262-04-12", "30-02-2024", "12:30"]
TEXTS = [
    "red",
    "blue",
    "Ünï",
    "日本",
    "a;b",
    "a,b",
    "a\tb",
    "a|b",
    'said "hi"',
    "two\nlines",
    "\r\n",
    "x" * 3000,
    "=1+1",
]
TEXTS += ["\u2028", "\u00a0", "\ufeff", "'", '"', "\\", "{}", "None", "\U0001f600", "e\u0301", "\x00", "\x0b", "#"]
POOLS = [NUMBERS, OTHERS, MONEY, DATES, TEXTS, NUMBERS + OTHERS, NUMBERS + MONEY, TEXTS + DATES, ["", " "], ["5"]]
OBJECTS: list[Any] = [None, np.nan, pd.NA, pd.NaT, np.inf, -np.inf, True, False, 0, 1, -1, 2.5, 10**30, 1e308, 1e-320]
OBJECTS += ["", " ", "1", "1.0", "a", "A", "é", b"bytes", (1, 2), [1], {"a": 1}, 1 + 2j, pd.Timestamp("2024-01-31")]
OBJECTS += [pd.Timestamp("2024-01-31", tz="UTC"), pd.Timedelta(days=1), pd.Timestamp("2024-01-31").date(), 2**64]
DTYPES = [
    "float32",
    "Float64",
    "Int64",
    "UInt8",
    "bool",
    "boolean",
    "category",
    "string",
    "datetime64[ns]",
    "complex128",
]
DTYPES += ["datetime64[ns, Europe/Berlin]", "timedelta64[ns]", "period[M]", "uint64", "float16", "object", "int8"]
DTYPES += ["Sparse[float]", "interval", "ordered", "numbers category", "arrow", "date32", "arrow times"]


@st.composite
def cells(draw: st.DrawFn, rows: int) -> list[str]:
    """A column as a file writes it: of one kind, of several, or measurements with an odd cell here and there."""
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    pool = draw(st.lists(st.sampled_from(draw(st.sampled_from(POOLS))), min_size=1, max_size=6))
    found = rng.choice(np.array(pool, dtype=object), rows)
    shape = draw(st.sampled_from(["pool", "integers", "skewed", "days", "months", "row numbers"]))
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 900, rows), unit="D")
    made = {
        "integers": rng.integers(0, 30, rows),
        "skewed": rng.lognormal(3, 2, rows).round(2),
        "days": days.strftime(draw(st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%m/%d/%Y", "%d.%m.%Y %H:%M"]))),
        "months": np.where(rng.random(rows) < 0.5, days.strftime("%d/%m/%Y"), days.strftime("%m/%d/%Y")),
        "row numbers": np.arange(rows),
    }
    if shape in made:
        odd = rng.random(rows) < draw(st.sampled_from([0.0, 0.02, 0.3]))
        found = np.where(odd, found, np.array([str(value) for value in made[shape]], dtype=object))
    return [str(cell) for cell in found]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A CSV as people and programs write it."""
    rows = draw(st.sampled_from([1, 2, 3, 12, 30, 60]))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
    columns = [draw(cells(rows)) for _ in names]
    if draw(st.booleans()):  # or half of the tables would have nothing to segment on
        names, columns = [*names, "spend"], [*columns, [str(7 * row % 23) for row in range(rows)]]
    separator, end = draw(st.sampled_from([",", ";", "\t", "|"])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([names, *zip(*columns, strict=True)])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"]))
    start = draw(st.sampled_from(["", "", "", f"sep={separator}{end}", end]))
    return (start + text.getvalue()).encode(encoding, errors="replace")


@st.composite
def series(draw: st.DrawFn, rows: int) -> Any:
    """A column as a program hands it over: of any type that pandas knows, or of all of them."""
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    if draw(st.booleans()):
        pool = draw(st.lists(st.sampled_from(range(len(OBJECTS))), min_size=1, max_size=5))
        return pd.Series([OBJECTS[place] for place in rng.choice(pool, rows)], dtype=object)
    dtype, values = draw(st.sampled_from(DTYPES)), pd.Series(rng.integers(0, 20, rows))
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta(values, unit="D")
    made = {
        "period[M]": lambda: days.dt.to_period("M"),
        "datetime64[ns, Europe/Berlin]": lambda: days.dt.tz_localize("Europe/Berlin"),
        "datetime64[ns]": lambda: days,
        "timedelta64[ns]": lambda: pd.to_timedelta(values, unit="h"),
        "bool": lambda: values > 9,
        "boolean": lambda: (values > 9).astype("boolean"),
        "interval": lambda: pd.Series(pd.cut(values, [-1, 5, 10, 30])),
        "ordered": lambda: pd.Series(pd.Categorical(values.astype(str), ordered=True)),
        "numbers category": lambda: values.astype("category"),
        "category": lambda: values.astype(str).astype("category"),
        "arrow": lambda: values.astype("int64[pyarrow]"),
        "arrow times": lambda: days.dt.tz_localize("UTC").astype("timestamp[us, tz=UTC][pyarrow]"),
        "date32": lambda: days.dt.date.astype("date32[day][pyarrow]"),
        "float16": lambda: (values * 1.5).astype("float16"),
        "complex128": lambda: values.astype("complex128"),
    }
    column = made.get(dtype, lambda: values.astype(dtype))()
    if draw(st.booleans()) and dtype not in ("bool", "uint64", "int8", "Sparse[float]"):
        column = column.where(rng.random(rows) < 0.8)
    return column


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    """A table as a program hands it over."""
    rows = draw(st.sampled_from([1, 2, 3, 12, 30, 60]))
    names: list[Any] = draw(st.lists(st.sampled_from([*NAMES, 0, 1.5, None, True, ("a", "b")]), min_size=1, max_size=6))
    table = pd.concat([draw(series(rows)) for _ in names], axis=1)
    table.columns = pd.Index(names, dtype=object, tupleize_cols=False)
    table["spend"] = [7.5 * row % 23 for row in range(rows)]
    return table.set_axis(draw(st.sampled_from([range(rows), [7] * rows, [f"r{row}" for row in range(rows)]])))


def fitted(dataset: Dataset, choices: dict[str, str], k: int) -> Scorer:
    """What scores customers, fitted on these."""
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    algorithm = KMeans(min(k, len(dataset.table)), n_init=1, random_state=0)
    model = SegmentationModel(algorithm, "passthrough", ByKind(**choices), columns, features).fit(dataset.features)
    return make_scorer(model, {0: "first", 1: "second"}, next(iter(dataset.used_as("id")), ""))


def check_answer(error: Exception) -> None:
    # Rules may leave fewer customers than there are segments to make: scikit-learn says so, in one line.
    says_so = isinstance(error, UserError) or "n_samples=2 should be >= n_clusters=3" in str(error)
    if not (says_so and str(error).strip() and len(str(error).splitlines()) <= 3):
        raise AssertionError("no short answer") from error


def check(table: pd.DataFrame, choices: dict[str, str], k: int) -> None:
    """A finite row for each customer, or an error of the user's; anything else is a bug."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", FutureWarning)
        warnings.simplefilter("error", DeprecationWarning)
        try:
            dataset = make_dataset("ugly", table, "ugly.csv")
            find(dataset.table, dataset.columns)
            scorer = fitted(dataset, choices, k)
            scored, alone = (scored_table(scorer, rows, TODAY) for rows in (dataset.table, dataset.table.tail(1)))
        except (UserError, ValueError) as error:
            check_answer(error)
            return
    assert len(scored) == len(table)
    assert np.isfinite(scored["confidence"]).all()
    assert scored["segment"].isin(range(k)).all()
    assert scored["segment_name"].notna().all()
    assert alone["segment"].iloc[0] == scored["segment"].iloc[-1]


PLAIN = {"gaps": "median", "outliers": "keep", "logs": "none", "scaler": "standard", "encoder": "one_hot"}


def csv_of(**columns: list[str]) -> bytes:
    lines = [",".join(columns), *map(",".join, zip(*columns.values(), strict=True))]
    return "\n".join(lines).encode()


SPEND = [str(7 * row % 23) for row in range(12)]


@another
@often
@given(content=files(), choices=CHOICES, k=st.sampled_from([2, 3]))
@example(csv_of(debt=["3e200", *SPEND[1:]], spend=SPEND), PLAIN, 2).via("squares that overflow")
@example(csv_of(debt=["1e308", "-1e308"] * 6, spend=SPEND), PLAIN | {"gaps": "donors"}, 2).via("medians that overflow")
@example(b" ,spend\na,1\nb,2\na,5\nc,7\n", PLAIN, 2).via("a column without a name is no value column")
@example(b'"Annual\nincome",spend\n1,2\n3,5\n4,9\n', PLAIN, 2).via("a name of two lines")
@example(b"spend,age\n1,2,3\n4,5,6\n", PLAIN, 2).via("more cells than names")
@example("a\t\0\n1\tx\n2\ty\n3\tx\n4\ty\n".encode("utf-16"), PLAIN | {"outliers": "drop"}, 2).via("a name of nothing")
def test_no_file_is_too_ugly(tmp_path_factory, content, choices, k):
    path = tmp_path_factory.getbasetemp() / "ugly.csv"
    path.write_bytes(content)
    try:
        table = read(path).table
    except UserError as error:
        check_answer(error)
        return
    check(table, choices, k)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "sep=;{end}", "{end}", "{end}{end}"])
def test_what_stands_before_the_header_hides_no_row(tmp_path, start, end, encoding):
    """With blank lines that end as on old Macs the header and a customer were skipped, too."""
    text = start.format(end=end) + end.join(["naïve;spend", "a;1", "b;2"])
    (tmp_path / "ugly.csv").write_bytes(text.encode(encoding))
    assert read(tmp_path / "ugly.csv").table.to_dict("list") == {"naïve": ["a", "b"], "spend": [1, 2]}


def with_spend(values: Any, dtype: str = "object") -> pd.DataFrame:
    column = pd.Series(values, dtype=dtype)
    return pd.DataFrame({"odd": column, "spend": [7.5 * row % 23 for row in range(len(column))]})


@another
@often
@given(table=frames(), choices=CHOICES, k=st.sampled_from([2, 3]))
@example(with_spend([25.5, 18.0] * 3, "float16"), PLAIN, 2).via("half precision cannot be counted")
@example(with_spend([(1, 2), None, 2**64, (1, 2)]), PLAIN, 2).via("tuples cannot be hashed")
@example(with_spend([[1], [2], {"a": 1}, [1]]), PLAIN, 2).via("lists cannot be hashed")
@example(with_spend(pd.date_range("2024-01-01", periods=4).date, "date32[day][pyarrow]"), PLAIN, 2).via("Arrow's days")
def test_no_frame_is_too_ugly(table, choices, k):
    check(table, choices, k)


@pytest.fixture(scope="module")
def scorers() -> list[Scorer]:
    """Of the demo customers, with everything that can be said of columns."""
    said = Stated(
        use={"truth": "truth", "spend_total": "describe_with"},
        levels={"education": ["Basic", "Secondary", "Bachelor", "Master", "PhD"]},
        missing={"income": [666666]},
        fill={"spend_wine": 0},
        derive={
            "children": {"total": ["kids_at_home", "teens_at_home"]},
            "born": {"bands": "birth_year", "at": [1960, 1980]},
            "status": {"rare": "marital_status", "below": 0.05},
            "partner": {"map": "marital_status", "to": {"Married": "yes"}, "otherwise": "no"},
            "tenure": {"days_since": "signed_up"},
            "wine_for_meat": {"ratio": "spend_wine", "over": "spend_meat"},
        },
    )
    dataset = make_dataset("customers", make_customers(150), as_of=TODAY, stated=said)
    bent = {"gaps": "donors", "outliers": "clip", "logs": "skewed", "scaler": "quantile", "encoder": "frequency"}
    return [fitted(dataset, choices, 3) for choices in (PLAIN, bent, PLAIN | {"scaler": "power", "encoder": "label"})]


TWENTY = make_customers(20)
NEEDED = ["birth_year", "education", "marital_status", "income", "signed_up", "spend_wine", "kids_at_home"]


@another
@often
@given(data=st.data(), which=st.integers(0, 2), as_of=st.sampled_from(["", TODAY, "2030-01-01"]))
def test_no_file_to_score_is_too_ugly(scorers, data, which, as_of):
    rows = data.draw(st.sampled_from([1, 2, 20]))
    names = data.draw(st.lists(st.sampled_from(NEEDED), min_size=1, max_size=4, unique=True))
    odd = {name: data.draw(series(rows) | cells(rows).map(pd.Series)) for name in names}
    table = TWENTY.head(rows).assign(**{name: values.array for name, values in odd.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scored, alone = (scored_table(scorers[which], part, as_of or TODAY) for part in (table, table.tail(1)))
        assert as_of or len(scored_table(scorers[which], table, as_of)) == rows
    assert np.isfinite(scored["confidence"]).all()
    assert scored["customer_id"].tolist() == table["customer_id"].tolist()
    assert alone["segment"].iloc[0] == scored["segment"].iloc[-1]


# Bugs that were found with more than a table in play


def test_a_level_is_the_same_whatever_numbers_stand_beside_it():
    """1 beside 1.5 was read as 1.0, and the 1 of a customer alone was a level never seen."""
    dataset = make_dataset("x", with_spend([1.0, 1.5, 2.0, 1e39] * 5), stated=Stated(kind={"odd": "categorical"}))
    columns, _ = reading_steps(dataset.columns, ["odd"])
    read_as = columns.fit(dataset.table[["odd"]]).transform(pd.DataFrame({"odd": [1, 2]}))["odd"]
    assert set(read_as) < set(columns.transform(dataset.table[["odd"]])["odd"])
    assert describe_columns(with_spend([1, 1.5, 2] * 5), Stated(levels={"odd": [1, 1.5, 2]}))[0].kind == "ordinal"


@pytest.mark.parametrize("unknown", ["-1", -1])
def test_minus_one_among_dates_is_no_year(unknown):
    """It made customers of 2,026 years, and could not be written down where it was the newest date."""
    dataset = make_dataset("x", with_spend(["2024-01-31", "2023-05-01", "2022-07-01"] * 10))
    columns, _ = reading_steps(dataset.columns, ["odd"])
    columns.fit(dataset.table[["odd"]])
    assert columns.transform(pd.DataFrame({"odd": [unknown]}, dtype=object))["odd"].isna().all()


@pytest.mark.parametrize("odd", [pd.date_range("2024-01-01", periods=4), pd.to_timedelta([1, 2, 3, 4], unit="D"), 1j])
def test_dates_where_numbers_were_fitted_are_gaps(odd):
    """They were nanoseconds, and a missing one the lowest number there is."""
    columns, _ = reading_steps(make_dataset("x", with_spend([5, 1, 4, 2]).infer_objects()).columns, ["odd"])
    columns.fit(pd.DataFrame({"odd": [5, 1, 4, 2]}))
    assert columns.transform(pd.DataFrame({"odd": pd.Series(odd, index=range(4))}))["odd"].isna().all()


@pytest.mark.parametrize("year", [99999, 10**30, -(10**9)])
def test_a_newcomer_far_from_everybody_gets_a_segment(scorers, year):
    """Bent to a bell curve such a year was endlessly far away, at which scikit-learn stopped."""
    for scorer in scorers:
        scored = scorer.score(make_customers(3).assign(birth_year=year), TODAY)
        assert np.isfinite(scored["confidence"]).all()


def test_customers_whose_answer_is_not_known_do_not_count():
    truth, labels = pd.Series(["a", None, "b", np.nan, "b"]), np.array([0, 1, 1, 0, 1])
    assert truth_measures(truth, labels) == truth_measures(pd.Series(["a", "b", "b"]), labels[[0, 2, 4]])
    assert truth_measures(pd.Series([None, None]), labels[:2]) == {}


@pytest.mark.parametrize(
    ("weights", "said", "expected"),
    [
        (pd.Series([True, None, False], dtype="boolean"), {}, [1.0, 1.0, 0.0]),
        ([2, -1, 3], {"missing": {"odd": [-1]}}, [2.0, 1.0, 3.0]),
        (["2", "?", "3", "5"] * 9, {"missing": {"odd": ["?"]}}, [2.0, 1.0, 3.0, 5.0] * 9),
    ],
)
def test_weights_are_read_as_they_were_stated(weights, said, expected):
    table = with_spend(weights, getattr(weights, "dtype", "object")).infer_objects()
    dataset = make_dataset("x", table, stated=Stated(use={"odd": "weight"}, **said))
    assert dataset.weights.tolist() == expected


@pytest.mark.parametrize("use", ["value", "weight"])
@pytest.mark.parametrize("values", [["a", "b", "a"], [b"x", b"y", b"x"], list("abcdef"), ["a"] * 4])
def test_text_is_no_money_and_no_weight(use, values):
    with pytest.raises(UserError, match=f"data.use.odd={use}: odd is no amount"):
        make_dataset("x", with_spend(values), stated=Stated(use={"odd": use}))


def test_the_briefs_value_column_replaces_the_one_of_the_page():
    said = Stated(use={"spend": "value"})
    table = with_spend([3, 1, 4, 1, 5]).infer_objects().assign(age=[31, 42, 53, 64, 75.5])
    dataset = make_dataset("x", table, stated=said, brief=Brief(value="odd"))
    assert dataset.used_as("value") == ["odd"]


@pytest.mark.parametrize("odd", ["client", "day", "order", "product"])
def test_cells_of_a_log_may_be_lists(odd):
    log = pd.DataFrame({"client": [1, 2, 1, 2], "day": ["2024-01-01", "2024-02-01"] * 2, "order": 1, "product": "x"})
    log[odd] = [[1], {"a": 1}, (1, 2), log[odd].iloc[3]]
    customers = customers_of(log, LogColumns("client", "day", "order", product="product")).table
    assert len(customers) == {"client": 4, "day": 1}.get(odd, 2)
