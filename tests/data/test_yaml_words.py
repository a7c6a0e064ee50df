"""What YAML takes for true and false is the word that stands in the column."""

from typing import Any

import pandas as pd
import pytest

from segkit.data.stated import Stated, describe_columns
from segkit.data.yaml_words import as_written


@pytest.mark.parametrize(
    ("cells", "true", "false"),
    [
        (["no", "yes"], "yes", "no"),
        (["No", None], "Yes", "No"),
        (["ON", "maybe"], "ON", "OFF"),
        (["true", "false"], "true", "false"),
        ([True, False], "True", "False"),
        (["a", "b"], True, False),
        ([1.0, 0.0], True, False),
    ],
)
def test_true_and_false_are_read_as_the_column_spells_them(cells: list, true: Any, false: Any) -> None:
    values = pd.Series(cells)
    assert (as_written(True, values), as_written(False, values)) == (true, false)
    assert as_written("no", values) == "no"


def test_a_page_may_leave_out_the_quotes() -> None:
    table = pd.DataFrame({"owns": ["no", "yes", "unsure"] * 9, "calls": ["yes", None, "yes"] * 9})
    owns, calls = describe_columns(table, Stated(levels={"owns": [False, "unsure", True]}, fill={"calls": False}))
    assert owns.levels == ("no", "unsure", "yes")
    assert calls.fill == "no"
    (owns, _) = describe_columns(table, Stated(missing={"owns": [False]}))
    assert owns.missing == ("no",)
