"""What is measured, and of whom."""

from dataclasses import replace

import pandas as pd
import pytest

from segkit.drift.watching import Before, watched
from segkit.errors import UserError
from segkit.scoring.edits import Locked, Renumbered


def test_the_customers_of_the_fit_have_not_changed(champion):
    found = watched(champion.scorer, champion.table)
    assert max(shift.psi for shift in found.columns) < 1e-3
    assert all(share.share == pytest.approx(share.before, abs=1e-5) for share in found.segments.values())
    assert found.outliers.share == pytest.approx(found.outliers.before, abs=1e-6)
    assert found.unsure.share == pytest.approx(found.unsure.before, abs=1e-6)
    assert all(one.effect == pytest.approx(0, abs=1e-4) for one in found.outcomes)
    assert {one.outcome for one in found.outcomes} == {"bought"}


def test_columns_are_those_that_are_segmented_on(champion):
    found = watched(champion.scorer, champion.table)
    assert {shift.name for shift in found.columns} == {"age", "spend", "visits", "score", "land"}


def test_a_table_that_lacks_columns_is_refused(champion):
    with pytest.raises(UserError, match="visits"):
        watched(champion.scorer, champion.table.drop(columns="visits"))


def test_a_model_without_a_baseline_says_how_to_get_one(champion):
    with pytest.raises(UserError, match="rerun=true"):
        watched(replace(champion.scorer, baseline=None), champion.table)


def test_segments_are_told_in_the_numbers_that_people_gave_them(champion):
    edited = replace(champion.scorer, edits=(Renumbered({0: 7}),))
    found = watched(edited, champion.table, model=champion.model)
    assert set(found.segments) == {1, 2, 3, 7}
    assert found.segments[7].share == pytest.approx(found.segments[7].before, abs=1e-5)
    assert 7 in set(found.reform.segments["segment"])
    assert 7 in {one.segment for one in found.outcomes}


def test_shares_of_locked_segments_are_held_against_the_labels_of_the_fit(champion):
    edited = replace(champion.scorer, edits=(Locked(champion.scorer, (0,)),))
    known = watched(edited, champion.table).labels
    found = watched(edited, champion.table, before=Before(at_fitting=known))
    assert all(share.share == pytest.approx(share.before) for share in found.segments.values())
    assert pd.isna(watched(edited, champion.table).segments[0].before)


def test_only_customers_of_the_outer_segment_are_measured(champion):
    inner = replace(champion.scorer, outer=champion.scorer, segment=1)
    found = watched(inner, champion.table)
    assert found.customers == int((champion.scorer.score(champion.table)["segment"] == 1).sum())
    with pytest.raises(UserError, match="none of the customers"):
        watched(replace(inner, segment=9), champion.table)
