"""The pictures of a report, each with how to read it, in three groups: at a glance, who they are, how far apart."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from segkit.algorithms.hierarchical import Hierarchical
from segkit.evaluation import customer_silhouettes
from segkit.evidence.recognised import spending
from segkit.plots.run import silhouette_profile
from segkit.plots.segments.between import two_numbers
from segkit.plots.segments.counts import level_bars
from segkit.plots.segments.dendrogram import dendrogram
from segkit.plots.segments.distributions import histograms
from segkit.plots.segments.heat import correlation_map, effect_map
from segkit.plots.segments.mosaic import mosaic
from segkit.plots.segments.profile import profile_plot
from segkit.plots.segments.rates import outcome_rates, rate_dots
from segkit.plots.segments.separation import separation
from segkit.plots.segments.solid import stability_bars
from segkit.plots.segments.turning import turning_picture
from segkit.plots.segments.worth import customers_and_revenue
from segkit.plots.style import png_bytes
from segkit.profiles import effects, trait_table
from segkit.profiles.words import money_words, spoken
from segkit.report.columns import answers_shown, column_titles, in_words, numbers_shown, yes_or_no
from segkit.report.portrait import Portrait

# A tree of more customers says no more, and takes long.
_IN_TREE = 2000
_MEASURED = 3000
_PIXELS = 96  # of CSS, to the inch


@dataclass(frozen=True)
class Shown:
    """A picture on the page: an image by its address, or a piece of the page itself."""

    name: str
    title: str
    reading: str
    address: str = ""
    width: int = 0
    piece: Markup | None = None


def shown(name: str, title: str, reading: str, figure: Figure | None) -> list[Shown]:
    """The figure as an image; nothing where there is none."""
    if figure is None:
        return []
    width = round(_PIXELS * figure.get_size_inches()[0])
    return [Shown(name, title, reading, f"data:image/png;base64,{b64encode(png_bytes(figure)).decode()}", width)]


def at_a_glance(portrait: Portrait) -> list[Shown]:
    """What is read first: worth, the customers as a cloud, what marks each segment."""
    names, labels = portrait.names, portrait.labels
    found = [*_worth(portrait), *_cloud(portrait)]
    typed = portrait.typed.rename(columns=column_titles(portrait))
    plot = profile_plot(typed, labels, names, _marked(portrait))
    how = "A bar is the segment's mean, the tick everyone's. In full colour is what marks the segment: read it first."
    found += shown("profile", "What marks each segment", how, plot)
    heat = effect_map(effects(trait_table(typed), labels), names)
    how = "Red lies above everyone, blue below, in standard deviations. Columns that go together stand side by side."
    return found + shown("heat", "All columns at once", how, heat)


def who_they_are(portrait: Portrait) -> list[Shown]:
    """Columns one by one: two numbers against each other, distributions, shares, outcomes."""
    return [*_against(portrait), *_outcomes(portrait), *_numbers(portrait), *_answers(portrait)]


def how_far_apart(portrait: Portrait, stability: Mapping[int, float]) -> list[Shown]:
    """Whether the segments are apart, and come out again."""
    names, labels = portrait.names, portrait.labels
    how = (
        "The more of a segment comes out again when other customers are segmented, the more can be built on it: "
        "solid from 75 %, below 60 % it dissolves."
    )
    found = shown("stability", "How sure each segment is", how, stability_bars(dict(stability), names))
    how = "Each hull holds the inner 60 % of a segment; lines join neighbours, thicker the more customers are between."
    found += shown("separation", "Neighbours", how, separation(portrait.space, labels, names))
    found += _blades(portrait)
    how = "Where the tree of customers, from many small groups to few large ones, is cut, the segments' colours begin."
    found += shown("tree", "How groups merge", how, _tree(portrait))
    typed = portrait.typed.rename(columns=column_titles(portrait))
    how = "Dark cells are columns that say the same: what is said twice counts twice."
    return found + shown("correlations", "Columns that go together", how, correlation_map(typed))


def _worth(portrait: Portrait) -> list[Shown]:
    if not portrait.has_money:
        return []
    table = portrait.worth.set_index("segment")
    what = money_words(str(table["of"].iloc[0]))
    figure = customers_and_revenue(dict(table["customers"]), dict(table["revenue"]), portrait.names, what)
    how = "Pale is a segment's share of the customers, full colour its share of the money."
    return shown("worth", "Customers and money", how, figure)


def _cloud(portrait: Portrait) -> list[Shown]:
    piece = turning_picture(portrait.space, portrait.labels, portrait.names)
    how = "Customers who are alike lie near each other. Drag to turn, click a name to hide a segment."
    return [Shown("cloud", "The customers as a cloud", how, piece=piece)] if piece is not None else []


def _marked(portrait: Portrait) -> dict[int, list[str]]:
    """The rows of the profile plot that mark each segment."""
    titles = column_titles(portrait)
    rows = portrait.markers.assign(row=lambda table: _row_names(table, titles))
    return {int(str(segment)): own["row"].tolist() for segment, own in rows.groupby("segment")}


def _row_names(table: pd.DataFrame, titles: Mapping[str, str]) -> pd.Series:
    columns = table["column"].map(titles)
    return columns.where(table["kind"] != "level", columns + "=" + table["level"].astype(str))


def _against(portrait: Portrait) -> Iterator[Shown]:
    found = spending(portrait.dataset)
    other = next((name for name in portrait.typed if "income" in str(name).lower()), None)
    if found is None or other is None:
        first = numbers_shown(portrait)[:2]
        pair = [portrait.typed[name] for name in first] if len(first) == 2 else []
    else:
        pair = [portrait.typed[other], found[0]]
    if pair:
        across, up = (values.rename(spoken(str(values.name))) for values in pair)
        how = "Everyone in one panel, each segment's middle ringed; beside it each segment alone, in front of everyone."
        figure = two_numbers(across, up, portrait.labels, portrait.names)
        yield from shown("between", _capital(f"{up.name} against {across.name}"), how, figure)


def _outcomes(portrait: Portrait) -> list[Shown]:
    asked = yes_or_no(portrait)
    how = "The share of each segment as a dot, what chance allows as a line; the upright is everyone."
    return shown(
        "answers", "Outcomes and answers", how, rate_dots(outcome_rates(asked, portrait.labels), portrait.names)
    )


def _numbers(portrait: Portrait) -> Iterator[Shown]:
    how = "Above everyone, below each segment with everyone's outline behind it; the middle customer's value beside."
    yield from _each(portrait, numbers_shown(portrait), histograms, how)


def _answers(portrait: Portrait) -> Iterator[Shown]:
    how = "A strip per segment, as high as the segment is large, cut by its customers' answers."
    names = answers_shown(portrait)
    yield from _each(portrait, names[:2], mosaic, how)
    how = "A bar per answer; the tick is where it would end were the segment like everyone."
    yield from _each(portrait, names[2:], level_bars, how)


def _each(portrait: Portrait, columns: list[str], draw: Callable[..., Figure | None], how: str) -> Iterator[Shown]:
    for name in columns:
        figure = draw(in_words(portrait, name), portrait.labels, portrait.names)
        yield from shown(f"column-{name}", _capital(spoken(name)), how, figure)


def _blades(portrait: Portrait) -> list[Shown]:
    """Silhouettes in the space that segments are assigned in, of a sample where customers are many."""
    values = customer_silhouettes(portrait.space, portrait.labels, _MEASURED)
    if values is None:
        return []
    how = "A long blade is well inside its segment; what reaches below zero is nearer to another one."
    figure = silhouette_profile(values, portrait.labels, float(np.nanmean(values)), portrait.names)
    return shown("silhouette", "Well inside or on a border", how, figure)


def _tree(portrait: Portrait) -> Figure | None:
    rows = np.arange(len(portrait.labels))
    if len(rows) > _IN_TREE:
        rows = np.sort(np.random.default_rng(0).choice(rows, _IN_TREE, replace=False))
    if len(rows) < 3:
        return None
    tree = Hierarchical().grow(portrait.space[rows])
    return dendrogram(tree, portrait.labels[rows], portrait.names)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
