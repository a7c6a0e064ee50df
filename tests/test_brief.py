"""What a business demands, and which runs meet it."""

import pytest

from segkit.answer import GUARDS
from segkit.brief import UNLIMITED, Brief
from segkit.errors import UserError
from segkit.records import FINISHED, RunRecord

NONE = {"fewest_segments": 1, "most_segments": UNLIMITED, "smallest_share": 0.0}
FINE = {"segments": 4.0, "smallest_share": 0.1, "smallest_customers": 50.0, "smallest_value": 900.0}


def broken(demands: dict, metrics: dict[str, float]) -> list[str]:
    return Brief(**NONE | demands).broken_by(RunRecord("a", "a", FINISHED, metrics=metrics))


@pytest.mark.parametrize(
    ("demands", "metrics", "name"),
    [
        ({"fewest_segments": 5}, {}, "too_few_segments"),
        ({"fewest_segments": 4}, {"assigned_segments": 3.0}, "too_few_segments"),
        ({"most_segments": 3}, {}, "too_many_segments"),
        ({"most_segments": 4}, {"assigned_segments": 5.0}, "too_many_segments"),
        ({"smallest_share": 0.11}, {}, "tiny_segment"),
        ({"smallest_share": 0.1}, {"assigned_smallest_share": 0.09}, "tiny_segment"),
        ({"smallest_customers": 51}, {}, "tiny_segment"),
        ({"smallest_value": 901.0}, {}, "poor_segment"),
        ({"smallest_value": 1.0}, {"smallest_value": -5.0}, "poor_segment"),
        ({"capacity": 49}, {}, "beyond_capacity"),
    ],
)
def test_each_demand_is_broken_by_its_own_measure(demands: dict, metrics: dict, name: str) -> None:
    assert broken(demands, FINE | metrics) == [name]
    assert name in GUARDS


@pytest.mark.parametrize(
    "demands",
    [
        {"fewest_segments": 4},
        {"most_segments": 4},
        {"smallest_share": 0.1},
        {"smallest_customers": 50},
        {"smallest_value": 900.0},
        {"capacity": 50},
        {},
    ],
)
def test_a_run_on_the_very_border_breaks_nothing(demands: dict) -> None:
    assert broken(demands, FINE) == []


@pytest.mark.parametrize(
    ("demands", "lacking", "names"),
    [
        ({"fewest_segments": 1}, "segments", ["too_few_segments"]),
        ({"smallest_share": 0.01}, "smallest_share", ["tiny_segment"]),
        ({"smallest_customers": 1}, "smallest_customers", ["tiny_segment"]),
        ({"smallest_value": 1.0}, "smallest_value", ["poor_segment"]),
        ({"capacity": 1000}, "smallest_customers", ["beyond_capacity"]),
        ({"most_segments": 3}, "segments", ["too_few_segments"]),
        ({}, "smallest_customers", []),
        ({}, "smallest_value", []),
        ({}, "smallest_share", []),
    ],
)
def test_a_run_that_lacks_a_measure_breaks_what_is_demanded_of_it(demands: dict, lacking: str, names: list) -> None:
    assert broken(demands, {name: value for name, value in FINE.items() if name != lacking}) == names


def test_what_is_broken_is_named_all_at_once() -> None:
    demands = {"fewest_segments": 5, "smallest_share": 0.2, "smallest_value": 1e6, "capacity": 10}
    assert broken(demands, FINE) == ["too_few_segments", "tiny_segment", "poor_segment", "beyond_capacity"]


@pytest.mark.parametrize(
    ("brief", "said"),
    [
        (Brief(), "3 to 7 segments, none under 2 % of customers"),
        (Brief(**NONE), "1 or more segments"),
        (Brief(**NONE | {"smallest_share": 0.005}), "1 or more segments, none under 0.5 % of customers"),
        (
            Brief(2, 5, 0.07, 1500, 25000.0, ("age", "plan"), ("Gender", "zip"), "spent", 4000),
            "2 to 5 segments, none under 7 % of customers, none under 1,500 customers, none worth under 25,000, "
            "one within 4,000 contacts, on age and plan whatever else, never on Gender or zip, value is spent",
        ),
    ],
)
def test_a_brief_says_its_demands_and_nothing_else(brief: Brief, said: str) -> None:
    assert str(brief) == said


@pytest.mark.parametrize(
    ("demands", "problem"),
    [
        ({"fewest_segments": 5, "most_segments": 4}, "fewest_segments=5 is above most_segments=4"),
        ({"must_use": ("b", "a"), "never_use": ("a", "b")}, "a is in must_use and never_use"),
        ({"must_use": ("a",), "value": "a"}, "a is in must_use, and a value column is never fitted"),
    ],
)
def test_a_brief_that_contradicts_itself_is_refused(demands: dict, problem: str) -> None:
    with pytest.raises(UserError) as raised:
        Brief(**demands)
    assert raised.value.problem == f"the brief contradicts itself: {problem}"
    assert raised.value.mend == "mend one of them"


@pytest.mark.parametrize("share", [2, 1, -0.1, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(UserError, match=rf"brief\.smallest_share={share:g} is no share") as raised:
        Brief(smallest_share=share)
    assert raised.value.mend == "write 2 % as 0.02"


def test_a_column_may_be_the_value_and_never_used() -> None:
    assert Brief(never_use=("spent",), value="spent").value == "spent"
    assert Brief(fewest_segments=4, most_segments=4).most_segments == 4
