"""The map of how alike the segments of the best runs are."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from segkit.plots import agreement_map


def alike(*values: list[float]) -> pd.DataFrame:
    names = [f"run{place}" for place in range(len(values))]
    return pd.DataFrame(list(values), names, names)


def drawn(agreement: pd.DataFrame) -> Figure:
    figure = agreement_map(agreement)
    assert figure is not None
    figure.canvas.draw()
    return figure


def inside(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_pair_and_every_mean_has_its_number_but_no_run_with_itself() -> None:
    figure = drawn(alike([1, 0.2, 0.4], [0.2, 1, 0.9], [0.4, 0.9, 1]))
    assert inside(figure)[:9] == [".20", ".40", ".20", ".90", ".40", ".90", ".30", ".55", ".65"]
    pairs, means = (image.get_array() for image in figure.axes[0].images)
    assert np.ma.getmaskarray(np.ma.masked_invalid(pairs)).tolist() == np.eye(3, dtype=bool).tolist()
    assert means.ravel().tolist() == pytest.approx([0.3, 0.55, 0.65])


def test_runs_are_named_in_their_order() -> None:
    assert inside(drawn(alike([1, 0.2], [0.2, 1])))[-5:] == ["run0  1", "run1  2", "1", "2", "mean"]


def test_colours_mean_the_same_whatever_the_values() -> None:
    figure = drawn(alike([1, 0.9], [0.9, 1]))
    assert {image.get_clim() for image in figure.axes[0].images} == {(0, 1)}


def test_numbers_that_round_to_one_and_those_below_zero_stay_short() -> None:
    assert inside(drawn(alike([1, 0.998, -0.02], [0.998, 1, 0], [-0.02, 0, 1])))[:2] == ["1.0", "-.02"]


def test_of_many_runs_the_first_are_shown() -> None:
    figure = drawn(alike(*np.full((30, 30), 0.5).tolist()))
    assert figure.axes[0].images[0].get_array().shape == (12, 12)


@pytest.mark.parametrize("table", [pd.DataFrame(), alike([1.0])], ids=["none", "one"])
def test_one_run_agrees_with_nobody(table: pd.DataFrame) -> None:
    assert agreement_map(table) is None
