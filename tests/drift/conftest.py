"""What the tests of drift share: customers in four plain groups, that may change; a scorer of them and its pipeline."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.cluster import KMeans

from segkit.data import Stated, make_dataset
from segkit.drift.watching import Refit
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.runs import run
from segkit.scoring.scorer import Scorer

MIDDLES = np.array([[0, 0, 0, 0], [4, 0, 0, 1], [0, 4, 0, 0], [0, 0, 4, -1], [4, 4, 4, 3]], dtype=float)


class Fitted(NamedTuple):
    """A scorer, the pipeline behind it to be fitted anew, and what it was fitted on."""

    scorer: Scorer
    model: SegmentationModel
    table: pd.DataFrame


def people(
    rows: int,
    seed: int = 0,
    shares: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1),
    new: float = 0.0,
    shift: float = 0.0,
    bought: float = 0.2,
) -> pd.DataFrame:
    """Customers of four groups in these shares, of a fifth in the share `new`; `shift` moves everyone's age."""
    rng = np.random.default_rng(seed)
    group = rng.choice(5, rows, p=[*np.array(shares) * (1 - new), new])
    values = MIDDLES[group] + rng.normal(size=(rows, 4))
    table = pd.DataFrame(values * [8, 100, 3, 10] + [45, 600, 20, 50], columns=["age", "spend", "visits", "score"])
    table["age"] += 8 * shift
    table["land"] = rng.choice(["AT", "DE", "CH"], rows, p=[0.5, 0.3, 0.2])
    table["bought"] = (rng.random(rows) < np.where(group == 1, bought + 0.3, bought)).astype(int)
    return table.assign(customer_id=[f"c{seed}-{row}" for row in range(rows)])


def fit(table: pd.DataFrame, k: int = 4) -> Fitted:
    dataset = make_dataset("people", table, stated=Stated(use={"bought": "outcome"}))
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], "")
    model = SegmentationModel(KMeans(k, n_init=3, random_state=0), columns=columns, features=features)
    return Fitted(run(dataset, clone(model)).scorer, model, table)


@pytest.fixture(scope="session")
def made() -> Callable[..., pd.DataFrame]:
    """Makes customers: `made(200, seed=1, new=0.15)`."""
    return people


@pytest.fixture(scope="session")
def champion() -> Fitted:
    """Fitted on 400 of them."""
    return fit(people(400))


@pytest.fixture(scope="session")
def one_more(champion) -> Refit:
    """The same with five segments."""
    found = fit(champion.table, 5)
    return Refit(found.scorer, found.model)
