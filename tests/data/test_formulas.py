"""Nothing that a table says is worked out by the spreadsheet that opens it."""

import pandas as pd
import pytest

from segkit.data.formulas import harmless_table


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@sum", "\tx", "\rx"])
def test_text_is_made_harmless_and_ids_stay(text):
    table = pd.DataFrame({"id": [text, "b"], "name": [text, "fine"], "how sure": [-0.5, 1.0]})
    found = harmless_table(table)
    assert found["id"].tolist() == [text, "b"]
    assert found["name"].tolist() == [f"'{text}", "fine"]
    assert found["how sure"].tolist() == [-0.5, 1.0]
