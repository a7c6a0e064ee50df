"""Every figure in a line, and what its value says."""

import pytest

from segkit.advice.glossary import explained
from segkit.measures import MEASURES


def test_every_measure_is_explained_by_itself():
    lines = explained({measure.name: 0.5 for measure in MEASURES})
    assert [line.name for line in lines] == [measure.name for measure in MEASURES]
    assert not [line.name for line in lines if line.says.startswith("the same")]
    assert not [line for line in map(str, lines) if "accuracy" in line.lower() or "\n" in line]


def reading(name: str, value: float) -> str:
    return explained({name: value})[0].reading


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("stability", 0.8, "they mostly re-form"),
        ("stability_min", 0.8, "the weakest segment mostly re-forms"),
        ("stability_min", 0.2, "the weakest segment dissolves"),
        ("lookalike_p", 0.02, "hardly ever"),
        ("lookalike_p", 0.03, "too often"),
        ("prediction_strength", 0.7, "not strong"),
        ("unsure_share", 0.12, "12 of 100 customers"),
        ("silhouette", 0.2, ""),
    ],
)
def test_a_value_is_read(name, value, words):
    assert words in reading(name, value)


def test_what_segments_tell_of_an_outcome_is_explained_too():
    (line,) = explained({"useful_has_left": 0.71, "weights_used": 1.0})
    assert str(line).startswith("tells has left 0.71: ")


def test_a_missing_number_is_no_figure():
    assert explained({"agreement": float("nan"), "useful_x": float("nan")}) == []
