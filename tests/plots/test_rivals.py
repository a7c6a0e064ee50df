"""The picture of the winner against its rivals."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from segkit.plots import rival_bars
from segkit.plots.style import NOISE_COLOUR, PALETTE


def table(**targets: list[float]) -> pd.DataFrame:
    told = {"name": ["winner", "bands", "spend"], "about": "", "segments": [4.0, 3.0, np.nan]}
    return pd.DataFrame(told | targets)


def drawn(rivals: pd.DataFrame, **how: Any) -> Figure:
    figure = rival_bars(rivals, **how)
    assert figure is not None
    figure.canvas.draw()
    return figure


def test_there_is_a_panel_per_target_with_a_bar_per_rival() -> None:
    figure = drawn(table(churn=[0.2, 0.1, 0.4], spend_total=[0.5, 0.25, 1.0]))
    assert [[bar.get_width() for bar in axes.patches] for axes in figure.axes] == [[0.2, 0.1, 0.4], [0.5, 0.25, 1.0]]
    assert [text.get_text() for text in figure.texts] == ["tells of churn", "tells of spend total"]
    assert [text.get_text() for text in figure.axes[0].texts[:3]] == ["winner (4)", "bands (3)", "spend"]


def test_what_is_measured_by_auc_starts_at_chance() -> None:
    axes = drawn(table(**{"churn AUC": [0.75, 0.5, 0.625]})).axes[0]
    assert [(bar.get_x(), bar.get_width()) for bar in axes.patches] == [(0.5, 0.25), (0.5, 0), (0.5, 0.125)]
    assert "0.5, chance" in [text.get_text() for text in axes.texts]


@pytest.mark.parametrize(("winner", "place"), [("", 0), ("bands", 1)])
def test_the_winner_has_the_colour_and_the_line(winner: str, place: int) -> None:
    axes = drawn(table(churn=[0.2, 0.1, 0.4]), winner=winner).axes[0]
    colours = [to_hex(bar.get_facecolor()).upper() for bar in axes.patches]
    assert colours == [PALETTE[0] if number == place else NOISE_COLOUR for number in range(3)]
    assert axes.lines[0].get_xdata()[0] == [0.2, 0.1][place]


def test_nobody_is_coloured_where_the_winner_is_not_among_them() -> None:
    axes = drawn(table(churn=[0.2, 0.1, 0.4]), winner="somebody").axes[0]
    assert {to_hex(bar.get_facecolor()).upper() for bar in axes.patches} == {NOISE_COLOUR}


def test_a_missing_value_is_a_question_mark() -> None:
    axes = drawn(table(churn=[np.nan, 0.1, 0.4])).axes[0]
    assert [text.get_text() for text in axes.texts[3:6]] == ["?", "0.10", "0.40"]


@pytest.mark.parametrize("rivals", [pd.DataFrame(), table(), table(churn=[1.0, 2.0, 3.0]).head(1)])
def test_without_rivals_or_targets_there_is_no_picture(rivals: pd.DataFrame) -> None:
    assert rival_bars(rivals) is None
