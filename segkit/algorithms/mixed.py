"""A matrix taken apart again: its categories as codes, and the columns that are numbers."""

from collections.abc import Sequence

import numpy as np

from segkit.fit_params import Categories


def codes_of(X: np.ndarray, categories: Categories, levels: Sequence[np.ndarray] | None = None) -> np.ndarray:
    """Each category as one column of codes from 0 up, read from its one-hot columns or its numbered level.

    One-hot columns may be scaled; a row without any level has the first. `levels`, as `levels_of` gives them, keep the
    codes of numbered levels the same in another matrix; a level that is not among them has the nearest one's.
    """
    known = levels_of(X, categories) if levels is None else levels
    columns = [_codes(X[:, list(places)], found) for places, found in zip(categories, known, strict=True)]
    return np.column_stack(columns) if columns else np.empty((len(X), 0), dtype=int)


def levels_of(X: np.ndarray, categories: Categories) -> list[np.ndarray]:
    """The levels of each category: the values of a numbered one, the places of one-hot columns."""
    return [np.unique(X[:, p[0]]) if len(p) == 1 else np.arange(len(p)) for p in map(tuple, categories)]


def numbers_of(X: np.ndarray, categories: Categories) -> np.ndarray:
    """The columns that belong to no category."""
    taken = {place for places in categories for place in places}
    return X[:, [place for place in range(X.shape[1]) if place not in taken]]


def counts_as(X: np.ndarray, categories: Categories) -> np.ndarray:
    """How much each category counts: one-hot columns were scaled by the root of it; numbered levels do not tell."""
    scales = [np.abs(X[:, list(places)]).max() if len(places) > 1 else 1.0 for places in categories]
    return np.square(scales)


def _codes(columns: np.ndarray, levels: np.ndarray) -> np.ndarray:
    if columns.shape[1] > 1:
        return np.asarray(columns.argmax(axis=1))
    borders = (levels[:-1] + levels[1:]) / 2
    return np.asarray(np.searchsorted(borders, columns[:, 0]))
