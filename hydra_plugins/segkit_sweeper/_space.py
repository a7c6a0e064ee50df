"""The space that a search looks through: the axes of a sweep, each with its values or its ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import IntervalSweep, Override

from segkit.errors import UserError

# Digits of a number drawn from an interval: more would only make names long.
_DIGITS = 4


@dataclass(frozen=True)
class Choices:
    """An axis with single values; numbers are in order, so that neighbours are alike."""

    name: str
    values: tuple[str, ...]
    ordered: bool

    def text(self, drawn: Any) -> str:
        """The override that a place among the values stands for."""
        return f"{self.name}={self.values[int(drawn)]}"

    @property
    def ends(self) -> tuple[int, ...]:
        """Places that should be looked at before anything is started: of numbers the ends, else all."""
        last = len(self.values) - 1
        return (0, last) if self.ordered else tuple(range(last + 1))


@dataclass(frozen=True)
class Interval:
    """An axis of numbers between two ends, whole ones if `whole`; `log` when what matters is their size."""

    name: str
    low: float
    high: float
    whole: bool
    log: bool

    def text(self, drawn: Any) -> str:
        """The override that a number stands for."""
        return f"{self.name}={drawn}" if self.whole else f"{self.name}={float(drawn):.{_DIGITS}g}"

    @property
    def ends(self) -> tuple[float, ...]:
        """Both ends."""
        return (self.low, self.high)


Axis = Choices | Interval


@dataclass(frozen=True)
class Space:
    """What is the same for all runs, the axes to search, and the seeds that each combination is run under."""

    fixed: tuple[str, ...]
    axes: tuple[Axis, ...]
    seeds: tuple[str, ...]

    def overrides(self, drawn: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """The runs of one combination, one for each seed; `drawn` has a place or number for each axis."""
        chosen = tuple(axis.text(drawn[axis.name]) for axis in self.axes)
        return [(*self.fixed, *chosen, *seed) for seed in self._seeds()]

    def corners(self) -> Iterator[tuple[str, ...]]:
        """Combinations that name every page and the ends of every number once, to find what is wrong at once."""
        first = {axis.name: axis.ends[0] for axis in self.axes}
        yield self.overrides(first)[0]
        for axis in self.axes:
            for end in axis.ends[1:]:
                yield self.overrides({**first, axis.name: end})[0]

    def _seeds(self) -> list[tuple[str, ...]]:
        return [(f"seed={seed}",) for seed in self.seeds] or [()]


def space_of(arguments: Sequence[str]) -> Space:
    """The space that overrides span; the last one for a key counts."""
    parsed = OverridesParser.create().parse_overrides(list(arguments))
    known = {override.get_key_element(): override for override in parsed}
    seed = known.pop("seed", None)
    axes = tuple(_axis(override) for override in known.values() if override.is_sweep_override())
    if not axes:
        raise UserError("there is nothing to search", "give several values: k=3,4,5 or algorithm.eps='interval(0.1,2)'")
    fixed = tuple(_fixed(override) for override in known.values() if not override.is_sweep_override())
    return Space(fixed, axes, () if seed is None else _values(seed))


def _axis(override: Override) -> Axis:
    name, value = override.get_key_element(), override.value()
    if isinstance(value, IntervalSweep):
        return _interval(name, value)
    values = _values(override)
    if not all(map(_is_number, values)):
        return Choices(name, values, ordered=False)
    return Choices(name, tuple(sorted(values, key=float)), ordered=True)


def _interval(name: str, value: IntervalSweep) -> Interval:
    low, high = value.start, value.end
    assert low is not None
    assert high is not None
    log = "log" in value.tags
    if low >= high or (log and low <= 0):
        mend = "give the lower end first, and above 0 if tagged log"
        raise UserError(f"{name}: interval({low:g},{high:g}) holds no numbers", mend)
    return Interval(name, low, high, isinstance(low, int) and isinstance(high, int), log)


def _values(override: Override) -> tuple[str, ...]:
    """The values of an axis as text, each once."""
    if not override.is_sweep_override():
        return (override.get_value_element_as_str(),)
    if not override.is_discrete_sweep():
        raise UserError("seed is no interval", "name the seeds: seed=0,1,2")
    return tuple(dict.fromkeys(override.sweep_string_iterator()))


def _fixed(override: Override) -> str:
    return f"{override.get_key_element()}={override.get_value_element_as_str()}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
