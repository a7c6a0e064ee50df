"""What is worth testing with each segment, each sentence with the figure that it rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from segkit.advice.figures import Found, Known
from segkit.advice.templates import Template, read_templates
from segkit.segments import NOISE

MOST_IDEAS = 3


@dataclass(frozen=True)
class Idea:
    """Something to test with a segment: what, because of which figures, and the columns or figures these are of."""

    segment: int
    name: str
    test: str
    because: str
    rests_on: tuple[str, ...]

    def __str__(self) -> str:
        return f"Worth testing: {self.test}, because {self.because}."


def ideas(
    names: Mapping[int, str],
    markers: pd.DataFrame | None = None,
    outcomes: pd.DataFrame | None = None,
    money: pd.DataFrame | None = None,
    templates: Sequence[Template] | None = None,
    silent: Collection[str] = (),
    most: int = MOST_IDEAS,
) -> list[Idea]:
    """Up to so many ideas per segment, those of the templates that come first; no figure is used twice for a segment.

    For the tables see `segkit.advice.figures.Known`; markers count in their order, the strongest first. `templates`
    come from `read_templates`, `silent` are columns of which nothing is to be said.
    """
    nothing = pd.DataFrame()
    markers, outcomes, money = (nothing if one is None else one for one in (markers, outcomes, money))
    known = Known(markers, outcomes, money, silent)
    usual = read_templates() if templates is None else templates
    return [idea for segment in sorted(names) if segment != NOISE for idea in _of(segment, known, usual, most)]


def _of(segment: int, known: Known, templates: Sequence[Template], most: int) -> list[Idea]:
    found: list[Idea] = []
    used: set[str] = set()
    for template in templates:
        idea = _idea(segment, known, template, used)
        if idea is not None and len(found) < most:
            found.append(idea)
            used |= set(idea.rests_on)
    return found


def _idea(segment: int, known: Known, template: Template, used: Collection[str]) -> Idea | None:
    rests_on: list[Found] = []
    for when in template.when:
        found = known.holds(segment, when, {*used, *(one.about for one in rests_on)})
        if found is None:
            return None
        rests_on.append(found)
    figures = {
        f"{name}{place + 1 if place else ''}": words
        for place, one in enumerate(rests_on)
        for name, words in one.figures.items()
    }
    texts = (template.test.format(**figures), template.because.format(**figures))
    return Idea(segment, template.name, *texts, tuple(one.about for one in rests_on))
