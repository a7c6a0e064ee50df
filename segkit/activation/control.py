"""Who is left untreated, so that it shows later what a treatment did: by chance, and the same customers every time."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.numbers import as_text
from segkit.errors import UserError

_LONGEST = 2.0**64


def control_group(
    ids: pd.Series | Sequence[Any],
    salt: str,
    share: float | Mapping[int, float] = 0.1,
    segments: np.ndarray | None = None,
) -> np.ndarray:
    """True for each customer of the control group.

    What decides is a hash of `salt` (the campaign's name, say) and id, so that a customer has the same flag in the next
    export, whoever else is in it, and another salt draws another group. `share` may differ by segment; a larger share
    keeps all customers of a smaller one.
    """
    series = pd.Series(ids)
    if series.isna().any():
        raise UserError("a customer without an id cannot be given a lasting flag", "fill the id column")
    shares = _shares(share, len(series), segments)
    return draws(series, salt) < shares


def draws(ids: pd.Series | Sequence[Any], salt: str) -> npt.NDArray[np.float64]:
    """A number from 0 up to 1 for each id, as if by chance, always the same for the same salt and id."""
    text = as_text(pd.Series(ids))
    return np.array([_draw(f"{salt}\x1f{one}") for one in text], dtype=float)


def _shares(share: float | Mapping[int, float], rows: int, segments: np.ndarray | None) -> npt.NDArray[np.float64]:
    given = share.values() if isinstance(share, Mapping) else [share]
    for one in given:
        if not 0 <= one <= 1:
            raise UserError(f"{one:g} is no share of customers", "write 10 % as 0.1")
    if not isinstance(share, Mapping):
        return np.full(rows, float(share))
    if segments is None:
        raise UserError("shares by segment need the customers' segments", "give one share for all")
    return np.array([float(share.get(int(segment), 0.0)) for segment in segments])


def _draw(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / _LONGEST
