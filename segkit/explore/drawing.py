"""Small pictures as SVG: crisp on any screen and on paper, with words for those who cannot see them.

Drawn by hand: matplotlib takes 20 times the bytes for a histogram and knows no titles that a pointer brings up.
"""

from collections.abc import Iterable

from markupsafe import Markup

from segkit.explore.numbers import Bars
from segkit.explore.together import Together
from segkit.plots.style import PALETTE

BLUE, ORANGE, RED, VIOLET = PALETTE[0], PALETTE[1], PALETTE[5], PALETTE[6]
_WIDTH, _HEIGHT = 240, 40
_CELL = 20
_LONGEST_LABEL = 24


def histogram(bars: Bars) -> Markup:
    """A histogram without axes: its ends and middle stand beside it. Bars that hold all that lies beyond stand out."""
    usual = [place for place in range(len(bars.heights)) if place not in bars.beyond]
    paths = Markup('<path fill="{}" d="{}"/><path fill="{}" d="{}"/>').format(
        BLUE, _path(bars, usual), ORANGE, _path(bars, sorted(bars.beyond))
    )
    return Markup(
        '<svg class="bars" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>'
    ).format(bars.alt, _WIDTH, _HEIGHT, paths)


def _path(bars: Bars, places: Iterable[int]) -> str:
    width = _WIDTH / max(len(bars.heights), 1)
    gap = min(1.0, width / 8)
    drawn = []
    for place in places:
        # What is there at all must be seen.
        height = max(bars.heights[place] * (_HEIGHT - 1), 1.0) if bars.heights[place] else 0.0
        drawn.append(f"M{place * width:.1f} {_HEIGHT}v-{height:.1f}h{width - gap:.1f}v{height:.1f}z")
    return "".join(drawn)


def association_map(found: Together) -> Markup:
    """Every pair of columns once, below the diagonal, on which the names stand: a column's cells lie left of its name
    and below it.
    """
    names = [str(name) for name in found.drawn]
    size = len(names) * _CELL
    rows = Markup("").join(_row(found, names, place) for place in range(len(names)))
    return Markup(
        '<svg class="map" role="img" aria-label="{}" viewBox="0 0 {} {}" style="max-width:{}px">{}</svg>'
    ).format(
        f"Map of how strongly each of {len(names)} columns goes with each other; the strongest pairs are listed below.",
        *(size + _label_width(names), size, size + _label_width(names)),
        rows,
    )


def _label_width(names: list[str]) -> int:
    return 8 + round(7.3 * min(max(map(len, names), default=0), _LONGEST_LABEL))


def _row(found: Together, names: list[str], place: int) -> Markup:
    top = place * _CELL
    ground = Markup('<path fill="#f3f4f6" d="M0 {}h{}v{}H0z"/>').format(top, (place + 1) * _CELL - 1, _CELL - 1)
    values = found.drawn.to_numpy(dtype=float)[place]
    cells = Markup("").join(
        _cell(float(values[other]), (names[place], names[other]), found.directed, place, other)
        for other in range(place)
        if values[other]
    )
    name = names[place]
    label = Markup('<text x="{}" y="{}">{}<title>{}</title></text>').format(
        (place + 1) * _CELL + 4, top + 14, _short(name), name
    )
    return ground + cells + label


def _cell(value: float, pair: tuple[str, str], directed: frozenset[str], row: int, column: int) -> Markup:
    has_direction = set(pair) <= directed
    colour = (BLUE if value > 0 else RED) if has_direction else VIOLET
    words = f"{' and '.join(pair)}: {value:+.2f}" if has_direction else f"{' and '.join(pair)}: {value:.2f}"
    return Markup(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" fill-opacity="{:.2f}"><title>{}</title></rect>'
    ).format(column * _CELL, row * _CELL, _CELL - 1, _CELL - 1, colour, abs(value), words)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1] + "…"
