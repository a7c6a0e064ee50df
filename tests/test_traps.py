"""Every trap that real tables hold, where a user meets it: a file, what is made of it, and what is scored later.

Each on a table made up here and, where the collection is there, on the real one. Nearer to the code there are more:

| trap | tests |
|---|---|
| how dates are written | tests/data/test_dates.py, tests/data/findings/test_date_readings.py |
| how files are written | tests/data/test_read.py, tests/data/test_narrow.py |
| the demo customers hold these traps, too | tests/data/test_customers.py (test_trap_...) |
| stand-ins for "not known", birth years | tests/data/findings/test_placeholders.py, tests/data/test_stated.py |
| constant columns, ids, row numbers | tests/data/findings/test_unfit.py, tests/data/test_columns.py |
| rare levels, skew, zero inflation | tests/data/findings/test_distributions.py, tests/preprocessing/test_by_kind.py |
| hidden duplicates | tests/data/findings/test_duplicates.py |
| totals, and columns that say one thing | tests/data/findings/test_sums.py, tests/data/findings/test_overlap.py |
| outcomes and protected attributes by their names | tests/data/findings/test_names.py, tests/data/test_understand.py |
| blanks that are zeros | tests/data/findings/test_gaps.py |
| transaction logs, line by line | tests/data/test_transactions.py |
| what all this does to published segmentations | tests/test_published.py |
"""

import io
import json
import pickle
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.config.said import columns_said
from segkit.data import Dataset, LogColumns, Stated, make_dataset
from segkit.data.columns import Column
from segkit.data.findings import Finding, find
from segkit.data.read import read
from segkit.model import SegmentationModel
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer import Scorer, make_scorer
from segkit.tracking.registry.versions import find_version, version_scorer
from segkit.tracking.store import open_store

RNG = np.random.default_rng(0)
ROWS = 300


def people(**columns: object) -> pd.DataFrame:
    """Customers of whom nothing is wrong, with columns in which something is."""
    usual = {"income": RNG.normal(50, 9, ROWS).round(1), "visits": RNG.integers(0, 20, ROWS)}
    return pd.DataFrame({**usual, "plan": RNG.choice(["basic", "plus", "pro"], ROWS), **columns})


def with_cells(values: np.ndarray, places: slice, cell: object) -> pd.Series:
    """The values with one cell put in some places."""
    changed = pd.Series(values, dtype=object)
    changed[places] = cell
    return changed


def loaded(path: Path, log: LogColumns | None = None, **said: object) -> Dataset:
    """A file as the command `segkit run data=table data.path=...` understands it."""
    reading = read(path)
    return make_dataset(path.stem, reading.table, str(path), stated=Stated(**said), notes=reading.notes, log=log)


def filed(folder: Path, table: pd.DataFrame, **said: object) -> Dataset:
    table.to_csv(folder / "shop.csv", index=False)
    return loaded(folder / "shop.csv", **said)


def column(dataset: Dataset, name: str) -> Column:
    return next(found for found in dataset.columns if found.name == name)


def told(dataset: Dataset, topic: str) -> list[Finding]:
    return [finding for finding in find(dataset.table, dataset.columns) if finding.topic == topic]


def pasted(mends: str) -> dict[str, dict]:
    """What a mend says once it is pasted behind a command."""
    return columns_said(argument.removeprefix("data.") for argument in shlex.split(mends))


def model_of(dataset: Dataset, k: int = 3, **words: str) -> SegmentationModel:
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    algorithm = KMeans(k, n_init=10, random_state=0)
    return SegmentationModel(algorithm, "passthrough", ByKind(**words), columns, features).fit(dataset.features)


def scorer_of(dataset: Dataset, **words: str) -> Scorer:
    ids = next(iter(dataset.used_as("id")), "")
    return make_scorer(model_of(dataset, **words), {0: "a", 1: "b", 2: "c"}, ids, dataset.log)


def matrix_names(model: SegmentationModel) -> list[str]:
    return list(model.pipeline_["preprocessing"]["matrix"].get_feature_names_out())


def typed(scorer: Scorer, customers: pd.DataFrame, as_of: str = "") -> pd.DataFrame:
    """What the model segments on, in units that people know."""
    columns, features = scorer.preprocessing["columns"], scorer.preprocessing["features"]
    raw = customers[scorer.columns]
    return features.transform(columns.transform_as_of(raw, as_of) if as_of else columns.transform(raw))


# Dates


