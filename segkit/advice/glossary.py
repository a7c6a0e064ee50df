"""Each figure of the evidence explained in a line where it stands, and what its value says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from segkit.activation.words import out_of_100
from segkit.advice.solidity import re_forms, they_re_form
from segkit.measures import MEASURES, Measure
from segkit.verdict import CHANCE

_SHARE = "{:.1%}"
_MORE = (
    Measure("unsure_share", "unsure", "share of customers who might as well be in the next segment", form=_SHARE),
    Measure("fitted_share", "fitted", "share of customers among whom the segments were found", form=_SHARE),
    Measure("lookalike_usual", "lookalikes", "how separate the segments of made-up customers are, usually"),
    Measure("lookalike_best", "most separate", "how separate the most separate segments of the customers are"),
    Measure("smallest_customers", "fewest customers", "customers in the smallest segment", form="{:,.0f}"),
    Measure("smallest_value", "least value", "what the poorest segment brings", form="{:,.0f}"),
)
# Lines of the table of measures that lean on the line before, as they read alone.
_ALONE = {
    "silhouette": "how far apart segments stand, each customer counting alike: 1 apart, 0 touching",
    "silhouette_min": "how far apart the worst segment stands from the others: 1 apart, 0 touching",
    "aic": "fit of a probability model, at a low price for its size: lower is better",
    "stability_quick": "how alike the segments are when found again on a few resamples: a first look",
    "stability_min": "how much of the segment that comes back worst comes back on resampled customers: 1 all",
    "truth_ari": "agreement with known answers, pair by pair of customers: 1 perfect, 0 chance",
}
_USEFUL = "useful_"


@dataclass(frozen=True)
class Explained:
    """A figure for people: its title, its value as shown, what it is, and what this value says ("" if nothing)."""

    name: str
    title: str
    value: str
    says: str
    reading: str = ""

    def __str__(self) -> str:
        reading = f". Here: {self.reading}" if self.reading else ""
        return f"{self.title} {self.value}: {self.says}{reading}"


def explained(metrics: Mapping[str, float]) -> list[Explained]:
    """The metrics of a run that people are told of, in the order in which they are read."""
    known = {measure.name: measure for measure in (*MEASURES, *_MORE)}
    found = [_explained(measure, metrics[name]) for name, measure in known.items() if _is_known(metrics, name)]
    return found + [_usefulness(name, value) for name, value in metrics.items() if _is_useful(metrics, name, value)]


def _explained(measure: Measure, value: float) -> Explained:
    reading = _READINGS.get(measure.name, lambda _: "")(value)
    says = _ALONE.get(measure.name, measure.says)
    return Explained(measure.name, measure.title, measure.words(value), says, reading)


def _is_known(metrics: Mapping[str, float], name: str) -> bool:
    return name in metrics and metrics[name] == metrics[name]


def _is_useful(metrics: Mapping[str, float], name: str, value: float) -> bool:
    return name.startswith(_USEFUL) and _is_known(metrics, name)


def _usefulness(name: str, value: float) -> Explained:
    target = name.removeprefix(_USEFUL).replace("_", " ")
    says = (
        f"how far the segments tell {target} of withheld customers: of a yes or no 0.5 is chance and 1 all, "
        "of a number 0 is nothing and 1 all"
    )
    return Explained(name, f"tells {target}", f"{value:.2f}", says)


def _lookalike(value: float) -> str:
    if value <= CHANCE:
        return "customers made up without segments hardly ever look as separate"
    return "customers made up without segments look as separate too often to call these natural"


_READINGS: Mapping[str, Callable[[float], str]] = {
    "stability": lambda value: f"on another sample they {they_re_form(value)}",
    "stability_min": lambda value: f"on another sample the weakest segment {re_forms(value)}",
    "lookalike_p": _lookalike,
    "prediction_strength": lambda value: "strong" if value >= 0.8 else "not strong",
    "agreement": lambda value: "other methods find the same" if value >= 0.6 else "other methods draw other borders",
    "confidence": lambda value: "most are clear cases" if value >= 0.8 else "many stand near a border",
    "unsure_share": lambda value: f"{out_of_100(value)} customers stand near a border",
    "repeats": lambda value: "a rule on it would do nearly the same" if value >= 0.7 else "they say more than it",
    "assign_agreement": lambda value: f"{out_of_100(value)} customers keep their segment when scored",
}
