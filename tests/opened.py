"""Files taken apart, whatever they are packed in: the text and the numbers that somebody who has them can read."""

import base64
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from PIL import Image

_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
# A figure as pages write it: 650,123.5
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PACKED = re.compile(rb"base64,([A-Za-z0-9+/=\s]+)")


class Opened(NamedTuple):
    """What a file says: its texts, and its arrays of numbers."""

    texts: list[str]
    arrays: list[np.ndarray]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def numbers(self) -> np.ndarray:
        written = [float(found) for text in self.texts for found in _NUMBER.findall(_THOUSANDS.sub("", text))]
        return np.concatenate([np.array(written), *(array.ravel().astype(float) for array in self.arrays)])


def opened(path: Path) -> Opened:
    """A file with everything that is packed in it."""
    found = Opened([], [])
    for piece in _database(path) if path.suffix == ".db" else _pieces(path.read_bytes()):
        (found.texts if isinstance(piece, str) else found.arrays).append(piece)
    return found


def _pieces(content: bytes) -> Iterator[str | np.ndarray]:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _pieces(archive.read(name))
    elif content[:6] == b"\x93NUMPY":
        yield from _array(np.load(io.BytesIO(content), allow_pickle=False))
    elif content[:4] == b"PAR1":
        yield from _table(pd.read_parquet(io.BytesIO(content)))
    elif content[:4] == b"\x89PNG":
        yield from map(str, Image.open(io.BytesIO(content)).info.items())
    else:
        # A pickle is no text, and whatever else is none has to be looked at by whoever adds it.
        yield content.decode()
        for packed in _PACKED.findall(content):
            yield from _pieces(base64.b64decode(packed))


def _array(array: np.ndarray) -> Iterator[str | np.ndarray]:
    if array.dtype.kind in "US":
        yield from map(str, array.ravel())
    elif array.dtype.names:  # a tree's nodes
        yield from (array[name] for name in array.dtype.names if array[name].dtype.kind in "biuf")
    elif array.dtype.kind in "biuf":
        yield array


def _table(table: pd.DataFrame) -> Iterator[str | np.ndarray]:
    yield table.to_csv()


def _database(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.iterdump()
