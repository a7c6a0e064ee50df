"""Fitted stages shared between runs: the same preprocessing or embedding is computed once, whoever needs it."""

import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import skops.io
from filelock import FileLock
from sklearn.base import clone

from segkit.assigning import maps_row_by_row
from segkit.scoring import TRUSTED_TYPES


@dataclass(frozen=True)
class SharedStages:
    """Stages on disk, one file each under `folder`; `keys` names the content of each step ("preprocessing", "reducer").

    Several workers that want the same stage at once wait for the first to compute it. Entries are skops files, so that
    reading one runs no code; one that cannot be read is computed again.
    """

    folder: Path
    keys: Mapping[str, str]

    def fit_transform(self, step: str, estimator: Any, X: Any) -> tuple[Any, np.ndarray]:
        """The fitted estimator and what it makes of `X`, from disk if it is there."""
        path = self.folder / f"{step}-{self.keys[step]}.skops"
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            found = _read(path)
            if found is not None:
                os.utime(path)  # what is used stays longest
            else:
                found = _compute(step, estimator, X)
                _write(path, found)
        fitted = found["fitted"]
        return (clone(estimator) if fitted is None else fitted), found["output"]


def _compute(step: str, estimator: Any, X: Any) -> dict[str, Any]:
    fitted = clone(estimator)
    output = np.asarray(fitted.fit_transform(X), dtype=float)
    # A reducer whose map depends on the batch is never applied again, and it would keep every customer's row.
    lasting = step == "preprocessing" or maps_row_by_row(fitted)
    return {"fitted": fitted if lasting else None, "output": output}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = skops.io.load(path, trusted=list(TRUSTED_TYPES))
        return {"fitted": found["fitted"], "output": found["output"]}
    except Exception:  # absent, cut short, or of another version: whatever it is, it is not an entry
        return None


def _write(path: Path, found: Mapping[str, Any]) -> None:
    partial = path.with_suffix(f".{os.getpid()}.part")
    skops.io.dump(dict(found), partial, compression=zipfile.ZIP_STORED)
    os.replace(partial, path)
