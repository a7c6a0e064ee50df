"""The report as a workbook, for people who live in a spreadsheet: a sheet a question, no customer in it."""

from pathlib import Path

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from segkit.data.formulas import harmless
from segkit.report.content import Content

_HEAD = PatternFill("solid", fgColor="E2E5EA")
_WIDEST = 60


def sheets(content: Content) -> dict[str, pd.DataFrame]:
    """Every sheet by its name."""
    portrait = content.portrait
    named = {**portrait.names, -1: "unassigned"}
    tables = {
        "segments": _segments(content),
        "first": content.advice.first.drop(columns="axes", errors="ignore"),
        "profiles": portrait.profiles,
        "markers": portrait.markers,
        "outcomes": portrait.outcomes,
        "rules": pd.DataFrame({"rule": content.rules.splitlines()}),
        "limitations": pd.DataFrame({"limitation": [str(point) for point in content.advice.limitations]}),
        "evidence": pd.DataFrame([(one.title, one.value, one.says) for one in content.advice.glossary]),
        "columns": content.columns,
        "made": pd.DataFrame(list(content.made.items())),
    }
    if content.buying is not None:
        tables |= {"buying": content.buying.rfm, "prefers": content.buying.prefers}
        tables |= {} if content.buying.expected is None else {"next period": content.buying.expected}
    tables["evidence"].columns = pd.Index(["measure", "value", "means"][: tables["evidence"].shape[1]])
    tables["made"].columns = pd.Index(["what", "how"][: tables["made"].shape[1]])
    return {name: _named(table, named) for name, table in tables.items() if len(table)}


def write_workbook(content: Content, path: Path) -> None:
    """Write the workbook."""
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in sheets(content).items():
            table.map(_harmless).to_excel(book, sheet_name=name, index=False)
            _dress(book.sheets[name], table)


def _segments(content: Content) -> pd.DataFrame:
    worth = content.portrait.worth.copy()
    by_segment = {card.segment: card for card in content.cards}
    worth["description"] = [by_segment[one].paragraph if one in by_segment else "" for one in worth["segment"]]
    return worth


def _named(table: pd.DataFrame, names: dict[int, str]) -> pd.DataFrame:
    """The segment's name beside its number."""
    if "segment" not in table or "name" in table:
        return table
    table = table.copy()
    table.insert(list(table.columns).index("segment") + 1, "name", table["segment"].map(names))
    return table


def _harmless(value: object) -> object:
    """Text that a spreadsheet would work out is kept as text."""
    if not isinstance(value, str):
        return value
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value))


def _dress(sheet: Worksheet, table: pd.DataFrame) -> None:
    """A head that stays, columns as wide as what is in them, shares and amounts readable."""
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for place, name in enumerate(table.columns, start=1):
        values = [str(name), *map(str, table.iloc[:, place - 1].head(200))]
        sheet.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(len(one) for one in values) + 2)
        is_number = pd.api.types.is_float_dtype(table.iloc[:, place - 1])
        for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
            cell.alignment = Alignment(wrap_text=not is_number, vertical="top")
            cell.number_format = ("0.0%" if "share" in str(name) else "#,##0.00") if is_number else cell.number_format
