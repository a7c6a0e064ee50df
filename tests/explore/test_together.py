"""Which columns go together."""

import re

import numpy as np
import pandas as pd

from segkit.data import Stated, make_dataset
from segkit.explore.drawing import association_map
from segkit.explore.together import together
from segkit.explore.values import values_of

ROWS = 400


def found_in(table, **stated):
    dataset = make_dataset("t", table, stated=Stated(**stated))
    return together(values_of(dataset), dataset.columns)


def related(seed=0) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    base, other = draw.normal(size=(2, ROWS))
    near = {"up": base + 0.1 * draw.normal(size=ROWS), "down": -base + 0.5 * draw.normal(size=ROWS)}
    return pd.DataFrame(
        {"base": base, **near, "band": np.where(base > 0, "a", np.where(base > -1, "b", "c")), "alone": other}
    )


def test_the_strongest_pairs_come_first_with_direction_and_measure():
    pairs = found_in(related()).pairs
    told = {frozenset((pair.first, pair.second)): pair for pair in pairs}
    assert {pairs[0].first, pairs[0].second} == {"base", "up"}
    assert told[frozenset(("base", "up"))].direction == "rise together"
    assert told[frozenset(("base", "down"))].direction == "one falls as the other rises"
    assert (told[frozenset(("base", "band"))].measure, told[frozenset(("base", "band"))].direction) == (
        "correlation ratio",
        "",
    )
    assert not [pair for pair in told if "alone" in pair]


def test_what_is_made_of_each_other_is_no_news():
    found = found_in(related(), derive={"double": {"total": ["base", "base"]}})
    assert {"double", "base"} not in [{pair.first, pair.second} for pair in found.pairs]
    assert {"double", "up"} in [{pair.first, pair.second} for pair in found.pairs]


def test_features_that_say_one_thing_stand_together():
    assert found_in(related()).groups == (("base", "up", "down", "band"),)


def test_known_answers_are_not_compared():
    assert "band" not in found_in(related(), use={"band": "truth"}).drawn


def test_the_map_has_every_pair_once_and_names_it():
    found = found_in(related())
    picture = str(association_map(found))
    assert picture.count("<rect") == int((found.drawn.abs().to_numpy() > 0).sum() - len(found.drawn)) // 2
    assert re.search(r"<title>(base and up|up and base): \+(0\.9\d|1\.00)</title>", picture)


def test_features_stand_before_others_where_columns_are_too_many():
    wide = pd.DataFrame(np.random.default_rng(0).normal(size=(30, 60))).add_prefix("c")
    found = found_in(wide, use={f"c{n}": "describe_with" for n in range(40)})
    assert found.drawn.shape == (36, 36)
    assert {f"c{n}" for n in range(40, 60)} <= set(found.drawn)
    assert (found.compared, found.columns) == (60, 60)
