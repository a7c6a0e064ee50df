"""The picture of separateness against stability."""

import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure

from segkit.plots import score_against_stability
from segkit.plots.style import PALETTE, QUIET


@pytest.fixture
def figure(tried, ranked) -> Figure:
    runs = (
        tried("standard-pca-kmeans-4", silhouette_macro=0.5, stability=0.9, stability_quick=0.1),
        tried("standard-pca-gmm-4", silhouette_macro=0.4, stability=0.5),
        tried("standard-none-kmeans-4", silhouette_macro=0.1, stability_quick=0.7),
        tried("standard-none-gmm-2", silhouette_macro=0.6, stability=0.8, segments=2.0),
        tried("robust-none-gmm-5", silhouette_macro=0.2),
    )
    made = score_against_stability(ranked(*runs))
    assert made is not None
    made.canvas.draw()
    return made


def said(figure: Figure) -> list[str]:
    return [text.get_text() for text in (*figure.texts, *figure.axes[0].texts)]


def dots(figure: Figure) -> dict[tuple[float, float], tuple[tuple[float, ...], str]]:
    """Fill and edge of every dot, by its place; the ring is not among them."""
    collections = [each for each in figure.axes[0].collections if each.get_sizes()[0] < 100]
    return {
        tuple(place): (tuple(fill), to_hex(edge).upper())
        for each in collections
        for place, fill, edge in zip(each.get_offsets(), each.get_facecolors(), each.get_edgecolors(), strict=True)
    }


def test_there_is_a_dot_for_every_run_with_both_numbers(figure: Figure) -> None:
    assert set(dots(figure)) == {(0.9, 0.5), (0.5, 0.4), (0.7, 0.1), (0.8, 0.6)}


def test_an_algorithm_has_a_colour_a_quick_look_is_pale_and_a_guarded_run_is_hollow_and_grey(figure: Figure) -> None:
    gmm, kmeans = PALETTE[:2]
    drawn = dots(figure)
    assert drawn[0.9, 0.5] == (to_rgba(kmeans), kmeans)
    assert drawn[0.5, 0.4] == (to_rgba(gmm), gmm)
    assert drawn[0.7, 0.1][1] == kmeans
    assert 0 < drawn[0.7, 0.1][0][3] < 1
    assert (drawn[0.8, 0.6][0][3], drawn[0.8, 0.6][1]) == (0, QUIET)


def test_the_choice_is_ringed_and_named_and_the_runner_up_is_named(figure: Figure) -> None:
    (ring,) = [each for each in figure.axes[0].collections if each.get_sizes()[0] > 100]
    assert ring.get_offsets().tolist() == [[0.9, 0.5]]
    named = {text.get_text(): text.get_weight() for text in figure.axes[0].texts if "-" in text.get_text()}
    assert named == {"standard-pca-kmeans-4": "bold", "standard-pca-gmm-4": "normal"}


def test_a_reducer_has_a_shape_and_that_heights_compare_within_it_is_said(figure: Figure) -> None:
    words = said(figure)
    assert {"\u25cf none", "\u25a0 pca", "\u25cb trips a guard", "pale: a quick look only"} <= set(words)
    assert "within one shape" in " ".join(words)
    shapes = [each.get_paths()[0].vertices for each in figure.axes[0].collections[:2]]
    assert len(shapes[0]) != len(shapes[1])


def test_what_is_not_there_is_not_explained(tried, ranked) -> None:
    alike = [tried(f"standard-pca-kmeans-{k}", silhouette_macro=k / 10, stability=0.5) for k in (3, 4)]
    figure = score_against_stability(ranked(*alike))
    assert figure is not None
    words = " ".join(said(figure))
    assert not [absent for absent in ("guard", "pale", "shape") if absent in words]


def test_where_every_run_is_guarded_nobody_is_named(tried, ranked) -> None:
    out = [tried(f"standard-pca-kmeans-{k}", silhouette_macro=0.1, stability=k / 10, segments=2.0) for k in range(3, 6)]
    figure = score_against_stability(ranked(*out))
    assert figure is not None
    assert not [word for word in said(figure) if "kmeans-" in word]
    assert len(figure.axes[0].collections) == 1


def test_no_line_of_the_grid_lies_beyond_what_stability_can_be(tried, ranked) -> None:
    runs = [tried(f"standard-pca-kmeans-{k}", silhouette_macro=0.1 * k, stability=s) for k, s in ((3, 0.2), (4, 1.0))]
    figure = score_against_stability(ranked(*runs))
    assert figure is not None
    lines = [np.ravel(line.get_xdata()) for line in figure.axes[0].lines]
    upright = [line[0] for line in lines if line[0] == line[1]]
    assert upright
    assert max(upright) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_dots_are_no_picture(count: int, tried, ranked) -> None:
    runs = [tried(f"standard-pca-kmeans-{k}", silhouette_macro=0.1, stability=0.5) for k in range(3, 3 + count)]
    assert score_against_stability(ranked(*runs, tried("standard-none-gmm-4", silhouette_macro=0.1))) is None
