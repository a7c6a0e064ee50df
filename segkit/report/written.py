"""The report written in the form that is asked for."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from segkit.data.formulas import harmless_table
from segkit.errors import WorkFailed
from segkit.pages.file import write_whole
from segkit.report.content import Content
from segkit.report.customers import customer_list
from segkit.report.markdown import report_markdown
from segkit.report.names import names_of
from segkit.report.page import report_page
from segkit.report.sweep_pictures import sweep_pictures
from segkit.report.workbook import write_workbook
from segkit.scoring.scorer import Scorer


def write_report(content: Content, scorer: Scorer, form: str, path: Path, control: float = 0.1) -> None:
    """Write one of the forms of `segkit.report.files.ENDINGS`; `control` is what a list of customers sets aside."""
    texts: dict[str, Callable[[], str]] = {
        "html": lambda: report_page(content, sweep_pictures(content)),
        "markdown": lambda: report_markdown(content),
        "sql": lambda: content.sql,
        "names": lambda: names_of(content),
        "list": lambda: _list(customer_list(content.portrait, scorer, content.title, control)),
    }
    if form == "sql" and not content.sql:
        raise WorkFailed("no rules can be written for these segments, so there is no query")
    if form == "xlsx":
        write_whole(path, lambda place: write_workbook(content, place))
    else:
        text = texts[form]()
        write_whole(path, lambda place: place.write_text(text, encoding="utf-8"))


def _list(customers: pd.DataFrame) -> str:
    """The list as CSV, in which no cell is a formula."""
    return harmless_table(customers).to_csv(index=False)
