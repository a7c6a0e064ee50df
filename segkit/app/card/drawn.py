"""The customers of a segmentation as a screen draws and filters them: places in a plane, and columns in bins."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from segkit.app.card.binned import Binned, binned
from segkit.app.card.filtered import Asked, Range
from segkit.app.gathered.contents import bytes_of_content
from segkit.data.numbers import as_text
from segkit.plots.flat import axis_names, flattened
from segkit.plots.style import colour
from segkit.profiles import UNASSIGNED
from segkit.remembered import remembers
from segkit.report.columns import answers_shown, column_titles, in_words, numbers_shown
from segkit.report.content import Content
from segkit.report.portrait import Portrait
from segkit.segments import NOISE

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
_MOST_DOTS, _MOST_OF_ONE = 2000, 800
# The usual customers lie from -100 to 100; those far out stand a little beyond.
_UNIT, _USUAL, _FURTHEST = 100, (1, 99), 1.25
_TELLING = 6
# Words of a customer's own, and what tells one customer from all others, are no columns to filter on.
_UNTOLD = ("text", "id", "constant")


@dataclass(frozen=True, eq=False)
class Drawn:
    """Every customer's place in the plane and bin in each column; `axes` say what the plane shows."""

    content: Content
    places: npt.NDArray[np.int64]
    axes: tuple[str, str]
    columns: Mapping[str, Binned]

    def kept(self, asked: Asked) -> Mask:
        """Which customers the filters leave."""
        found = np.ones(len(self.places), dtype=bool)
        if asked.box is not None:
            left, low, right, high = asked.box
            across, up = self.places[:, 0], self.places[:, 1]
            found &= (across >= left) & (across <= right) & (up >= low) & (up <= high)
        for name, bins in asked.columns.items():
            codes = self.columns[name].codes
            found &= (codes >= bins.first) & (codes <= bins.last) if isinstance(bins, Range) else np.isin(codes, bins)
        return found


@remembers(lambda drawn: bytes_of_content(drawn.content))
def drawn_of(content: Content) -> Drawn:
    """The customers of a content; worked out once."""
    portrait = content.portrait
    flat, shares = flattened(np.asarray(portrait.space, dtype=float), 2)
    silent = {column.name for column in portrait.dataset.columns if column.kind in _UNTOLD}
    told = [str(name) for name in portrait.typed if name not in silent]
    columns = {name: binned(in_words(portrait, name)) for name in told}
    return Drawn(content, _places(flat), axis_names(shares), {n: bins for n, bins in columns.items() if bins.labels})


def drawn_values(drawn: Drawn, segment: int) -> dict[str, Any]:
    """A sample for the screen as plain values: of the segment up to 800 customers, of all no more than 2,000.

    `each` says how many customers every one of them stands for. The sample is the same every time.
    """
    portrait = drawn.content.portrait
    weights, own = _weights(portrait), portrait.labels == segment
    rows = sampled(own)
    segments = sorted(set(portrait.labels.tolist()), key=lambda one: (one == NOISE, one))
    return {
        "segment": segment,
        "customers": float(weights.sum()),
        "sampled": len(rows) < len(own),
        "segments": [_segment(portrait, one, weights) for one in segments],
        "labels": portrait.labels[rows].tolist(),
        "each": each_for(rows, own, weights).round(4).tolist(),
        "places": drawn.places[rows].ravel().tolist(),
        "axes": drawn.axes,
        "id": drawn.content.sql_key or "row number",
        "ids": as_text(portrait.dataset.ids).iloc[rows].tolist(),
        "telling": telling(drawn, segment),
        "columns": [_column(name, bins, rows, portrait) for name, bins in drawn.columns.items()],
    }


def left_values(drawn: Drawn, asked: Asked) -> dict[str, float]:
    """How many customers of each segment the filters leave, of all and not of a sample."""
    portrait, kept = drawn.content.portrait, drawn.kept(asked)
    weights = _weights(portrait)
    segments = sorted(set(portrait.labels.tolist()))
    return {str(one): float(weights[kept & (portrait.labels == one)].sum()) for one in segments}


def sampled(own: Mask) -> Rows:
    """Rows by chance, in their order: all, or more of the `own` ones than there would be by chance alone."""
    chance, inside, others = np.random.default_rng(0), np.flatnonzero(own), np.flatnonzero(~own)
    inside_few = chance.permutation(inside)[: max(_MOST_OF_ONE, _MOST_DOTS - len(others))]
    others_few = chance.permutation(others)[: _MOST_DOTS - len(inside_few)]
    return np.sort(np.concatenate([inside_few, others_few]))


def each_for(rows: Rows, own: Mask, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How many customers each of the rows stands for, so that the own and the others come to what they all weigh."""
    found = weights[rows].copy()
    for part in (own, ~own):
        drawn = part[rows]
        found[drawn] *= weights[part].sum() / max(found[drawn].sum(), np.finfo(float).tiny)
    return found


def telling(drawn: Drawn, segment: int) -> list[str]:
    """The columns in which the segment stands out most, then those in which any does."""
    portrait = drawn.content.portrait
    marked = [str(name) for name in portrait.marked_by(segment)["column"]]
    names = dict.fromkeys([*marked, *numbers_shown(portrait), *answers_shown(portrait), *drawn.columns])
    return [name for name in names if name in drawn.columns][:_TELLING]


def _weights(portrait: Portrait) -> npt.NDArray[np.float64]:
    """How many customers each row of the table is."""
    weights = portrait.dataset.weights
    return np.ones(len(portrait.labels)) if weights is None else weights.to_numpy(dtype=float)


def _segment(portrait: Portrait, segment: int, weights: npt.NDArray[np.float64]) -> dict[str, Any]:
    name = UNASSIGNED if segment == NOISE else portrait.names.get(segment, f"segment {segment}")
    size = float(weights[portrait.labels == segment].sum())
    return {"segment": segment, "name": name, "colour": colour(segment), "customers": size}


def _column(name: str, bins: Binned, rows: Rows, portrait: Portrait) -> dict[str, Any]:
    title = column_titles(portrait)[name]
    codes = bins.codes[rows].tolist()
    return {"name": name, "title": title, "ordered": bins.ordered, "bins": list(bins.labels), "codes": codes}


def _places(flat: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Whole numbers, of the usual customers from end to end of each direction."""
    low, high = np.percentile(flat, _USUAL, axis=0)
    half = np.maximum((high - low) / 2, np.finfo(float).tiny)
    found: npt.NDArray[np.float64] = np.rint(_UNIT * np.clip((flat - low) / half - 1, -_FURTHEST, _FURTHEST))
    return found.astype(np.int64)
