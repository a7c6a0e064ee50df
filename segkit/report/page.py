"""The report as one page that loads nothing: to be mailed, read on a phone, and printed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from segkit.compared.rows import rival_rows, rival_targets
from segkit.pages.template import templates
from segkit.plots.style import colour
from segkit.profiles.figures import figure, percent
from segkit.profiles.words import money_words
from segkit.report.content import Content
from segkit.report.pictures import Shown, at_a_glance, how_far_apart, shown, who_they_are
from segkit.report.portrait import Portrait

# Pictures of the whole sweep -> their heading and how to read them.
_OF_THE_SWEEP = {
    "against_k": (
        "Against the number of segments",
        "Look for a bend above and a peak below; compare lines within one column only.",
    ),
    "splits": (
        "What more segments would do",
        "A band is as wide as the customers in it: a segment that stays whole as k grows is solid.",
    ),
    "agreement": ("Do good runs agree?", "Dark cells are pairs of runs that put the same customers together."),
    "against_stability": (
        "Separate and stable",
        "Up is more separate, right comes back more surely; the choice is ringed.",
    ),
    "rivals": ("Against simpler ways", "A bar that passes the dashed line tells more than these segments do."),
}


def report_page(content: Content, sweep: Mapping[str, Figure] | None = None) -> str:
    """The page; `sweep` are the pictures of `segkit.plots.comparison.sweep_figures`."""
    portrait, told = content.portrait, content.told
    glance = at_a_glance(portrait)
    rivals = told.rivals
    page = templates(Path(__file__).parent).get_template("page.html.jinja")
    return page.render(
        content=content,
        portrait=portrait,
        told=told,
        facts=headline(content),
        worth=[one for one in glance if one.name == "worth"],
        glance=[one for one in glance if one.name != "worth"],
        people=who_they_are(portrait),
        apart=[*how_far_apart(portrait, told.again)],
        sweep=_of_the_sweep(sweep or {}),
        typing=_questions(portrait),
        rivals=rival_rows(rivals, told.run.name) if rivals is not None else [],
        targets=rival_targets(rivals) if rivals is not None else [],
    )


def headline(content: Content) -> list[tuple[str, str]]:
    """The figures at the top of the page, each with its title."""
    portrait, metrics = content.portrait, content.told.run.metrics
    found = [(f"{len(content.cards)}", "segments"), (f"{portrait.worth['customers'].sum():,.0f}", "customers")]
    if portrait.has_money:
        found.append((figure(float(portrait.worth["revenue"].sum())), money_words(str(portrait.worth["of"].iloc[0]))))
    if "stability" in metrics:
        found.append((percent(metrics["stability"]), "of it comes out again"))
    elif "confidence" in metrics:
        found.append((percent(metrics["confidence"]), "sure of a customer, on average"))
    return found[:4]


def _questions(portrait: Portrait) -> dict[str, Any] | None:
    """The typing tool as the page needs it, segments under their numbers as text."""
    if portrait.typing is None:
        return None
    segments = portrait.typing.segments
    names = {str(segment): portrait.names.get(segment, f"segment {segment}") for segment in segments}
    return portrait.typing.as_dict() | {"names": names, "colours": {str(one): colour(one) for one in segments}}


def _of_the_sweep(figures: Mapping[str, Figure]) -> Sequence[Shown]:
    return [one for name, words in _OF_THE_SWEEP.items() for one in shown(name, *words, figures.get(name))]
