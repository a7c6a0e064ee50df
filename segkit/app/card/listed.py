"""The customers whom filters leave, as the lines of a CSV file."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from segkit.app.card.drawn import drawn_of
from segkit.app.card.filtered import asked_of
from segkit.data.write import csv_parts
from segkit.profiles import UNASSIGNED
from segkit.report.content import Content


def listed(content: Content, segment: int, query: Mapping[str, str]) -> Iterator[str]:
    """Ids and how sure, the surest first, of the segment's customers; of everyone, where the filters say so, with
    their segments. Raises UserError before the first line.
    """
    drawn = drawn_of(content)
    asked = asked_of(query, drawn.columns)
    kept = drawn.kept(asked)
    table = _table(content, asked.everyone)
    table = table[kept if asked.everyone else kept & (content.portrait.labels == segment)]
    return csv_parts(table.sort_values("confidence", ascending=False, kind="stable"))


def _table(content: Content, everyone: bool) -> pd.DataFrame:
    portrait = content.portrait
    ids, scores = portrait.dataset.ids.reset_index(drop=True), portrait.scores.reset_index(drop=True)
    confidence = scores["confidence"].to_numpy()
    named = ids.name if str(ids.name) not in ("confidence", "segment", "segment_name") else "customer"
    table = pd.DataFrame({str(named): ids})
    if everyone:
        names = [portrait.names.get(int(one), UNASSIGNED) for one in portrait.labels]
        table = table.assign(segment=portrait.labels, segment_name=names)
    return table.assign(confidence=np.round(confidence, 4))
