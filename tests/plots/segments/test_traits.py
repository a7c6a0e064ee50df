"""Columns as rows: those that tell most, what marks a segment, the scale of each."""

import numpy as np
import pandas as pd

from segkit.plots.segments.traits import marker_columns, own_scales, side_by_side, strongest

DEVIATIONS = pd.DataFrame({"weak": [0.1, -0.1], "wine": [1.0, -1.0], "age": [-0.6, 0.4]}, index=[0, 1])


def test_the_columns_that_differ_most_are_kept() -> None:
    assert set(strongest(DEVIATIONS, 2)) == {"wine", "age"}


def test_rows_alike_are_neighbours() -> None:
    rows = pd.DataFrame([[0, 0], [9, 9], [0, 1], [9, 8]], index=list("abcd"))
    order = "".join(side_by_side(rows))
    assert "ac" in order or "ca" in order


def test_what_differs_by_half_a_standard_deviation_marks_a_segment() -> None:
    assert marker_columns(DEVIATIONS) == {0: ["wine", "age"], 1: ["wine"]}


def test_shares_run_from_nobody_to_everybody_and_numbers_between_their_usual_ends() -> None:
    traits = pd.DataFrame(
        {"flag": [0.0, 0.0, 1.0, np.nan] * 25, "spent": [*range(99), 1e6], "same": [1.0] * 98 + [9.0] * 2}
    )
    low, high = own_scales(traits, traits.groupby(np.arange(100) // 50).mean())
    assert (low["flag"], high["flag"]) == (0, 1)
    assert 3 < low["spent"] < 6
    assert 90 < high["spent"] < 99
    assert low["same"] < high["same"]
