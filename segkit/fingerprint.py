"""Hashes that say when two computations are the same: of a table, of the code, of configuration."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

# What turns rows into results. Pictures, the store and the command line can change without making a run stale.
_COMPUTING = (
    *("algorithms", "data", "preprocessing", "reducers", "assigning.py", "blocks.py", "distances.py"),
    "evaluation.py",
    *("fingerprint.py", "fit_params.py", "fitted_rows.py", "reduction.py"),
    *("identity/people.py", "influence.py", "intel.py", "model.py", "reducing.py", "runs.py"),
    *("measuring.py", "published.py", "segments.py", "silhouettes.py", "mapped.py", "stages.py"),
    "umap_distances.py",
    *("scoring/baseline.py", "scoring/outliers.py", "scoring/scorer.py", "scoring/scorer_file.py"),
    *("profiles/__init__.py", "profiles/describe.py", "profiles/names.py", "profiles/phrases.py", "profiles/traits.py"),
    *("profiles/words.py", "profiles/words.yaml", "evidence/halves.py", "evidence/quick.py", "evidence/reading.py"),
    *("evidence/repeats.py", "evidence/usefulness.py"),
    *("profiles/groups.py", "profiles/outcomes.py"),
)
_LIBRARIES = (
    *("fastcluster", "kmedoids", "numpy", "pandas", "scikit-learn", "scikit-learn-intelex", "scipy", "stepmix"),
    "umap-learn",
)


def fingerprint(parts: Mapping[str, Any]) -> str:
    """A short hash of plain values (dicts, lists, strings, numbers), whatever the order of their keys.

    >>> fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    True
    """
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def content_hash(table: pd.DataFrame) -> str:
    """A hash of a table's values, names and dtypes; equal tables agree across processes and file formats."""
    digest = hashlib.sha256(json.dumps([list(map(str, table.columns)), list(map(str, table.dtypes))]).encode())
    for name in table.columns:
        digest.update(_column_hash(table[name]))
    return digest.hexdigest()[:16]


def _column_hash(values: pd.Series) -> bytes:
    try:
        hashed = pd.util.hash_pandas_object(values, index=False)
    except TypeError:  # mixed or unhashable objects: their text is what a reader would see
        hashed = pd.util.hash_pandas_object(values.astype(str), index=False)
    return np.ascontiguousarray(hashed.to_numpy()).tobytes()


@lru_cache(maxsize=1)
def code_hash() -> str:
    """A hash of the sources and library versions that results depend on."""
    return _hash_of(*_COMPUTING)


@lru_cache(maxsize=1)
def evidence_hash() -> str:
    """A hash of what the evidence on a result depends on beside the result."""
    return _hash_of("evidence")


@lru_cache(maxsize=1)
def choosing_hash() -> str:
    """A hash of what is said, and drawn, of how many segments there are."""
    return _hash_of("choosing", "plots/choosing.py", "plots/boxes.py", "plots/crown.py", "evidence/stability.py")


@lru_cache(maxsize=1)
def whole_code_hash() -> str:
    """A hash of all sources, which what is shown depends on too."""
    return _hash_of("")


def _hash_of(*names: str) -> str:
    digest = hashlib.sha256()
    for path in _sources(Path(__file__).parent, names):
        digest.update(path.read_bytes())
    digest.update(json.dumps({name: _version(name) for name in _LIBRARIES}).encode())
    return digest.hexdigest()[:16]


def _sources(package: Path, names: Sequence[str]) -> list[Path]:
    found = [sorted((package / name).rglob("*.py")) if "." not in name else [package / name] for name in names]
    return [path for group in found for path in group]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
