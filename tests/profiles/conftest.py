"""What the tests of profiles share: six customers in few columns."""

import pandas as pd
import pytest


@pytest.fixture
def typed() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "spend_wine": [10.0, 20.0, 30.0, 100.0, 140.0, 60.0],
            "plan": ["a", "a", "a", "b", "b", None],
            "same": [3.0] * 6,
        }
    )
