"""Every column in one table that can be sorted and filtered: skrub's TableReport, without its look at single rows."""

import os
import re
import tempfile
from typing import Any
from unittest.mock import patch

import numpy as np
import pandas as pd
from markupsafe import Markup

from segkit.data.boxes import BOXES, columns_table
from segkit.data.dataset import Dataset
from segkit.data.findings.cells import sampled
from segkit.explore.values import Values

# 50,000 rows take a third of a second; a column takes 2 KB of the page.
MOST_ROWS, MOST_COLUMNS = 200_000, 300
# Its other panels are emptied: rows, which nobody should see; pictures, which need JavaScript, scroll sideways and do
# not print; associations, with links into the network.
_OTHER_PANELS = re.compile(
    r'(<div class="tab-panel" id="(?!summary-statistics-panel)[^>]*>).*?'
    r'(?=<div class="tab-panel" id="|<div class="report-bottom-border">)',
    re.DOTALL,
)
# Of its table are hidden what only programmers understand, and the median, which is not the one halfway between the two
# middle values that the rest of the page shows.
_STYLE = """
#report .tab-list { display: none; }
#report .summary-stats-table tr > :is(:nth-child(1), :nth-child(3), :nth-child(4), :nth-child(10)) { display: none; }
#report article.wrapper { padding: 0; }
#report .summary-stats-table { width: 100%; margin: 0; font-size: .82rem; }
#report .summary-stats-table :is(td, th) { padding: .25rem .5rem; text-align: right; }
#report .summary-stats-table tr > :is(th, td):nth-child(2) { left: 0; text-align: left; }
#report .summary-stats-table tr > th:is(.sort-button-group-wrapper, :nth-child(2)) { padding-bottom: 1.9rem; }
#report .summary-stats-table tr > th:is(.sort-button-group-wrapper, :nth-child(2)) { background: #f6f7f9; }
#report .sort-button-group { top: auto; left: auto; right: .4rem; bottom: .3rem; width: 3.2rem; height: 1.4rem; }
#report .sort-button-group { transform: none; }
#report .summary-stats-table .ok { color: inherit; font-weight: inherit; }
#report .summary-stats-table .warning { color: #b45309; }
"""


def _skrub() -> Any:
    """The package; at its import it would make a folder for data of its own in everybody's home."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"SKB_DATA_DIRECTORY": folder}):
        import skrub

        return skrub


def sortable_table(dataset: Dataset, values: Values) -> Markup:
    """The table, as a piece of a page."""
    skrub = _skrub()
    numbers = values.numbers.drop(columns=list(values.private), errors="ignore")
    whole = pd.concat([numbers, values.levels, values.dates], axis=1)
    table = _anonymous(whole[[column.name for column in values.columns if column.name in whole]])
    with skrub.config_context(float_precision=6):
        report = skrub.TableReport(
            table,
            n_rows=1,
            verbose=0,
            plot_distributions=False,
            compute_associations=False,
            open_tab="stats",
            column_filters=_filters(dataset, [*map(str, table)]),
        )
        html = report.html_snippet()
    html = _OTHER_PANELS.sub(r"\1</div>", html).replace("</style>", f"{_STYLE}</style>", 1)
    return Markup(_trimmed(html))  # noqa: S704 - skrub escapes the table's text


def _filters(dataset: Dataset, shown: list[str]) -> dict[str, list[str]]:
    """Box -> its columns in the table."""
    names = {box.capitalize(): columns_table(dataset).query("box == @box")["column"].tolist() for box in BOXES}
    return {box: kept for box, found in names.items() if (kept := [name for name in found if name in shown])}


def _anonymous(table: pd.DataFrame) -> pd.DataFrame:
    """The table with each column shuffled on its own: should a row of it ever stay in the page, it is nobody's."""
    table = sampled(table.iloc[:, :MOST_COLUMNS], MOST_ROWS)
    order = np.random.default_rng(0)
    return pd.DataFrame({name: values.to_numpy()[order.permutation(len(table))] for name, values in table.items()})


def _trimmed(html: str) -> str:
    """Numbers without the zeros at their ends, dates without midnight, and nothing where there is no number."""
    html = re.sub(r"(?<=>)\s*(nan|-?inf)\s*(?=</td>)", "", html.replace("T00:00:00", ""))
    return re.sub(r"(?<=\d)\.(\d*?)0*(?=\s*</td>)", lambda found: f".{found[1]}" if found[1] else "", html)
