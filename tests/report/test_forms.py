"""The other forms of the report: text, workbook, values, names, a list of customers."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.errors import UserError
from segkit.profiles.names_file import read_names
from segkit.report.advice import advice_on
from segkit.report.customers import customer_list
from segkit.report.files import check_control, check_place, report_name
from segkit.report.markdown import report_markdown
from segkit.report.names import names_of
from segkit.report.recommendation import recommendation
from segkit.report.values import report_values
from segkit.report.workbook import sheets, write_workbook


def test_the_text_says_what_the_page_says(content) -> None:
    text = report_markdown(content)
    assert text.index(content.recommendation) < text.index("## Which segments first")
    assert all(f"## {card.name}" in text for card in content.cards)
    assert "```sql" in text
    assert "CASE" in text


def test_the_workbook_has_a_sheet_a_question(content, tmp_path) -> None:
    write_workbook(content, tmp_path / "segments.xlsx")
    read = pd.read_excel(tmp_path / "segments.xlsx", sheet_name=None)
    assert {"segments", "first", "profiles", "outcomes", "rules", "evidence", "columns", "made"} <= set(read)
    assert read["segments"]["name"].tolist() == [content.portrait.names[s] for s in read["segments"]["segment"]]
    assert read["segments"]["customers"].sum() == 400


def test_what_a_spreadsheet_would_work_out_stays_text(content, tmp_path) -> None:
    names = {segment: "=1+1" if segment == 0 else name for segment, name in content.portrait.names.items()}
    evil = replace(content, portrait=replace(content.portrait, names=names))
    write_workbook(evil, tmp_path / "evil.xlsx")
    read = pd.read_excel(tmp_path / "evil.xlsx", sheet_name="segments")
    assert read["name"].iloc[0] == "'=1+1"


def test_sheets_hold_no_customer(content, ids) -> None:
    told = {str(cell) for table in sheets(content).values() for cell in table.to_numpy().ravel()}
    assert not told & {one for one in ids if not one.isdigit()}


def test_values_are_plain(content) -> None:
    from segkit.output import as_json

    told = report_values(content)
    assert as_json(told)
    assert (told["verdict"], len(told["segments"])) == ("continuum", 4)
    assert told["rules"]["fidelity"] > 0.5


def test_names_can_be_edited_and_read_back(content, tmp_path) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(names_of(content).replace(content.cards[0].name, "Our best"), encoding="utf-8")
    read = read_names(path, content.portrait.names)
    assert read[0].name == "Our best"
    assert read[1].description == content.cards[1].paragraph


def test_every_customer_is_listed_with_why_and_control(content, scorer, shop) -> None:
    listed = customer_list(content.portrait, scorer, "summer", control=0.2)
    assert set(listed["customer_id"]) == set(shop.ids)
    assert listed["segment"].is_monotonic_increasing
    assert 0.1 < listed["control"].mean() < 0.3
    assert listed["why"].str.len().gt(10).all()
    again = customer_list(content.portrait, scorer, "summer", control=0.2)
    assert (listed["control"] == again["control"]).all()


@pytest.mark.parametrize(
    ("guards", "champion", "said"),
    [
        ((), True, "We recommend 4 segments."),
        (("tiny_segment",), True, "We do not recommend these 4 segments: a segment smaller than the brief allows."),
        ((), False, "the sweep recommends other instead"),
    ],
)
def test_what_is_recommended(told, guards, champion, said) -> None:
    run = told.run if champion else replace(told.run, fingerprint="unknown")
    ranking = told.ranking if champion else replace(told.ranking, runs=told.ranking.runs[1:])
    assert said in recommendation(run, ranking, guards)


def test_a_place_is_checked_before_any_work(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert check_place(None, "html", "report-a").name == "report-a.html"
    for output, form in (("a.txt", "html"), (str(tmp_path), "sql"), ("no/such/a.md", "markdown"), ("a.json", "json")):
        with pytest.raises(UserError):
            check_place(output, form, "x")
    with pytest.raises(UserError):
        check_control(1.5)
    assert report_name("html", "shops/a b", "0123456789") == "report-shops_a_b-012345"


def test_people_name_what_comes_first(portrait, told) -> None:
    by_income = advice_on(portrait, told.run, told.verdict, None, ["income"]).first
    means = portrait.profiles.query("column == 'income'").set_index("segment")["mean"]
    assert by_income["segment"].iloc[0] == means.idxmax()
    with pytest.raises(UserError, match="beauty"):
        advice_on(portrait, told.run, told.verdict, None, ["beauty"])
