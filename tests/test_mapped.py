"""Values on disk whose large arrays are mapped."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.decomposition import PCA

from segkit import mapped
from segkit.mapped import dump, load

ARRAYS = {
    "by rows": np.arange(600.0).reshape(30, 20),
    "by columns": np.asfortranarray(np.arange(600.0).reshape(30, 20)),
    "every second": np.arange(1200.0).reshape(30, 40)[:, ::2],
    "flags": np.arange(5000) % 3 == 0,
    "whole numbers": np.arange(5000, dtype=np.int32),
    "days": np.arange(700).astype("datetime64[us]"),
}


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped, "LARGE", 4000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "entry.skops"


def backing(array: np.ndarray) -> Any:
    while isinstance(array, np.ndarray) and not isinstance(array, np.memmap):
        array = array.base
    return array


@pytest.mark.parametrize("name", ARRAYS)
def test_a_large_array_comes_back_mapped_and_the_same(path: Path, name: str) -> None:
    assert dump({"found": ARRAYS[name]}, path)
    again = load(path)["found"]
    np.testing.assert_array_equal(again, ARRAYS[name])
    assert again.dtype == ARRAYS[name].dtype
    assert isinstance(backing(again), np.memmap)
    assert type(again) is np.ndarray


def test_arrays_lie_as_they_lay(path: Path) -> None:
    dump([ARRAYS["by rows"], ARRAYS["by columns"], ARRAYS["flags"], ARRAYS["by rows"]], path)
    rows, columns, _, last = load(path)
    assert rows.flags.c_contiguous
    assert columns.flags.f_contiguous
    assert all(array.flags.aligned for array in (rows, columns, last))


def test_estimators_and_small_arrays_stand_beside(path: Path) -> None:
    fitted = PCA(2).fit(ARRAYS["by rows"])
    dump((fitted, ARRAYS["by rows"], {"few": np.arange(3), "words": "four"}), path)
    again, matrix, said = load(path)
    np.testing.assert_array_equal(again.transform(matrix), fitted.transform(ARRAYS["by rows"]))
    assert said["few"].tolist() == [0, 1, 2]
    assert said["words"] == "four"


def test_without_a_large_array_there_is_nothing_to_map(path: Path) -> None:
    assert not dump((np.arange(3), "four"), path)
    assert load(path)[1] == "four"


def test_writing_to_what_is_mapped_leaves_the_file_alone(path: Path) -> None:
    dump(ARRAYS["by rows"], path)
    load(path)[:] = 0
    np.testing.assert_array_equal(load(path), ARRAYS["by rows"])


@pytest.mark.parametrize("at", [100, -100, None], ids=["in an array", "in the rest", "cut short"])
def test_a_damaged_file_is_not_taken_for_the_value(path: Path, at: int | None) -> None:
    dump(ARRAYS["by rows"], path)
    content = bytearray(path.read_bytes())
    if at is None:
        content = content[:-3000]
    else:
        content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever it is, the caller makes the value anew
        load(path)
