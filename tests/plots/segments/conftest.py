"""What the tests of a report's pictures share: what is written on a picture, and customers in planted segments."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure


class Customers(NamedTuple):
    """Invented customers: raw columns, segments, their names, and the space in which they lie apart."""

    typed: pd.DataFrame
    labels: np.ndarray
    names: dict[int, str]
    space: np.ndarray


@pytest.fixture
def said() -> Callable[[Figure], list[str]]:
    """Everything that is written on a picture."""

    def texts(figure: Figure) -> list[str]:
        inside = [text for axes in figure.axes for text in axes.texts]
        return [text.get_text() for text in [*figure.texts, *inside] if text.get_text()]

    return texts


@pytest.fixture
def customers() -> Callable[..., Customers]:
    """`customers(7, columns=40)`: so many segments, each apart from the others in the first columns."""

    def make(segments: int, columns: int = 4, rows: int = 280) -> Customers:
        chance = np.random.default_rng(0)
        labels = np.arange(rows) % segments
        space = chance.normal(size=(rows, columns)) + 3.0 * np.eye(max(segments, columns))[labels, :columns]
        typed = pd.DataFrame(space, columns=[f"PURCHASES_OF_CATEGORY_{place}" for place in range(columns)])
        typed["education"] = chance.choice(["Basic", "Graduation", "PhD"], rows).astype(object)
        typed["spent"] = np.exp(4 + space[:, 0])
        typed["answered"] = (chance.random(rows) < 0.2 + 0.5 * (labels == 0)).astype(float)
        names = {segment: f"high SPENDING on category {segment}, low number of visits" for segment in range(segments)}
        return Customers(typed, labels, names, space)

    return make


@pytest.fixture
def bars() -> Callable[[PolyCollection], list[tuple[float, str]]]:
    """Lengths and colours of bars that are drawn as one piece."""

    def drawn(collection: PolyCollection) -> list[tuple[float, str]]:
        widths = [np.ptp(path.vertices[:, 0]) for path in collection.get_paths()]
        inks = [to_hex(face).upper() for face in collection.get_facecolors()]
        return list(zip(widths, inks if len(inks) == len(widths) else inks * len(widths), strict=True))

    return drawn
