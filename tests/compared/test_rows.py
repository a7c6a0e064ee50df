"""Runs and rivals as the page's tables show them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from segkit.compared.rows import all_measures, deciding_measures, reasons, rival_rows, rival_targets, run_rows
from segkit.measures import known_measures

RIVALS = pd.DataFrame(
    {
        "name": ["bands", "winner", "spend"],
        "about": ["age in four", "", "quartiles"],
        "segments": [4.0, 3.0, np.nan],
        "churn": [0.7, 0.6, 0.5],
        "value": [0.1, 0.4, np.nan],
    }
)


def test_the_first_table_holds_what_decides_and_the_second_everything(ranking) -> None:
    deciding, every = (
        [measure.name for measure in measures(ranking)] for measures in (deciding_measures, all_measures)
    )
    assert deciding == [
        *("segments", "smallest_share", "silhouette_macro", "davies_bouldin", "stability", "stability_min"),
    ]
    assert set(every) - set(deciding) == {"inertia", "noise_share", "stability_quick"}


def test_a_run_that_was_no_finalist_shows_its_quick_stability_as_such(ranking) -> None:
    rows = run_rows(ranking, known_measures(["stability", "stability_min"]), 9)
    assert [row.cells for row in rows] == [("0.88", "0.62"), ("~0.75", ""), ("~0.75", "")]


def test_a_run_has_its_place_and_why_it_is_out_in_words(ranking) -> None:
    rows = run_rows(ranking, [], 9)
    assert [(row.rank, row.name, row.chosen) for row in rows] == [
        (1, "standard-pca-kmeans-4", True),
        (2, "standard-none-kmeans-4", False),
        (3, "standard-pca-kmeans-2", False),
    ]
    assert [row.guards for row in rows] == [
        *[(), ()],
        ("fewer segments than the brief asks for", "too many customers left unassigned"),
    ]
    assert len(run_rows(ranking, [], 2)) == 2


def test_a_guard_without_words_is_still_read(ranking) -> None:
    strange = replace(ranking, runs=(replace(ranking.runs[0], guards=("hates_mondays",)),))
    assert run_rows(strange, [], 1)[0].guards == ("hates mondays",)
    assert not run_rows(strange, [], 1)[0].chosen


def test_reasons_are_counted_the_commonest_first(ranking) -> None:
    out = ranking.runs[2]
    more = replace(ranking, runs=(*ranking.runs, replace(out, guards=("too_noisy",))))
    assert reasons(more) == [
        ("too many customers left unassigned", 2),
        ("fewer segments than the brief asks for", 1),
    ]


def test_rivals_say_where_they_tell_more_than_the_winner() -> None:
    rows = rival_rows(RIVALS, "winner")
    assert rival_targets(RIVALS) == ["churn", "value"]
    assert [row.won for row in rows] == [False, True, False]
    assert [row.cells for row in rows] == [
        *[(("0.70", True), ("0.10", False)), (("0.60", False), ("0.40", False)), (("0.50", False), ("", False))],
    ]
    assert [row.segments for row in rows] == ["4", "3", ""]


def test_what_looks_the_same_is_not_said_to_tell_more() -> None:
    assert rival_rows(RIVALS.assign(churn=[0.604, 0.6, 0.5]), "winner")[0].cells[0] == ("0.60", False)


@pytest.mark.parametrize(("table", "won"), [(RIVALS, [True, False, False]), (pd.DataFrame(), [])])
def test_without_the_winners_name_the_first_row_is_the_winner(table: pd.DataFrame, won: list[bool]) -> None:
    assert [row.won for row in rival_rows(table, "")] == won
