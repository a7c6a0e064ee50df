"""Columns that are written in another way, that are missing, and that nobody needs."""

import pandas as pd
import pytest

from segkit.errors import UserError
from segkit.scoring.matching import match_columns

NEEDED = ["spend_wine", "Income", "age", "kids"]


def test_names_as_they_are() -> None:
    found = match_columns(NEEDED, ["id", *NEEDED, "note"], "id")
    assert (found.renamed, found.missing, found.extra) == ({}, (), ("note",))
    assert list(found.taken) == [*NEEDED, "id"]


def test_case_blanks_underscores_and_marks_make_no_other_name() -> None:
    found = match_columns(NEEDED, ["\ufeffID", "Spend Wine", "income", "AGE ", "kids"], "id")
    assert found.renamed == {"Spend Wine": "spend_wine", "income": "Income", "AGE ": "age", "\ufeffID": "id"}
    table = found.as_needed(
        pd.DataFrame([[1, 2, 3, 4, 5]], columns=["\ufeffID", "Spend Wine", "income", "AGE ", "kids"])
    )
    assert table.loc[0, "spend_wine"] == 2


def test_the_very_name_goes_before_one_like_it() -> None:
    assert match_columns(["age"], ["Age", "age"]).renamed == {}


def test_where_two_could_be_meant_none_is_taken() -> None:
    with pytest.raises(UserError, match="lacks columns that the model needs: age"):
        match_columns(["age"], ["Age", "AGE"])
    with pytest.raises(UserError, match="lacks columns that the model needs: age, Age"):
        match_columns(["age", "Age"], ["AGE"])


def test_a_missing_column_is_named_with_the_mend() -> None:
    with pytest.raises(UserError, match="lacks columns that the model needs: kids") as raised:
        match_columns(NEEDED, ["spend_wine", "Income", "age", "kid"])
    assert raised.value.mend == "kids: did you mean kid?; absent=unknown scores it with nothing known of them"


def test_missing_columns_may_be_unknown_but_not_most_of_them() -> None:
    found = match_columns(NEEDED, ["spend_wine", "Income"], absent="unknown")
    assert found.missing == ("age", "kids")
    assert found.as_needed(pd.DataFrame({"spend_wine": [1], "Income": [2]}))["kids"].isna().all()
    with pytest.raises(UserError, match="lacks columns") as raised:
        match_columns(NEEDED, ["Income", "other"], absent="unknown")
    assert raised.value.mend == "it has other"


def test_ids_may_be_missing() -> None:
    assert "id" not in match_columns(["age"], ["age"], "id").taken.values()
