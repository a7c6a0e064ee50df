"""Tables against the description they were written for."""

import pandas as pd
import pytest

from segkit.data.expected import differences
from segkit.errors import UserError

TABLE = pd.DataFrame({"id": [1], "Income": [2], "extra": [3]})


def test_without_expectations_nothing_differs():
    assert differences(TABLE, [], "table") == ()


def test_columns_beyond_the_known_ones_are_said():
    assert differences(TABLE, ["id", "Income"], "shop") == ("beyond the known columns: extra",)


def test_a_copy_that_lacks_a_column_is_read_and_that_is_said():
    known = ["id", "Income", "extra", "gone"]
    assert differences(TABLE, known, "shop") == ("it lacks the known columns: gone",)


def test_a_column_that_is_lacking_is_named_with_the_near_one():
    with pytest.raises(UserError, match="data=shop describes: it lacks income") as error:
        differences(TABLE, ["id", "income"], "shop")
    assert error.value.mend == "did you mean Income?"
