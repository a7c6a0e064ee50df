"""Configurations composed side by side in one process, in the command line's words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hydra.core.global_hydra import GlobalHydra

from segkit.config.asked import composed, runs_of, understood
from segkit.errors import UserError


def test_what_is_asked_for_at_once_is_not_mixed_up():
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda k: composed("run", [f"k={k}"]).k, range(2, 10)))
    assert found == list(range(2, 10))


def test_hydra_is_left_as_it_was():
    before = GlobalHydra.instance().hydra
    composed("app", [])
    assert GlobalHydra.instance().hydra is before


@pytest.mark.parametrize(
    ("argument", "words"),
    [("kk=3", "did you mean k"), ("data.use.incom=outcome", "did you mean income"), ("k=four", "whole number")],
)
def test_mistakes_are_said_in_the_command_lines_words(argument, words):
    with pytest.raises(UserError) as said:
        understood(["data=customers", "data.generate.rows=60", argument])
    assert words in str(said.value)


def test_columns_are_understood_as_they_are_said():
    dataset, brief, _ = understood(
        ["data=customers", "data.generate.rows=60", "data.use.income=outcome", "brief.most_segments=4"]
    )
    assert "income" in dataset.used_as("outcome")
    assert brief.most_segments == 4


@pytest.mark.parametrize(
    ("experiment", "arguments", "runs"),
    [
        ("quick", (), 24),
        ("default", (), 96),
        ("quick", ("k=3,4,5,6",), 32),
        ("default", ("preprocessing=log_skewed",), 48),
        ("quick", ("data.use.income=outcome",), 24),
    ],
)
def test_runs_are_counted_as_a_sweep_would_do_them(experiment, arguments, runs):
    assert runs_of(experiment, arguments) == runs
