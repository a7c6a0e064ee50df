"""The page says what was found, needs nothing else, and shows nobody's row."""

import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from segkit.data import LogColumns, Stated, make_dataset
from segkit.data.findings import find
from segkit.errors import UserError
from segkit.explore import explore_page, interactive

ROWS = 60


def draw(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_it_holds_the_boxes_the_findings_and_every_column(page, parts, customers):
    text = parts(page).text
    assert all(title in text for title in ("Segment on 24", "Describe with 1", "Outcome 2", "Left out 2"))
    assert all(column.name in text for column in customers.columns)
    findings = find(customers.table, customers.columns)
    assert findings
    for finding in findings:
        assert f"{finding.text}." in text
        assert finding.mend in text
    assert "3 to 7 segments" in text


def test_it_says_how_numbers_categories_dates_and_gaps_look(page, parts, customers):
    text = parts(page).text
    assert f"{customers.table['income'].max():,.0f}" in text
    assert "Bachelor" in text
    assert "signed_up" in text
    assert re.search(r"income 1\.\d % \d", text)
    assert "rise together" in text


def test_it_loads_nothing_from_the_network(page, parts):
    found = parts(page)
    addresses = [value or "" for _, given in found.tags for name, value in given.items() if name in ("src", "href")]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert not {"link", "iframe", "img", "object"} & {tag for tag, _ in found.tags}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|sendBeacon|WebSocket", page)


def test_headings_are_in_order_and_pictures_have_words(page, parts):
    found = parts(page)
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = [given for tag, given in found.tags if tag == "svg" and given.get("class") in ("bars", "map")]
    assert len(pictures) > 10
    assert all(given["aria-label"] for given in pictures)


def test_the_contents_lead_somewhere(page, parts):
    tags = parts(page).tags
    places = {given.get("id") for _, given in tags}
    links = [given["href"][1:] for tag, given in tags if tag == "a"]
    assert len(links) > 5
    assert set(links) <= places


def test_it_shows_no_id_and_no_row(page, parts, customers):
    ids = set(customers.table["customer_id"].astype(str))
    assert not ids & set(re.findall(r"[\w.-]+", page))
    assert not row_of_table_report(page, parts)


def test_should_table_report_keep_a_row_it_is_nobodys(parts, customers, monkeypatch):
    monkeypatch.setattr(interactive, "_OTHER_PANELS", re.compile("(never there)"))
    row = row_of_table_report(explore_page(customers, findings=()), parts)
    shown = {float(value) for value in row if re.fullmatch(r"-?\d+(\.\d+)?", value)}
    assert len(shown) > 10
    assert not any(shown <= set(row) for row in customers.table.select_dtypes("number").to_numpy().tolist())


def row_of_table_report(page: str, parts) -> list[str]:
    return [given["data-value-str"] for _, given in parts(page).tags if given.get("data-role") == "dataframe-data"]


def test_free_text_is_not_quoted_and_extremes_of_sensitive_columns_are_not_named(parts):
    table = pd.DataFrame({"amount": draw().normal(size=ROWS), "remark": [f"call {n} tomorrow" for n in range(ROWS)]})
    table["disability_score"] = [*draw(1).normal(size=ROWS - 1), 98765.0]
    page = explore_page(make_dataset("shop", table))
    assert "call 1" not in page
    assert "remark" in page
    assert "disability_score" in page
    assert "98765" not in page.replace(",", "")


def test_no_telephone_number_no_unreadable_cell_and_no_name_is_shown(parts):
    phones = 1715550000 + draw().permutation(ROWS) * 37
    since = [*pd.date_range("2024-01-01", periods=ROWS - 1).strftime("%Y-%m-%d"), "ask Ann Smith"]
    table = pd.DataFrame({"amount": draw(1).normal(size=ROWS), "phone": phones, "since": since})
    table["plan"] = [*["gold", "free"] * (ROWS // 2 - 1), "free", "Bob Jones, 12 High St"]
    page = explore_page(make_dataset("shop", table, stated=Stated(kind={"since": "date"}))).replace(",", "")
    assert "phone" in page
    assert not [phone for phone in phones if str(phone) in page]
    assert "Smith" not in page
    assert "aaa aaa aaaaa" in page
    assert "Jones" not in page


def test_a_password_in_the_address_is_not_shown():
    table = pd.DataFrame({"a": draw().normal(size=ROWS)})
    page = explore_page(make_dataset("shop", table, "postgresql://ann:hush@db/shop?sslkey=hush"))
    assert "postgresql://db/shop" in page
    assert "hush" not in page


def test_names_and_levels_cannot_become_part_of_the_page(parts):
    table = pd.DataFrame(
        {
            "<script>alert(1)</script>": draw().normal(size=ROWS),
            '"><img src=x onerror=alert(1)>': draw(1).choice(["<b>bold", "</script>", "&amp;"], ROWS),
            "</style><h1>": draw(2).integers(0, 2, ROWS),
            "{{ 7 * 7 }}": draw(3).normal(size=ROWS),
        }
    )
    plain = explore_page(make_dataset("shop", table.set_axis(list("abcd"), axis=1).replace({"<b>bold": "bold"})))
    page = explore_page(make_dataset("<i>shop", table))
    found, usual = parts(page), parts(plain)
    assert all(name in found.text for name in table)
    assert {tag: found.count(tag) for tag, _ in found.tags} == {tag: usual.count(tag) for tag, _ in usual.tags}


def test_of_a_log_it_says_what_became_of_the_lines(parts):
    days = pd.date_range("2024-01-01", periods=ROWS).astype(str)
    log = pd.DataFrame({"client": draw().integers(100, 112, ROWS), "day": days, "total": draw(1).normal(60, 20, ROWS)})
    log.loc[0, ["client", "total"]] = [987654, -5.0]
    dataset = make_dataset("shop", log, log=LogColumns("client", "day", amount="total"))
    assert dataset.without_purchase == (987654,)
    text = parts(explore_page(dataset)).text
    assert all(note in text for note in dataset.notes)
    assert "1 customer without a valid purchase" in text
    assert "987654" not in text


def test_columns_made_of_others_are_shown_like_the_rest(parts):
    table = pd.DataFrame({"wine": draw().integers(1, 90, ROWS), "meat": draw(1).integers(1, 90, ROWS)})
    derive = {"spent": {"total": ["wine", "meat"]}, "size": {"bands": "spent", "at": [50, 100]}}
    text = parts(explore_page(make_dataset("shop", table, stated=Stated(derive=derive)))).text
    assert "spent total of wine, meat" in text
    assert "below 50" in text
    assert "spent and wine" not in text.partition("Strongest pairs")[2].partition("From 0 to 1")[0]


NAMES = ("Größe (€)", "名前", "a\nb", "", " ", "$a^b$", "${x}")
UGLY = {
    "two rows": {"a": [1.5, 2.0], "b": ["x", "y"]},
    "one column": {"a": draw().normal(size=ROWS)},
    "columns without a value": {"a": draw().normal(size=ROWS), "b": [np.nan] * ROWS, "c": [None] * ROWS},
    "two values in all": {"a": [np.nan] * (ROWS - 2) + [1.0, 2.0], "b": draw().normal(size=ROWS)},
    "infinities": {"a": np.where(np.arange(ROWS) % 7, draw().normal(size=ROWS), np.inf), "b": [-np.inf] * ROWS},
    "at the limits of floats": {"a": draw().uniform(-1, 1, ROWS) * 1.7e308, "b": 1e18 + np.arange(ROWS)},
    "strange names": {name: draw().normal(size=ROWS) for name in NAMES},
    "strange values": {"a": ["あ", "ü", "\u2028"] * 20, "b": [[1], [2, 3]] * 30, "c": [1, "x"] * 30},
    "flags of all sorts": {"a": draw().random(ROWS) > 0.5, "b": pd.array([True, None, False] * 20, dtype="boolean")},
    "dates": {"a": pd.date_range("2020", periods=ROWS, tz="Europe/Berlin"), "b": pd.to_datetime(["2020-01-01"] * ROWS)},
}


@pytest.mark.parametrize("columns", UGLY.values(), ids=UGLY)
@pytest.mark.filterwarnings("error")
def test_an_ugly_table_has_a_page(columns, parts):
    table = pd.DataFrame(columns)
    text = parts(explore_page(make_dataset("ugly", table))).text
    assert all(" ".join(name.split()) in text for name in map(str, table))
    assert not re.search(r"\b(nan|NaN|NaT|<NA>)\b", text.replace("shop", ""))


@pytest.mark.parametrize("columns", [{"a": [1], "b": ["x"]}, {"a": [np.nan] * ROWS}], ids=["one row", "all missing"])
def test_a_table_with_nothing_to_look_at_is_named(columns):
    with pytest.raises(UserError, match="no column to segment on"):
        make_dataset("ugly", pd.DataFrame(columns))


def test_300_columns_are_a_page_that_can_be_mailed(parts):
    table = pd.DataFrame(draw().normal(size=(ROWS, 300)), columns=[f"measure_{n}" for n in range(300)])
    page = explore_page(make_dataset("wide", table), findings=())
    assert all(name in page for name in table)
    assert len(page) < 3_000_000
    assert "of the first 120 columns" not in parts(page).text or "Drawn are 36 of 300 columns" in parts(page).text
