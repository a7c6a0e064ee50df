"""The space that a search looks through, from what was typed."""

import pytest

from hydra_plugins.segkit_sweeper._space import Choices, Interval, space_of
from segkit.errors import UserError


def test_single_values_stay_as_they_are_and_several_become_axes() -> None:
    space = space_of(["data.name='a, b'", "reducer=none,pca", "+algorithm.tol=0.1", "k=3"])
    assert space.fixed == ("data.name='a, b'", "+algorithm.tol=0.1", "k=3")
    assert space.axes == (Choices("reducer", ("none", "pca"), ordered=False),)
    assert space.overrides({"reducer": 1}) == [("data.name='a, b'", "+algorithm.tol=0.1", "k=3", "reducer=pca")]


@pytest.mark.parametrize("typed", ["k=range(3,6)", "k=5,3,4", "k=3,4,3,5"])
def test_numbers_are_in_order_and_each_once(typed: str) -> None:
    (axis,) = space_of([typed]).axes
    assert axis == Choices("k", ("3", "4", "5"), ordered=True)
    assert axis.ends == (0, 2)


@pytest.mark.parametrize(
    ("typed", "axis", "text"),
    [
        ("a=interval(0.1,2)", Interval("a", 0.1, 2.0, whole=False, log=False), "a=1.235"),
        ("a=tag(log,interval(0.001,1))", Interval("a", 0.001, 1.0, whole=False, log=True), "a=1.235"),
        ("a=int(interval(1,9))", Interval("a", 1, 9, whole=True, log=False), "a=7"),
    ],
)
def test_an_interval_is_an_axis_of_numbers(typed: str, axis: Interval, text: str) -> None:
    assert space_of([typed]).axes == (axis,)
    assert axis.text(7 if axis.whole else 1.23456) == text


def test_the_last_word_on_a_key_counts() -> None:
    space = space_of(["k=3,4,5", "reducer=none,pca", "k=7"])
    assert space.fixed == ("k=7",)
    assert [axis.name for axis in space.axes] == ["reducer"]


def test_seeds_are_no_axis_but_every_combination_is_run_under_each() -> None:
    space = space_of(["k=3,4", "seed=0,1"])
    assert [axis.name for axis in space.axes] == ["k"]
    assert space.overrides({"k": 0}) == [("k=3", "seed=0"), ("k=3", "seed=1")]
    assert space_of(["k=3,4", "seed=7"]).overrides({"k": 1}) == [("k=4", "seed=7")]


def test_the_corners_name_every_page_and_the_ends_of_every_number() -> None:
    space = space_of(["reducer=none,pca,umap", "k=range(3,9)", "a.b=interval(0.5,2)", "seed=0,1"])
    first = ("reducer=none", "k=3", "a.b=0.5", "seed=0")
    changed = [corner for corner in space.corners() if corner != first]
    assert changed == [
        ("reducer=pca", *first[1:]),
        ("reducer=umap", *first[1:]),
        ("reducer=none", "k=8", *first[2:]),
        (*first[:2], "a.b=2", "seed=0"),
    ]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (["k=3"], "nothing to search"),
        (["a=interval(2,1)"], "interval(2,1) holds no numbers"),
        (["a=tag(log,interval(0,1))"], "holds no numbers"),
        (["k=3,4", "seed=interval(0,9)"], "seed is no interval"),
    ],
)
def test_what_cannot_be_searched_is_told(typed: list[str], problem: str) -> None:
    with pytest.raises(UserError, match=problem.replace("(", r"\(").replace(")", r"\)")):
        space_of(typed)
