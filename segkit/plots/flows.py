"""Where the bars and bands of a split diagram lie: an order with few crossings, and colours that are handed on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd
from matplotlib.path import Path

from segkit.plots.style import PALETTE, colour
from segkit.segments import NOISE

Node = tuple[int, int]  # k and segment
Flows = Mapping[tuple[Node, Node], float]
# Air between the bars of a column, as a share of all customers.
_GAP = 0.03
_CURVE = [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]


@dataclass(frozen=True)
class Bar:
    """A segment at one k: where it begins, from the top down and in shares of all customers, its size and colour."""

    k: int
    segment: int
    top: float
    share: float
    colour: str


@dataclass(frozen=True)
class Band:
    """Customers who go from one segment to one of the next k: where they leave and arrive, and how many they are."""

    source: Bar
    target: Bar
    leaves: float
    arrives: float
    share: float


def lay_out(splits: pd.DataFrame, chosen: int) -> tuple[list[Bar], list[Band]]:
    """Bars and bands for a table of splits; segments of the `chosen` k have the colours that they have elsewhere."""
    flows = _flows(splits)
    sizes = _sizes(flows)
    columns = _ordered(flows, sizes)
    colours = _colours(columns, flows, chosen)
    bars = {(bar.k, bar.segment): bar for column in columns for bar in _stacked(column, sizes, colours)}
    return list(bars.values()), list(_bands(columns, flows, bars))


def band_outline(band: Band, start: float, end: float) -> Path:
    """The outline of a band from one place across to another."""
    middle = (start + end) / 2
    leaves, arrives = (band.leaves, band.leaves + band.share), (band.arrives, band.arrives + band.share)
    upper = [(start, leaves[0]), (middle, leaves[0]), (middle, arrives[0]), (end, arrives[0])]
    lower = [(end, arrives[1]), (middle, arrives[1]), (middle, leaves[1]), (start, leaves[1])]
    return Path(upper + lower, _CURVE)


def _flows(splits: pd.DataFrame) -> Flows:
    """Shares of all customers, by where they come from and where they go."""
    customers = splits.groupby(["k_from", "segment_from", "k_to", "segment_to"])["customers"].sum()
    everyone = float(customers.groupby(level="k_from").sum().max())
    rows = customers[customers > 0].reset_index().itertuples(index=False)
    return {((int(k), int(s)), (int(k_to), int(s_to))): count / everyone for k, s, k_to, s_to, count in rows}


def _sizes(flows: Flows) -> dict[Node, float]:
    """The share of each segment: all who come in, or at the first k all who go out."""
    arriving: dict[Node, float] = defaultdict(float)
    leaving: dict[Node, float] = defaultdict(float)
    for (source, target), share in flows.items():
        leaving[source] += share
        arriving[target] += share
    return {node: max(leaving[node], arriving[node]) for node in {*leaving, *arriving}}


def _ordered(flows: Flows, sizes: Mapping[Node, float]) -> list[list[Node]]:
    """The segments of each k from the top down: the first by size, the others near those that they come from."""
    ks = sorted({k for k, _ in sizes})
    columns = [sorted((node for node in sizes if node[0] == ks[0]), key=lambda node: -sizes[node])]
    for k in ks[1:]:
        above = {node: place for place, node in enumerate(columns[-1])}
        pull = {node: _centre(node, above, flows) for node in sizes if node[0] == k}
        columns.append(sorted(pull, key=lambda node: (pull[node], -sizes[node])))
    return columns


def _centre(node: Node, above: Mapping[Node, int], flows: Flows) -> float:
    """The mean place of those that a segment's customers come from."""
    shares = {source: flows.get((source, node), 0.0) for source in above}
    return sum(above[source] * share for source, share in shares.items()) / (sum(shares.values()) or 1.0)


def _colours(columns: Sequence[Sequence[Node]], flows: Flows, chosen: int) -> dict[Node, str]:
    """The chosen k has the colours of its segments; to both sides each is handed on to where most customers are."""
    start = next((place for place, column in enumerate(columns) if column[0][0] == chosen), len(columns) - 1)
    colours = {node: colour(node[1]) for node in columns[start]}
    for known, unknown in [*pairwise(columns[start:]), *pairwise(columns[start::-1])]:
        for one, other in _heirs(known, unknown, flows):
            colours.setdefault(other, colours[one])
        taken, usual = {colours.get(node) for node in unknown}, {colours[node] for node in columns[start]}
        free = sorted(set(PALETTE) - taken, key=lambda each: (each in usual, PALETTE.index(each)))
        fresh = iter([*free, *PALETTE])
        for node in unknown:
            colours.setdefault(node, next(fresh))
    return colours


def _heirs(known: Sequence[Node], unknown: Sequence[Node], flows: Flows) -> Iterator[tuple[Node, Node]]:
    """Pairs of segments of two neighbouring k, the widest bands first, each segment at most once."""
    pairs = {(one, other): flows.get((min(one, other), max(one, other)), 0.0) for one in known for other in unknown}
    paired: set[Node] = set()
    for one, other in sorted(pairs, key=lambda pair: -pairs[pair]):
        usual = pairs[one, other] > 0 and NOISE not in (one[1], other[1])
        if usual and not paired & {one, other}:
            paired |= {one, other}
            yield one, other


def _stacked(column: Sequence[Node], sizes: Mapping[Node, float], colours: Mapping[Node, str]) -> Iterator[Bar]:
    """The bars of one k, with air between them, the whole around the middle."""
    top = (1 - sum(sizes[node] for node in column) - _GAP * (len(column) - 1)) / 2
    for k, segment in column:
        shown = colour(NOISE) if segment == NOISE else colours[k, segment]
        yield Bar(k, segment, top, sizes[k, segment], shown)
        top += sizes[k, segment] + _GAP


def _bands(columns: Sequence[Sequence[Node]], flows: Flows, bars: Mapping[Node, Bar]) -> Iterator[Band]:
    """Bands in the order of the bars at either end, so that those of one bar do not cross each other there."""
    for sources, targets in pairwise(columns):
        arrived = {node: bars[node].top for node in targets}
        for source in sources:
            left = bars[source].top
            for target in targets:
                share = flows.get((source, target), 0.0)
                if share:
                    yield Band(bars[source], bars[target], left, arrived[target], share)
                left += share
                arrived[target] += share
