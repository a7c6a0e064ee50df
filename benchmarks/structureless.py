"""Tables of which is known whether they hold segments: drawn without any, or with a few that are far apart."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from hydra import compose

from segkit.config.datasets import load_dataset
from segkit.data import Dataset
from segkit.evidence.lookalikes import lookalikes
from segkit.preprocessing.features import reading_steps

Draw = Callable[[np.random.Generator], pd.DataFrame]
_ROWS, _COLUMNS = (300, 1000), (3, 12)
# Between the centres of planted segments, in standard deviations inside one.
_FAR = 7.0


def independent(rng: np.random.Generator) -> pd.DataFrame:
    """Normals that have nothing to do with each other."""
    return _named(rng.standard_normal(_shape(rng)))


def correlated(rng: np.random.Generator) -> pd.DataFrame:
    """Normals that have much to do with each other."""
    rows, columns = _shape(rng)
    return _named(rng.standard_normal((rows, columns)) @ rng.standard_normal((columns, columns)))


def uniform(rng: np.random.Generator) -> pd.DataFrame:
    """Evenly filled boxes."""
    return _named(rng.random(_shape(rng)))


def planted(rng: np.random.Generator) -> pd.DataFrame:
    """Three to six round segments far apart, the largest up to four times the smallest."""
    (rows, columns), k = _shape(rng), int(rng.integers(3, 7))
    shares = rng.uniform(1, 4, k)
    segments = rng.choice(k, rows, p=shares / shares.sum())
    return _named(_apart(k, columns, rng)[segments] + rng.standard_normal((rows, columns)))


def like(dataset: Dataset) -> Draw:
    """What draws lookalikes of some rows and columns of a data set: they keep values and correlations, not segments."""
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    typed = features.fit_transform(columns.fit_transform(dataset.features))

    def draw(rng: np.random.Generator) -> pd.DataFrame:
        rows, wide = (min(most, wanted) for most, wanted in zip(typed.shape, _shape(rng), strict=True))
        names = typed.columns[np.sort(rng.permutation(typed.shape[1])[:wide])]
        part = typed[names].sample(rows, random_state=int(rng.integers(2**31)))
        return lookalikes(part.reset_index(drop=True), rng)()

    return draw


def demo_customers() -> Dataset:
    """The data set that a sweep takes when none is named; Hydra has to be initialised."""
    return load_dataset(compose("run", ["data=customers"]))


def _shape(rng: np.random.Generator) -> tuple[int, int]:
    return int(rng.integers(*_ROWS, endpoint=True)), int(rng.integers(*_COLUMNS, endpoint=True))


def _apart(k: int, columns: int, rng: np.random.Generator) -> np.ndarray:
    """Centres in all directions, no two nearer than they should be."""
    centres = rng.standard_normal((k, columns))
    gaps = np.linalg.norm(centres[:, None] - centres, axis=2)[np.triu_indices(k, 1)]
    return centres * _FAR / gaps.min()


def _named(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(values, columns=[f"x{number}" for number in range(values.shape[1])])
