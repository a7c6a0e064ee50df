"""What the numbers of a run mean."""

import numpy as np
import pytest

from segkit.evaluation import customer_silhouettes, evaluate
from segkit.measures import MEASURES, known_measures


def test_a_measure_is_listed_once_and_says_something() -> None:
    names = [measure.name for measure in MEASURES]
    assert len(set(names)) == len(names)
    assert all(measure.title and len(measure.says) > 20 for measure in MEASURES)


@pytest.mark.parametrize("axis", [0, 1])
def test_what_changes_where_a_space_is_stretched_is_marked_and_nothing_else(axis: int) -> None:
    space = np.random.default_rng(0).normal(size=(60, 2))
    labels = np.repeat([0, 1, 2], 20)
    stretched = space * np.where(np.arange(2) == axis, 9.0, 1.0)
    usual, other = (evaluate(each, labels, customer_silhouettes(each, labels)) for each in (space, stretched))
    changed = {name for name in usual if usual[name] != other[name]}
    own = {measure.name for measure in known_measures(usual) if measure.own_space}
    assert own == changed
    assert {"bic", "aic"} <= {measure.name for measure in MEASURES if measure.own_space}


def test_known_measures_stand_in_the_order_of_reading() -> None:
    names = [measure.name for measure in known_measures(["stability", "nonsense", "segments"])]
    assert names == ["segments", "stability"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("segments", 4.0, "4"),
        ("smallest_share", 0.123, "12.3 %"),
        ("lookalike_p", 0.004, "0.004"),
        ("bic", 51234.5, "51,234"),
    ],
)
def test_values_are_written_as_they_are_read(name: str, value: float, words: str) -> None:
    assert known_measures([name])[0].words(value) == words
