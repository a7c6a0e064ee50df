"""Values on disk whose large arrays are mapped, not read: all processes of a machine share one copy of them.

A file begins with these arrays, as they lie in memory, and ends with a skops file of everything else.
"""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import skops.io

from segkit.trusted import TRUSTED_TYPES

# Smaller arrays are read: there is nothing to share.
LARGE = 1 << 20
_ALIGNED = 64
_MARK = "segkit.mapped"


def dump(value: Any, path: Path) -> bool:
    """Write a value (estimators, arrays, tuples, lists and dicts of them); whether there is something to map in it."""
    with path.open("wb") as file:
        packed = _walked(value, lambda part: _placed(part, file))
        length = file.tell()
        content = {"stage": packed} | ({"head": [length, _checksum(path, length, file)]} if length else {})
        file.write(skops.io.dumps(content, compression=zipfile.ZIP_STORED))
    return length > 0


def load(path: Path) -> Any:
    """The value in a file that `dump` wrote; raises an exception of some kind where it is no such file or damaged.

    Mapped arrays can be written to, which leaves the file as it is.
    """
    content = skops.io.load(path, trusted=list(TRUSTED_TYPES))
    if "head" not in content:
        return content["stage"]
    length, checksum = content["head"]
    bytes_ = np.memmap(path, dtype=np.uint8, mode="c", shape=(length,))
    if zlib.crc32(bytes_.data) != checksum:
        raise ValueError(f"{path} is damaged")
    return _walked(content["stage"], lambda part: _found(part, bytes_))


def _walked(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with every part of it changed, or left where `change` gives the same."""
    changed = change(value)
    if changed is not value:
        return changed
    if type(value) in (tuple, list):
        return type(value)(_walked(part, change) for part in value)
    return {name: _walked(part, change) for name, part in value.items()} if type(value) is dict else value


def _placed(part: Any, file: BinaryIO) -> Any:
    """Where in the file a large array has been written; anything else stays."""
    if type(part) is not np.ndarray or part.nbytes < LARGE or part.dtype.hasobject:
        return part
    by_columns = part.flags.f_contiguous and not part.flags.c_contiguous
    file.write(b"\0" * (-file.tell() % _ALIGNED))
    place = file.tell()
    laid = np.ascontiguousarray(part.T if by_columns else part)
    file.write(laid.reshape(-1).view(np.uint8).data)
    return {_MARK: [place, laid.nbytes], "dtype": part.dtype.str, "shape": list(laid.shape), "turned": by_columns}


def _found(part: Any, bytes_: np.ndarray) -> Any:
    if type(part) is not dict or _MARK not in part:
        return part
    place, size = part[_MARK]
    laid = np.asarray(bytes_[place : place + size]).view(part["dtype"]).reshape(part["shape"])
    return laid.T if part["turned"] else laid


def _checksum(path: Path, length: int, file: BinaryIO) -> int:
    file.flush()
    return zlib.crc32(np.memmap(path, dtype=np.uint8, mode="r", shape=(length,)).data)
