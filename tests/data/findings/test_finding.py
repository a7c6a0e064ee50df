"""The words and arguments of findings."""

import shlex

import pytest

from segkit.config.arguments import hydra_arguments
from segkit.data.findings.finding import argument, as_list, listed, share


@pytest.mark.parametrize(
    "name", ["Income", "Annual Income (k$)", "it's", "a;b", "日本", "été", 'say "x"', "a$HOME", "a*b", "100%", "a&b"]
)
def test_a_shell_hands_the_argument_on_as_it_was_meant(name):
    assert shlex.split(argument(f"data.use.{name}", "leave_out")) == [f"data.use.{name}=leave_out"]
    assert shlex.split(argument(f"data.dates.{name}", "%d/%m/%Y %H:%M", quoted=True)) == [
        f"data.dates.{name}=%d/%m/%Y %H:%M"
    ]


def test_arguments_stay_readable_where_nothing_needs_quotes():
    assert argument("data.missing.pdays", as_list([-1])) == "data.missing.pdays=[-1]"
    assert argument("data.missing.Year_Birth", as_list([1893.0, 1900.0])) == "data.missing.Year_Birth=[1893,1900]"
    assert argument("data.dates.since", "%m-%d-%Y", quoted=True) == "data.dates.since='%m-%d-%Y'"
    assert argument("data.blocks.spend", as_list(["A", "B"])) == "data.blocks.spend=[A,B]"


@pytest.mark.parametrize(
    "values", [["?", "n/a"], ["-"], ["null"], ["not available"], ["yes"], ["a,b]", 'say "x"'], ["a\\"]]
)
def test_a_list_reads_back_as_the_same_texts(values):
    import yaml

    assert yaml.safe_load(as_list(values)) == values


def test_the_command_takes_a_pasted_use():
    (pasted,) = shlex.split(argument("data.use.Annual Income (k$)", "leave_out"))
    assert "Annual Income (k$)=leave_out" in hydra_arguments([pasted])[0]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 10, "0 %"),
        (1, 2240, "under 0.1 %"),
        (3, 1000, "0.3 %"),
        (36954, 45211, "82 %"),
        (9999, 10000, "99.9 %"),
        (5, 5, "100 %"),
    ],
)
def test_shares_are_rounded_but_never_to_all_or_nothing(part, whole, text):
    assert share(part, whole) == text


def test_long_lists_say_how_many_more_there_are():
    assert listed(["a"]) == "a"
    assert listed([]) == ""
    assert listed("abcdefghij", most=2) == "a, b and 8 more"
