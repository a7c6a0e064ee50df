"""A table that somebody made to do harm, and whether a page let any of it become more than text."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

SCRIPT, IMAGE, CLOSED = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "</script><svg onload=alert(3)>"
SPOT = "';DROP TABLE customers;--"
FORMULA = "=cmd|'/c calc'!A0"
TABLE = "<img src=x onerror=alert(4)>.csv"
ROWS = 120


def hostile() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    group = np.arange(ROWS) % 3
    return pd.DataFrame(
        {
            "id": [f"{FORMULA}{place}" for place in range(ROWS)],
            SCRIPT: np.array([SCRIPT, IMAGE, CLOSED])[group],
            "../../../evil": rng.normal(group * 5, 1),
            "/abs/" + "x" * 300: rng.poisson(5 + 3 * group),
            FORMULA: rng.normal(3 - group, 0.3),
            SPOT: rng.normal(group, 1),
        }
    )


def check_all_is_text(page: str, parts: Callable[[str], Any]) -> None:
    """Fail where a name or a level of the table stands in a page as a tag or what a tag does."""
    assert "<svg onload" not in page.lower()
    assert not re.search(r"<(script>alert|img[^>]+onerror)", page)
    assert not [attrs for tag, attrs in parts(page).tags if "onerror" in dict(attrs) or "onload" in dict(attrs)]
