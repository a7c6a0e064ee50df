"""Nothing that a table says is worked out by the spreadsheet that opens it."""

import pandas as pd
import pytest

from segkit.data.formulas import harmless_table


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@sum", "\tx", "\rx"])
def test_text_is_made_harmless(text):
    table = pd.DataFrame({"id": ["a", "b"], "name": [text, "fine"], "how sure": [-0.5, 1.0]})
    found = harmless_table(table)
    assert found["id"].tolist() == ["a", "b"]
    assert found["name"].tolist() == [f"'{text}", "fine"]
    assert found["how sure"].tolist() == [-0.5, 1.0]


@pytest.mark.parametrize("text", ["007", "+49 30 901820", "-xK3_q", "-1.5", "a=b"])
def test_ids_that_do_no_harm_are_found_again(text):
    assert harmless_table(pd.DataFrame({"id": [text, None]}))["id"].tolist()[0] == text


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+HYPERLINK(A1)", "\tx"])
def test_ids_that_call_something_do_not(text):
    assert harmless_table(pd.DataFrame({"id": [text]}))["id"].tolist() == [f"'{text}"]


def test_names_of_columns_are_made_harmless():
    table = pd.DataFrame({"=A1": ["a"], "@name": ["=1"], "share": [0.5]})
    found = harmless_table(table)
    assert found.to_dict("records") == [{"'=A1": "a", "'@name": "'=1", "share": 0.5}]
