"""What the business needs of a segmentation, and whether a run meets it."""

from collections.abc import Callable
from dataclasses import dataclass

from segkit.errors import UserError
from segkit.records import RunRecord

# As good as no limit to the number of segments.
UNLIMITED = 1_000_000


@dataclass(frozen=True)
class Brief:
    """Demands on a segmentation. A run that breaks one ranks below all that break none, and says which.

    Sizes are shares of customers, numbers of customers, or money: the sum of the `value` column in the segment.
    `capacity` is how many customers can be contacted at once: some segment has to be small enough to be treated whole.
    """

    fewest_segments: int = 3
    most_segments: int = 7
    smallest_share: float = 0.02
    smallest_customers: int = 0
    smallest_value: float = 0.0
    must_use: tuple[str, ...] = ()
    never_use: tuple[str, ...] = ()
    value: str = ""
    capacity: int = 0

    def __post_init__(self) -> None:
        if self.fewest_segments > self.most_segments:
            problem = f"fewest_segments={self.fewest_segments} is above most_segments={self.most_segments}"
            raise UserError(f"the brief contradicts itself: {problem}", "mend one of them")
        for name in ("fewest_segments", "smallest_customers", "smallest_value", "capacity"):
            if not getattr(self, name) >= 0:
                raise UserError(f"brief.{name}={getattr(self, name):g} is below none", "0 demands nothing")
        both = sorted(set(self.must_use) & set(self.never_use))
        if both:
            raise UserError(f"the brief contradicts itself: {both[0]} is in must_use and never_use", "mend one of them")
        if self.value in self.must_use:
            problem = f"{self.value} is in must_use, and a value column is never fitted"
            raise UserError(f"the brief contradicts itself: {problem}", "mend one of them")
        if not 0 <= self.smallest_share < 1:
            raise UserError(f"brief.smallest_share={self.smallest_share:g} is no share", "write 2 % as 0.02")

    def broken_by(self, run: RunRecord) -> list[str]:
        """The demands that a run does not meet, by name."""
        customers, value = run.metrics.get("smallest_customers"), run.metrics.get("smallest_value")
        broken = {
            "too_few_segments": worst(min, run, "segments") < self.fewest_segments,
            "too_many_segments": worst(max, run, "segments") > self.most_segments,
            "tiny_segment": worst(min, run, "smallest_share") < self.smallest_share
            or _below(customers, self.smallest_customers),
            "poor_segment": _below(value, self.smallest_value),
            "beyond_capacity": _above(customers, self.capacity),
        }
        return [name for name, is_broken in broken.items() if is_broken]

    def __str__(self) -> str:
        most = f" to {self.most_segments}" if self.most_segments < UNLIMITED else " or more"
        demands = [
            (self.smallest_share, f"none under {100 * self.smallest_share:g} % of customers"),
            (self.smallest_customers, f"none under {self.smallest_customers:,} customers"),
            (self.smallest_value, f"none worth under {self.smallest_value:,.0f}"),
            (self.capacity, f"one within {self.capacity:,} contacts"),
            (self.must_use, f"on {' and '.join(self.must_use)} whatever else"),
            (self.never_use, f"never on {' or '.join(self.never_use)}"),
            (self.value, f"value is {self.value}"),
        ]
        return ", ".join([f"{self.fewest_segments}{most} segments", *(words for demand, words in demands if demand)])


def worst(choose: Callable[..., float], run: RunRecord, name: str) -> float:
    """Of what was fitted and what scoring gives the same customers, the one that speaks more against the run."""
    fitted = run.metrics.get(name, 0.0)
    return choose(fitted, run.metrics.get(f"assigned_{name}", fitted))


def _above(measured: float | None, demanded: float) -> bool:
    return demanded > 0 and (measured is None or measured > demanded)


def _below(measured: float | None, demanded: float) -> bool:
    """Whether a measure misses what is demanded; one that a run does not have misses any demand."""
    return demanded > 0 and (measured is None or measured < demanded)
