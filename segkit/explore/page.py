"""The page: everything that was found put into its template."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from jinja2 import Template

from segkit.data.dataset import Dataset
from segkit.data.findings import Finding
from segkit.data.findings.duplicates import SAME_CUSTOMERS
from segkit.data.findings.logs import LOG
from segkit.data.worth_knowing import worth_knowing
from segkit.explore.drawing import association_map, histogram
from segkit.explore.gaps import gaps_in
from segkit.explore.interactive import MOST_COLUMNS, MOST_ROWS, sortable_table
from segkit.explore.levels import flag_summaries, level_summaries
from segkit.explore.numbers import day_summaries, number_summaries
from segkit.explore.purposes import boxed
from segkit.explore.together import together
from segkit.explore.values import values_of
from segkit.explore.words import shown_source
from segkit.pages.template import templates

# Said in a section of its own, because what is not found there is worth saying too.
_TWICE = (SAME_CUSTOMERS, LOG)


# Numbers at the limits of floats overflow where they are squared; what comes of it is shown as unknown.
@np.errstate(all="ignore")
def explore_page(dataset: Dataset, brief_words: str = "", findings: Sequence[Finding] | None = None) -> str:
    """What is in a table, as one HTML page; `findings` are those of `worth_knowing`, if the caller has them already."""
    known = worth_knowing(dataset) if findings is None else findings
    values = values_of(dataset)
    goes_together = together(values, dataset.columns, dataset.blocks)
    return _template().render(
        dataset=dataset,
        source=shown_source(dataset.source),
        today=date.today().isoformat(),  # noqa: DTZ011 - the day on the reader's own calendar
        brief=brief_words,
        boxes=boxed(dataset),
        findings=known,
        made=[column for column in dataset.columns if column.recipe],
        gaps=gaps_in(values),
        numbers=number_summaries(values),
        categories=level_summaries(values),
        flags=flag_summaries(values),
        days=day_summaries(values),
        together=goes_together,
        sortable=sortable_table(dataset, values),
        most_rows=MOST_ROWS,
        most_columns=MOST_COLUMNS,
        map=association_map(goes_together),
        twice=[finding.text for finding in known if finding.topic in _TWICE],
    )


def _template() -> Template:
    place = templates(Path(__file__).parent)
    place.filters.update(histogram=histogram)
    return place.get_template("page.html.jinja")
