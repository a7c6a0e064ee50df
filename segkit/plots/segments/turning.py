"""The one picture that moves: customers as dots in three dimensions, turned, read and filtered in the browser."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from markupsafe import Markup

from segkit.plots.flat import flattened
from segkit.plots.segments.words import name_of, segments_of, share
from segkit.plots.style import colour
from segkit.profiles.figures import percent

_MOST_DOTS, _FEWEST_OF_ONE = 2000, 40
_WIDE, _TALL = 640, 460  # of the still picture
_SIZE = 0.32  # of its height, from the middle to the edge of the usual customers
# Coarse on purpose: of few columns a finer place would be the customer's own figures.
_UNIT = 100
_USUAL, _FURTHEST = 98.0, 1.25


def turning_picture(space: np.ndarray, labels: np.ndarray, names: Mapping[int, str]) -> Markup | None:
    """A piece of a page without any library: a still picture that scripts, where they may run, let turn.

    It holds rounded coordinates of at most 2,000 customers, drawn by chance, some of each segment, in no order that
    would tell who they are; nothing else of them. None without customers.
    """
    if not len(labels):
        return None
    segments = segments_of(labels)
    places, shares = _places(space)
    dots = {segment: places[rows] for segment, rows in _sampled(labels, segments).items()}
    turns = bool(np.ptp(places[:, 2]))
    key = Markup("").join(_key_line(segment, labels, names) for segment in segments)
    numbers = json.dumps([dots[segment].ravel().tolist() for segment in segments], separators=(",", ":"))
    shown = f"The picture shows {percent(sum(shares))} of the spread between customers. " if shares else ""
    count = sum(map(len, dots.values()))
    return _PIECE.format(
        style=Markup(_beside("css")),  # noqa: S704 - our own file
        dots=_still(dots),
        key=key,
        hint=f"{shown}Each dot is a customer{_of_all(count, len(labels))}.",
        help=_TURN if turns else _FLAT,
        turns=int(turns),
        numbers=Markup(numbers),  # noqa: S704 - nothing but numbers
        script=Markup(_beside("js")),  # noqa: S704 - our own file
        wide=_WIDE,
        tall=_TALL,
        label=f"{len(segments)} segments as clouds of dots: {', '.join(name_of(one, names) for one in segments)}",
    )


_TURN = "Drag to turn, or use the arrow keys; double-click to face it again. Point at a dot to see its segment."
_FLAT = "Point at a dot to see its segment."
_PIECE = Markup(
    '<figure class="turning"><style>{style}</style><div class="turning-stage">'
    '<svg viewBox="0 0 {wide} {tall}" role="img" aria-label="{label}">{dots}</svg>'
    '<canvas tabindex="0" role="img" aria-label="{label}" hidden></canvas><p class="turning-tip" hidden></p></div>'
    '<ul class="turning-key">{key}</ul>'
    '<figcaption>{hint} <span class="turning-help" hidden>{help} Choose segments by their names.</span></figcaption>'
    '<script type="application/json" data-turns="{turns}">{numbers}</script><script>{script}</script></figure>'
)
_KEY_LINE = Markup(
    '<li><button type="button" aria-pressed="true" data-colour="{ink}"><i style="background:{ink}"></i>'
    "<span>{name}</span> <small>{part}</small></button></li>"
)


def _key_line(segment: int, labels: np.ndarray, names: Mapping[int, str]) -> Markup:
    part = share(float(np.mean(labels == segment)))
    return _KEY_LINE.format(ink=colour(segment), name=name_of(segment, names), part=part)


def _of_all(drawn: int, customers: int) -> str:
    return "" if drawn == customers else f", {drawn:,} of {customers:,} drawn by chance"


def _places(space: np.ndarray) -> tuple[np.ndarray, tuple[float, ...]]:
    """Whole numbers, the usual customers from -100 to 100; those far out stand a little beyond."""
    flat, shares = flattened(np.asarray(space, dtype=float), 3)
    centred = flat - np.median(flat, axis=0)
    far = np.abs(centred).max(axis=1)
    usual = float(np.percentile(far, _USUAL)) or float(far.max()) or 1.0
    return np.rint(_UNIT * np.clip(centred / usual, -_FURTHEST, _FURTHEST)).astype(int), shares


def _sampled(labels: np.ndarray, segments: list[int]) -> dict[int, np.ndarray]:
    """Rows of each segment by chance, as many as it has of everyone, but some of the smallest."""
    chance, rows = np.random.default_rng(0), {segment: np.flatnonzero(labels == segment) for segment in segments}
    room = _MOST_DOTS - _FEWEST_OF_ONE * len(segments)
    portion = min(1.0, max(room, 0) / len(labels))
    fewest = min(_FEWEST_OF_ONE, _MOST_DOTS // len(segments))
    return {
        segment: chance.permutation(own)[: max(fewest, int(portion * len(own)))]
        if portion < 1
        else chance.permutation(own)
        for segment, own in rows.items()
    }


def _still(dots: Mapping[int, np.ndarray]) -> Markup:
    """A path per segment, each dot a line of no length with round ends: a fifth of the bytes of circles."""
    step = _SIZE * _TALL / _UNIT
    large_first = sorted(dots, key=lambda segment: -len(dots[segment]))
    return Markup("").join(
        Markup('<path stroke="{}" d="{}"/>').format(colour(segment), _path(dots[segment], step))
        for segment in large_first
    )


def _path(places: np.ndarray, step: float) -> str:
    across = np.rint(_WIDE / 2 + step * places[:, 0]).astype(int).tolist()
    down = np.rint(_TALL / 2 - step * places[:, 1]).astype(int).tolist()
    return "".join(f"M{x} {y}h0" for x, y in zip(across, down, strict=True))


def _beside(kind: str) -> str:
    return Path(__file__).with_suffix(f".{kind}").read_text(encoding="utf-8")
