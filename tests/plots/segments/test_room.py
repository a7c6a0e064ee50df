"""Whatever a picture shows, no text on it is cut and names do not run into each other."""

from collections.abc import Callable
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from segkit.algorithms.hierarchical import Hierarchical
from segkit.plots import segments as pictures
from segkit.profiles import effects, trait_table

DRAWN: dict[str, Callable[..., Figure | None]] = {
    "worth": lambda c: pictures.customers_and_revenue(sizes(c), c.typed["spent"].groupby(c.labels).sum(), c.names),
    "profile": lambda c: pictures.profile_plot(c.typed, c.labels, c.names),
    "effects": lambda c: pictures.effect_map(effects(trait_table(c.typed), c.labels), c.names),
    "correlations": lambda c: pictures.correlation_map(c.typed),
    "histograms": lambda c: pictures.histograms(c.typed["spent"], c.labels, c.names),
    "mosaic": lambda c: pictures.mosaic(c.typed["education"], c.labels, c.names),
    "counts": lambda c: pictures.level_bars(c.typed["education"], c.labels, c.names),
    "between": lambda c: pictures.two_numbers(c.typed.iloc[:, 0], c.typed["spent"], c.labels, c.names),
    "rates": lambda c: pictures.rate_dots(pictures.outcome_rates(c.typed[["answered"]], c.labels), c.names),
    "separation": lambda c: pictures.separation(c.space, c.labels, c.names),
    "dendrogram": lambda c: pictures.dendrogram(Hierarchical(2).grow(c.space), c.labels, c.names),
    "stability": lambda c: pictures.stability_bars(dict.fromkeys(c.names, 0.5), c.names),
}
# On these, numbers stand on lines and dots wherever these are.
NUMBERS_ANYWHERE = ("separation",)


def sizes(c):
    return {segment: int((c.labels == segment).sum()) for segment in c.names}


def boxes(figure: Figure) -> list[tuple[Text, Bbox]]:
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return [(text, text.get_window_extent(renderer)) for text in texts if text.get_text().strip()]


@pytest.mark.parametrize("count", [1, 2, 7])
@pytest.mark.parametrize("picture", DRAWN)
def test_no_text_is_cut_and_none_runs_into_another(customers, picture: str, count: int) -> None:
    figure = DRAWN[picture](customers(count, columns=40 if count == 7 else 4))
    assert figure is not None
    drawn = boxes(figure)
    for text, box in drawn:
        assert min(box.x0, box.y0) >= -1, text.get_text()
        assert max(box.x1 - figure.bbox.x1, box.y1 - figure.bbox.y1) <= 1, text.get_text()
    if picture not in NUMBERS_ANYWHERE:
        for (one, box), (other, another) in combinations(drawn, 2):
            shared = Bbox.intersection(box, another)
            # Letters fill about half of the box of a line.
            touch = shared is not None and min(shared.width, shared.height) > 3
            assert not touch, (one.get_text(), other.get_text())