def ages(dataset: Dataset, name: str) -> pd.Series:
    return typed(scorer_of(dataset), dataset.table)[name]


@pytest.mark.parametrize("written", ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"])
def test_day_first_dates(tmp_path, written):
    days = pd.date_range("2012-07-30", periods=ROWS, freq="D")
    dataset = filed(tmp_path, people(joined=days.strftime(written)))
    assert ages(dataset, "joined").tolist() == list(range(ROWS - 1, -1, -1))


def test_dates_that_read_both_ways_are_one_reading_and_said(tmp_path):
    days = [f"{day:02}/{month:02}/2024" for day in range(1, 13) for month in range(1, 13)] * 2
    dataset = filed(tmp_path, people().head(len(days)).assign(joined=days))
    assert told(dataset, "date_order")[0].mend == "data.dates.joined='%m/%d/%Y'"
    month_first = filed(tmp_path, people().head(len(days)).assign(joined=days), dates={"joined": "%m/%d/%Y"})
    assert not told(month_first, "date_order")


def test_dates_of_both_orders_in_one_column_are_no_dates_and_no_crash(tmp_path):
    dataset = filed(tmp_path, people(joined=["21/08/2013", "08/21/2013"] * (ROWS // 2)))
    assert column(dataset, "joined").kind == "binary"
    assert len(scored_table(scorer_of(dataset), dataset.table)) == ROWS


@pytest.mark.parametrize("name", ["marketing_campaign.csv", "variants/variant_marketing_semicolon_bom_iso.csv"])
def test_day_first_dates_of_the_marketing_table(real_data, name):
    days = ages(loaded(real_data(name)), "Dt_Customer")
    assert (days.min(), days.max(), days.isna().sum()) == (0, 699, 0)  # 2012-07-30 to 2014-06-29


# Files


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "Excel's sep= line": lambda text: ("sep=;\n" + text.replace(",", ";")).encode(),
    "Excel's sep= line with a tab": lambda text: ("sep=\t\n" + text.replace(",", "\t")).encode(),
    "carriage returns": lambda text: text.replace("\n", "\r\n").encode(),
    "byte 0xA0": lambda text: text.replace("Müller AG", "Müller\u00a0AG").encode("cp1252"),
    "empty extra columns": lambda text: "".join(f"{line},,,\n" for line in text.splitlines()).encode(),
    "all at once": lambda text: "".join(
        f"{line};;\r\n" for line in text.replace(",", ";").replace("Müller AG", "Müller\u00a0AG").splitlines()
    ).encode("cp1252"),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_a_table_is_the_same_however_its_file_is_written(tmp_path, written):
    table = people(firm=RNG.choice(["Müller AG", "Meyer", "Schulze", "Lehmann"], ROWS))
    plain = filed(tmp_path, table)
    (tmp_path / "other.csv").write_bytes(WRITTEN[written](table.to_csv(index=False)))
    other = loaded(tmp_path / "other.csv")
    same = other.table.replace("Müller\u00a0AG", "Müller AG")
    pd.testing.assert_frame_equal(same, plain.table)
    assert [(c.name, c.kind, c.use) for c in other.columns] == [(c.name, c.kind, c.use) for c in plain.columns]
    assert bool(other.notes) == (written not in ("carriage returns", "empty extra columns"))


@pytest.mark.parametrize(
    ("variant", "original"),
    [
        ("variants/variant_marketing_excel_sep_line.csv", "marketing_campaign.csv"),
        ("variants/variant_wholesale_latin1_extra_cols.csv", "Wholesale_customers.csv"),
    ],
)
def test_real_copies_hold_the_values_of_the_original(real_data, variant, original):
    copy, first = loaded(real_data(variant)), loaded(real_data(original))
    pd.testing.assert_frame_equal(copy.table, first.table)


class Trap:
    """What makes a file when it is unpickled."""

    def __reduce__(self):
        return Path.touch, (Path("sprung"),)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("name", ["shop.csv", "shop.parquet", "shop.xlsx", "shop.txt"])
def test_a_pickle_is_never_opened(segkit, own_place, name, protocol):
    (own_place / name).write_bytes(pickle.dumps(Trap(), protocol))
    outcome = segkit("run", "data=table", f"data.path={name}")
    assert (outcome.code, outcome.out) == (2, "")
    assert name in outcome.err
    assert not (own_place / "sprung").exists()
    pickle.loads((own_place / name).read_bytes())  # it would have
    assert (own_place / "sprung").exists()


@pytest.mark.parametrize(
    ("content", "what", "mend"),
    [
        (pickle.dumps([1]), "a pickle", "never opens pickles"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n", "Git-LFS pointer", "git lfs pull"),
        (b"\n<!DOCTYPE html>\n<html><body>404</body></html>", "a web page", "download the file itself"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00customers.csv", "a zip archive", "unpack it"),
    ],
)
def test_what_only_calls_itself_a_csv_is_named(segkit, own_place, content, what, mend):
    (own_place / "shop.csv").write_bytes(content)
    for arguments in (["run", "data=table", "data.path=shop.csv"], ["score", "input=shop.csv", "output=out.csv"]):
        outcome = segkit(*arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "shop.csv" in outcome.err
        assert what in outcome.err
        assert mend in outcome.err


# Values that mean "not known"


STAND_INS = {
    "income 666666": ("income", with_cells(RNG.integers(20_000, 90_000, ROWS), slice(0, 3), 666666), 3),
    "pdays -1": ("pdays", with_cells(RNG.integers(1, 400, ROWS), slice(0, 240), -1), 240),
    "pdays 999": ("pdays", with_cells(RNG.integers(0, 28, ROWS), slice(0, 280), 999), 280),
    "99999": ("distance", with_cells(RNG.integers(1, 2_000, ROWS), slice(0, 9), 99999), 9),
    "unknown": ("job", with_cells(RNG.choice(["admin", "nurse", "baker"], ROWS), slice(0, 60), "unknown"), 60),
    "?": ("job", with_cells(RNG.choice(["admin", "nurse", "baker"], ROWS), slice(0, 60), "?"), 60),
    "? among numbers": ("weight", with_cells(RNG.integers(50, 99, ROWS), slice(0, 90), "?"), 90),
    "birth years": ("Year_Birth", pd.Series([1893, 1899, 1900, *RNG.integers(1935, 2000, ROWS - 3)]), 3),
}


@pytest.mark.parametrize("trap", STAND_INS)
def test_a_stand_in_is_found_and_missing_once_that_is_said(tmp_path, trap):
    """At fitting and at scoring, where a customer with the stand-in is scored like one with an empty cell."""
    name, values, held = STAND_INS[trap]
    table = people(**{name: values})
    (finding,) = told(filed(tmp_path, table), "sentinel")
    assert finding.columns == (name,)
    dataset = filed(tmp_path, table, **pasted(finding.mend))
    assert not told(dataset, "sentinel")
    scorer = scorer_of(dataset)
    assert typed(scorer, dataset.table)[name].isna().sum() == held
    newcomer, empty = dataset.table.head(1), dataset.table.head(1).assign(**{name: np.nan})
    pd.testing.assert_frame_equal(scorer.score(newcomer), scorer.score(empty))


@pytest.mark.parametrize(
    ("file", "names", "held"),
    [
        ("marketing_campaign.csv", ["Income"], 24 + 1),
        ("marketing_campaign.csv", ["Year_Birth"], 3),
        ("bank-full.csv", ["pdays"], 36954),
        ("bank-full.csv", ["job", "education", "contact", "poutcome"], 288 + 1857 + 13020 + 36959),
    ],
)
def test_stand_ins_of_real_tables_are_missing_once_that_is_said(real_data, file, names, held):
    finding = next(one for one in told(loaded(real_data(file)), "sentinel") if list(one.columns) == names)
    dataset = loaded(real_data(file), **pasted(finding.mend))
    columns, features = reading_steps(dataset.columns, names)
    read_as = features.fit_transform(columns.fit_transform(dataset.table[names]))
    assert read_as.isna().sum().sum() == held


# Blanks that are zeros


@pytest.mark.parametrize("blank", [" ", ""])
def test_blanks_that_are_zeros(tmp_path, blank):
    tenure = np.r_[np.zeros(20, dtype=int), RNG.integers(1, 70, ROWS - 20)]
    charges = with_cells((tenure * RNG.uniform(20, 90, ROWS)).round(2), slice(0, 20), blank)
    table = people(tenure=tenure, TotalCharges=charges)
    (finding,) = told(filed(tmp_path, table), "blank_zero")
    assert finding.columns == ("TotalCharges", "tenure")
    dataset = filed(tmp_path, table, **pasted(finding.mend))
    scorer = scorer_of(dataset)
    assert (typed(scorer, dataset.table)["TotalCharges"].head(20) == 0).all()
    newcomer, zero = dataset.table.head(1).assign(TotalCharges=" "), dataset.table.head(1).assign(TotalCharges=0)
    pd.testing.assert_frame_equal(scorer.score(newcomer), scorer.score(zero))


def test_minimum_payments_are_missing_where_nothing_was_paid(real_data):
    path = real_data("CC_GENERAL.csv")
    (finding,) = told(loaded(path), "blank_zero")
    dataset = loaded(path, **pasted(finding.mend))
    columns, features = reading_steps(dataset.columns, ["MINIMUM_PAYMENTS"])
    filled = features.fit_transform(columns.fit_transform(dataset.table[["MINIMUM_PAYMENTS"]]))["MINIMUM_PAYMENTS"]
    assert (filled.isna().sum(), (filled == 0).sum()) == (0, 313)


# Columns that must not be segmented on


def test_constant_columns(tmp_path):
    dataset = filed(tmp_path, people(Z_CostContact=3, Z_Revenue=11, Z_Note="none", Z_Empty=np.nan))
    for name in ("Z_CostContact", "Z_Revenue", "Z_Note", "Z_Empty"):
        assert (column(dataset, name).kind, column(dataset, name).use) == ("constant", "leave_out")
    assert not [name for name in matrix_names(model_of(dataset)) if name.startswith("Z_")]


def test_constant_columns_of_the_marketing_table(real_data):
    dataset = loaded(real_data("marketing_campaign.csv"))
    assert [c.name for c in dataset.columns if c.kind == "constant"] == ["Z_CostContact", "Z_Revenue"]


def test_rare_categories_are_pooled_and_an_unseen_one_joins_them(tmp_path):
    status = with_cells(RNG.choice(["Married", "Single"], ROWS), slice(0, 2), "YOLO")
    status[2] = "Absurd"
    dataset = filed(tmp_path, people(status=status))
    assert "YOLO" in told(dataset, "rare_levels")[0].text
    scorer = scorer_of(dataset)
    assert [name for name in matrix_names(model_of(dataset)) if name.startswith("status")] == [
        "status_Married",
        "status_Single",
        "status_(other)",
    ]
    rows = [scorer.score(dataset.table.tail(1).assign(status=level)) for level in ("YOLO", "Absurd", "Alone", "Alien")]
    for row in rows[1:]:
        pd.testing.assert_frame_equal(row, rows[0])


def test_rare_categories_of_the_marketing_table(real_data):
    dataset = loaded(real_data("marketing_campaign.csv"))
    names = [name for name in matrix_names(model_of(dataset)) if name.startswith("Marital_Status")]
    assert len(names) == 5 + 1  # Alone, Absurd and YOLO are one


def test_hidden_duplicates(tmp_path):
    once = people(**{name: RNG.gamma(2, 50, ROWS).round(2) for name in ("wine", "fish", "gold")})
    table = pd.concat([once, once.head(30)], ignore_index=True)
    dataset = filed(tmp_path, table.assign(customer_id=[f"C{row}" for row in range(len(table))]))
    assert told(dataset, "same_customers")[0].text.startswith("30 rows repeat another in all 6 columns but customer_id")


def test_hidden_duplicates_of_the_marketing_table(real_data):
    (finding,) = told(loaded(real_data("marketing_campaign.csv")), "same_customers")
    assert finding.text.startswith("182 rows repeat another in all 28 columns but ID")


def test_totals_are_not_counted_with_their_parts(tmp_path):
    parts = {name: RNG.gamma(2, 20, ROWS).round(2) for name in ("wine", "fish", "gold")}
    dataset = filed(tmp_path, people(**parts, spent=sum(parts.values())))
    assert (column(dataset, "spent").use, column(dataset, "spent").reason) == (
        "describe_with",
        "the sum of wine, fish, gold",
    )
    assert told(filed(tmp_path, people(**parts, spent=sum(parts.values())), use={"spent": "segment_on"}), "total")


def test_purchases_of_the_credit_card_table_are_a_total(real_data):
    found = column(loaded(real_data("CC_GENERAL.csv")), "PURCHASES")
    assert (found.use, found.reason) == ("describe_with", "the sum of ONEOFF_PURCHASES, INSTALLMENTS_PURCHASES")


@pytest.mark.parametrize("name", ["RowNumber", "CustomerID", "client_id", "Unnamed: 0", "anything"])
def test_ids_and_row_numbers(tmp_path, name):
    """Sorted by income, so that the row number would be a hidden income."""
    table = people().sort_values("income").assign(**{name: range(1, ROWS + 1)})
    dataset = filed(tmp_path, table)
    assert column(dataset, name).use == "id"
    assert name not in dataset.features
    insisted = filed(tmp_path, table, use={name: "segment_on"})
    assert told(insisted, "id_feature")[0].columns == (name,)
    assert told(insisted, "sorted_by")[0].columns == ("income", name)


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("Mall_Customers.csv", ["CustomerID"]),
        ("Churn_Modelling.csv", ["RowNumber", "CustomerId"]),
        ("marketing_campaign.csv", ["ID"]),
        ("CC_GENERAL.csv", ["CUST_ID"]),
    ],
)
def test_ids_of_real_tables(real_data, file, names):
    dataset = loaded(real_data(file))
    assert dataset.used_as("id") == names
    assert not set(names) & set(dataset.features)


@pytest.mark.parametrize("name", ["Response", "Exited", "y", "churned"])
def test_outcomes_are_kept_out_of_the_fit(tmp_path, name):
    """Whatever the outcome is, the segments are the same, and scoring does not ask for it."""
    table = people(**{name: RNG.integers(0, 2, ROWS)})
    dataset, turned = filed(tmp_path, table), filed(tmp_path, table.assign(**{name: 1 - table[name]}))
    assert column(dataset, name).use == "outcome"
    assert (model_of(dataset).labels_ == model_of(turned).labels_).all()
    assert name not in scorer_of(dataset).columns


@pytest.mark.parametrize(
    ("file", "name"),
    [("marketing_campaign.csv", "Response"), ("Churn_Modelling.csv", "Exited"), ("bank-full.csv", "y")],
)
def test_outcomes_of_real_tables(real_data, file, name):
    dataset = loaded(real_data(file))
    assert dataset.used_as("outcome") == [name]
    assert name not in dataset.features


# Zero inflation and skew


def shares(dataset: Dataset, **words: str) -> np.ndarray:
    return np.bincount(model_of(dataset, **words).labels_) / len(dataset.table)


def test_zero_inflation_and_skew(tmp_path):
    """A few huge customers make a segment of their own, unless numbers with a long tail are taken in logs."""
    spends = {name: np.where(RNG.random(ROWS) < 0.4, 0, RNG.lognormal(3, 1.6, ROWS)).round(2) for name in ("a", "b")}
    dataset = filed(tmp_path, people(**spends)[["a", "b", "income"]])
    (finding,) = told(dataset, "skew")
    assert (finding.columns, finding.mend) == (("a", "b"), "preprocessing=log_skewed")
    assert shares(dataset).min() < 0.05
    assert shares(dataset, logs="skewed").min() > 0.1


def test_skew_of_the_wholesale_table(real_data):
    dataset = loaded(real_data("Wholesale_customers.csv"), use={"Channel": "existing", "Region": "describe_with"})
    assert told(dataset, "skew")[0].mend == "preprocessing=log_skewed"
    assert shares(dataset).min() < 0.05
    assert shares(dataset, logs="skewed").min() > 0.15


# Transaction logs


LINES = """order,item,qty,price,client,day
1001,lamp,2,10.0,Ann,2024-01-05
1001,lamp,2,10.0,Ann,2024-01-05
1002,vase,1,30.0,Ann,2024-02-01
C1003,lamp,-2,10.0,Ann,2024-02-03
1004,lamp,4,10.0,Bob,2024-01-20
1005,vase,3,0.0,Bob,2024-01-21
1006,vase,-1,30.0,Bob,2024-01-22
1007,lamp,1,10.0,,2024-01-23
C1008,lamp,-1,10.0,Cid,2024-01-24
1009,rug,0,80.0,Dee,2024-01-25
1010,rug,2,80.0,Eve,2024-03-01
1011,lamp,1,10.0,Eve,2024-03-09
1012,lamp,1,10.0,Fay,2024-03-10
"""
LOG = LogColumns("client", "day", "order", "qty", "price", product="item", cancelled="C")
RECENCY = {"derive": {"recency": {"days_since": "last_order"}}, "use": {"last_order": "leave_out"}}


def test_a_transaction_log(tmp_path):
    (tmp_path / "log.csv").write_text(LINES)
    dataset = loaded(tmp_path / "log.csv", log=LOG, **RECENCY)
    assert dataset.table["client"].tolist() == ["Ann", "Bob", "Eve", "Fay"]
    assert dataset.table["amount"].tolist() == [50.0, 40.0, 170.0, 10.0]
    assert dataset.without_purchase == ("Cid", "Dee")
    for note in (
        "1 line without a customer",
        "1 line left out as duplicates of another",
        "2 lines cancelled",
        "2 lines with a quantity not above zero",
        "1 line with a zero or negative price",
        "2 customers without a valid purchase",
    ):
        assert any(said.startswith(note) for said in dataset.notes), note
    scorer = scorer_of(dataset)
    scored = scored_table(scorer, scorer.customers_in(read(tmp_path / "log.csv").table)).set_index("client")
    assert scored.index.tolist() == ["Ann", "Bob", "Eve", "Fay", "Cid", "Dee"]
    assert scored["segment"].eq(-1).tolist() == [False] * 4 + [True] * 2


def test_time_goes_on_after_a_log_was_fitted(tmp_path):
    """Frozen at fitting, the day that is counted to would make everybody's recency negative half a year later."""
    (tmp_path / "log.csv").write_text(LINES)
    dataset = loaded(tmp_path / "log.csv", log=replace(LOG, until="2024-01-31"), **RECENCY)
    scorer = make_scorer(model_of(dataset, k=2), {}, "client", dataset.log)
    assert dataset.table["client"].tolist() == ["Ann", "Bob"]
    for as_of, recency in (("2024-01-31", [26, 11]), ("", [38, 50, 1, 0]), ("2024-04-01", [60, 72, 23, 22])):
        customers = scorer.customers_in(read(tmp_path / "log.csv").table, as_of).dropna(subset="last_order")
        assert typed(scorer, customers, as_of)["recency"].tolist() == recency


def test_the_customer_of_a_log_is_an_id_whatever_it_looks_like(tmp_path):
    names = {"Ann": 17850, "Bob": 13047, "Cid": 12583, "Dee": 13748, "Eve": 15100, "Fay": 15291}
    lines = pd.read_csv(io.StringIO(LINES))
    lines.assign(client=lines["client"].map(names)).to_csv(tmp_path / "log.csv", index=False)
    dataset = loaded(tmp_path / "log.csv", log=LOG, **RECENCY)
    assert dataset.used_as("id") == ["client"]
    assert "client" not in dataset.features


@pytest.fixture(scope="module")
def shop_of_may(new_folder, command, real_data) -> tuple[Path, Path]:
    """A folder where the champion was fitted on what the gift shop sold until May, and the log until December."""
    folder, path = new_folder(), real_data("online_retail.parquet")
    arguments = ["data=online_retail", f"data.path={path}", "data.log.until=2011-05-31", "features=rfm", "k=4"]
    done = command(folder, "run", *arguments, "preprocessing=log_skewed", "format=json")
    assert done.code == 0, done.err
    promoted = command(folder, "promote", f"run={json.loads(done.out)['run_id']}")
    assert promoted.code == 0, promoted.err
    return folder, path


def bought(log: pd.DataFrame) -> set[int]:
    """The customers with a purchase, worked out by hand."""
    valid = ~log["InvoiceNo"].astype(str).str.startswith("C") & (log["Quantity"] > 0) & (log["UnitPrice"] > 0)
    return set(log.loc[valid, "CustomerID"].dropna().astype(int))


@pytest.mark.parametrize("as_of", ["", "2011-12-01"])
def test_the_gift_shop_half_a_year_later(shop_of_may, command, as_of):
    folder, path = shop_of_may
    done = command(folder, "score", f"input={path}", "output=out.csv", f"as_of={as_of}", "format=json")
    assert done.code == 0, done.err
    log = pd.read_parquet(path)
    log = log[log["InvoiceDate"].str[:10] <= (as_of or "9999")]
    buyers, everybody = bought(log), set(log["CustomerID"].dropna().astype(int))
    scored = pd.read_csv(folder / "out.csv")
    assert len(buyers) == (4338 if not as_of else len(buyers)) > 4000
    assert sorted(scored["CustomerID"]) == sorted(everybody)
    unassigned = scored.loc[scored["segment"] == -1]
    assert set(unassigned["CustomerID"]) == everybody - buyers
    assert len(unassigned) == 34 or as_of
    assert (unassigned["segment_name"] == "unassigned").all()
    assert json.loads(done.out)["as_of"] == (as_of or "2011-12-09")

    store = open_store(str(folder / "mlruns"))
    scorer = version_scorer(store, find_version(store, None))
    customers = scorer.customers_in(pd.read_parquet(path), as_of)
    recency = typed(scorer, customers, as_of)["recency"].dropna()
    assert len(recency) == len(buyers)
    assert recency.min() >= 0
    assert recency.max() > 300
