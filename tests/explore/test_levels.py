"""How categories and flags are told."""

import pandas as pd

from segkit.data import Stated, make_dataset
from segkit.explore.levels import flag_summaries, level_summaries
from segkit.explore.values import values_of


def values_with(stated=None, **columns):
    size = len(next(iter(columns.values())))
    return values_of(
        make_dataset("t", pd.DataFrame({"x": [n % 13 + n / 7 for n in range(size)], **columns}), stated=stated)
    )


def test_the_most_frequent_levels_come_first_and_the_rest_is_summed():
    cities = [city for place, city in enumerate("abcdefghijk") for _ in range(22 - place)]
    (told,) = level_summaries(values_with(city=cities))
    assert [level.name for level in told.levels] == list("abcdefgh")
    assert told.rest.startswith("3 more: ")
    assert told.levels[0].words == "12 %"


def test_one_more_level_is_shown_rather_than_counted():
    (told,) = level_summaries(values_with(city=list("abcdefghi") * 9))
    assert (len(told.levels), told.rest) == (9, "")


def test_ordered_levels_stay_in_order():
    stated = Stated(levels={"size": ["S", "M", "L"]})
    (told,) = level_summaries(values_with(stated, size=["L", "L", "S", "M"] * 10))
    assert [level.name for level in told.levels] == ["S", "M", "L"]


def test_flags_say_yes_first_and_else_what_is_rarer():
    flags = values_with(won=[1, 0, 1, 1] * 10, member=["no", "yes", "no", "no"] * 10, sex=["m", "m", "f", "m"] * 10)
    told = {one.name: (one.yes.name, one.yes.words, one.no.name) for one in flag_summaries(flags)}
    assert told == {"won": ("1", "75 %", "0"), "member": ("yes", "25 %", "no"), "sex": ("f", "25 %", "m")}
    assert level_summaries(flags) == []


def test_levels_of_one_customer_are_not_named():
    (told,) = level_summaries(values_with(city=["Ulm"] * 20 + ["Bonn"] * 18 + ["Ann Smith", "Bob Jones"]))
    assert [level.name for level in told.levels] == ["Ulm", "Bonn", "(levels of one customer)"]
