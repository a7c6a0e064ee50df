"""Long tables a block after the other."""

import numpy as np
import pandas as pd
import pytest

from segkit import blocks
from segkit.blocks import by_blocks, by_columns

MATRIX = np.random.default_rng(0).normal(size=(11, 6))


class Seen:
    """Work that knows the shapes of what it was given."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def doubled(self, part: np.ndarray) -> np.ndarray:
        self.shapes.append(part.shape)
        return np.asarray(part) * 2

    def summed(self, part: np.ndarray) -> np.ndarray:
        self.shapes.append(part.shape)
        return np.asarray(part).sum(axis=0)


@pytest.mark.parametrize("table", [MATRIX, pd.DataFrame(MATRIX)], ids=["array", "table"])
def test_blocks_of_rows_give_what_the_whole_gives(table: np.ndarray) -> None:
    seen = Seen()
    np.testing.assert_array_equal(by_blocks(seen.doubled, table, most=4), MATRIX * 2)
    assert seen.shapes == [(4, 6), (4, 6), (3, 6)]


def test_one_value_a_row_comes_out_as_one_a_row() -> None:
    np.testing.assert_array_equal(by_blocks(lambda part: part.argmax(axis=1), MATRIX, most=4), MATRIX.argmax(axis=1))


def test_a_short_table_is_worked_on_whole() -> None:
    seen = Seen()
    by_blocks(seen.doubled, MATRIX)
    by_columns(seen.summed, MATRIX)
    assert seen.shapes == [MATRIX.shape, MATRIX.shape]


@pytest.mark.parametrize("table", [MATRIX, pd.DataFrame(MATRIX)], ids=["array", "table"])
def test_columns_in_parts_give_what_all_together_give(table: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_MOST_CELLS", 4 * len(MATRIX))
    seen = Seen()
    np.testing.assert_allclose(by_columns(seen.summed, table), MATRIX.sum(axis=0))
    assert seen.shapes == [(11, 4), (11, 2)]


def test_more_rows_than_cells_still_go_a_column_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_MOST_CELLS", 3)
    np.testing.assert_allclose(by_columns(lambda part: part.sum(axis=0), MATRIX), MATRIX.sum(axis=0))
