"""Categories as numbers, without the names of rare levels."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest
import skops.io

from segkit.preprocessing import ByKind, Features
from segkit.preprocessing.levels import NumberedLevels, OneHotLevels

FRAME = pd.DataFrame({"plan": ["gold"] * 40 + ["free"] * 58 + ["Ann Smith", "Bob Jones"]})


def test_each_common_level_has_a_column_and_rare_ones_share_one() -> None:
    step = OneHotLevels().fit(FRAME)
    assert list(step.get_feature_names_out()) == ["plan_free", "plan_gold", "plan_(other)"]
    found = step.transform(pd.DataFrame({"plan": ["gold", "Ann Smith", "never seen"]}))
    assert found.tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 1]]


def test_without_rare_levels_an_unseen_one_is_none() -> None:
    step = OneHotLevels().fit(pd.DataFrame({"plan": ["a", "b"] * 5, "city": ["x", "x", "x", "y", "y"] * 2}))
    assert step.transform(pd.DataFrame({"plan": ["new"], "city": ["y"]})).tolist() == [[0, 0, 0, 1]]


def test_levels_below_the_share_are_rare() -> None:
    frame = pd.DataFrame({"plan": ["a"] * 297 + ["b"] * 3 + ["c"] * 2})
    assert OneHotLevels(share=0.009).fit(frame).levels_ == [["a", "b"]]
    assert OneHotLevels(share=0.0).fit(frame).levels_ == [["a", "b", "c"]]


def test_numbers_follow_the_alphabet_and_rare_levels_have_none() -> None:
    step = NumberedLevels().fit(FRAME)
    found = step.transform(pd.DataFrame({"plan": ["free", "gold", "Ann Smith", "new"]}))
    assert found.ravel().tolist() == [0, 1, -1, -1]


def test_everybody_has_another_level() -> None:
    frame = pd.DataFrame({"who": ["a", "b", "c"]})
    assert OneHotLevels().fit_transform(frame).tolist() == [[1]] * 3
    np.testing.assert_array_equal(NumberedLevels().fit_transform(frame), np.full((3, 1), -1))


@pytest.mark.parametrize("encoder", ["one_hot", "label", "frequency"])
def test_no_model_holds_the_name_of_a_level_that_one_customer_has(encoder: str) -> None:
    step = ByKind(encoder=encoder).fit(FRAME.assign(x=np.arange(100.0)))
    with zipfile.ZipFile(io.BytesIO(skops.io.dumps(step))) as model:
        held = b"".join(model.read(name) for name in model.namelist())
    assert b"Smith" not in held
    assert b"gold" in held


def test_a_recipe_for_rare_levels_does_not_hold_it_either() -> None:
    small = pd.DataFrame({"plan": ["gold"] * 4 + ["Ann Smith"]})
    assert Features({"usual": {"rare": "plan", "below": 0.1}}).fit(small).levels_ == {"usual": ["gold"]}
