"""Columns that are the sum of others: as features beside their parts they would count them twice."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.findings.cells import as_numbers, named_once, sampled
from segkit.data.findings.finding import Finding, argument, listed
from segkit.data.findings.view import View

Amounts = npt.NDArray[np.float64]

_EXACT = 0.99
# Where the total or a part is 0 the sum is right for little reason, so rows with something in them count apart.
_EXACT_WHERE_SOME = 0.95
_FEWEST_ROWS = 20
_FEWEST_ROWS_OF_A_PART = 10


def totals(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Columns of non-negative numbers that are the sum of two or more others, with the parts; rounding is allowed.

    A sum of sums is given by its smallest parts. Needs 20 rows in which the total is more than 0.
    """
    table = named_once(table)
    amounts = _amounts(table)
    found: dict[str, tuple[str, ...]] = {}
    # From the smallest on, so that subtotals are known as such when the totals above them are looked at.
    for position, name in enumerate(amounts.columns):
        smaller = [other for other in amounts.columns[:position] if other not in found]
        parts = _parts(amounts[name], _unlike(amounts[smaller]))
        if parts:
            found[name] = tuple(column for column in table.columns if column in parts)
    return {name: found[name] for name in table.columns if name in found}


def total_findings(view: View) -> list[Finding]:
    """Totals that are fitted beside their parts."""
    found = totals(view.numbers[view.fitted_of("numeric")])
    return [
        Finding(
            "total",
            (name, *parts),
            f"{name} is the sum of {listed(parts)}: segmented on together they count the same thing twice",
            argument(f"data.use.{name}", "describe_with"),
        )
        for name, parts in found.items()
    ]


def _amounts(table: pd.DataFrame) -> pd.DataFrame:
    """The columns that can be parts or totals, the smallest first; a constant could be neither told from chance."""
    sample = sampled(table, 50_000)
    numeric = {str(name): as_numbers(values) for name, values in sample.items() if values.dtype != bool}
    kept = {name: values for name, values in numeric.items() if _is_amount(values)}
    order = sorted(kept, key=lambda name: float(kept[name].mean()))
    return pd.DataFrame({name: kept[name] for name in order}, index=sample.index)


def _is_amount(values: pd.Series) -> bool:
    known = values.dropna()
    return len(known) >= _FEWEST_ROWS and known.nunique() > 1 and bool((known >= 0).all())


def _unlike(amounts: pd.DataFrame) -> pd.DataFrame:
    """Each content once: of two equal columns either could be the part."""
    seen: dict[bytes, str] = {}
    for name in map(str, amounts.columns):
        seen.setdefault(amounts[name].to_numpy().tobytes(), name)
    return amounts[list(seen.values())]


def _parts(total: pd.Series, others: pd.DataFrame) -> list[str]:
    """The columns that add up to the total, or none."""
    if total.nunique() < 3:  # sums of flags that make a flag are no totals
        return []
    whole, step = total.to_numpy(), _step(total)
    inside = [name for name in others if _fits_in(others[name].to_numpy(), whole)]
    parts = _likely_parts(whole, others[inside]) if len(inside) > 1 else []
    parts = [name for name in parts if _contributes(name, parts, others, whole, step)]
    return parts if len(parts) > 1 and _adds_up(parts, others, whole, step) else []


def _step(total: pd.Series) -> float:
    """To what the total is rounded, where that is little beside its usual size, else 0: counts have to fit exactly."""
    some = total[total > 0].to_numpy()
    for step in (1.0, 0.1, 0.01, 0.001):
        if np.isclose(some / step, np.round(some / step), atol=1e-6, rtol=0).mean() >= _EXACT:
            return step if np.median(some) >= 100 * step else 0.0
    return 0.0


def _fits_in(part: Amounts, whole: Amounts) -> bool:
    known = ~np.isnan(part) & ~np.isnan(whole)
    fits = part[known] <= whole[known] * (1 + 1e-6) + 1e-9
    # A column that is the total in nearly every row leaves nothing for others.
    equal = np.isclose(part[known], whole[known])
    return known.sum() >= _FEWEST_ROWS and bool(fits.mean() >= 0.985) and bool(equal.mean() < _EXACT)


def _likely_parts(whole: Amounts, others: pd.DataFrame) -> list[str]:
    """Columns that least squares would weigh nearer to 1 than to 0."""
    rows = np.flatnonzero(whole > 0)
    rows = rows[:: max(len(rows) // 2000, 1)]
    if len(rows) < _FEWEST_ROWS:
        return []
    # Relative to the total, or the few largest rows would decide alone.
    shares = np.nan_to_num(others.to_numpy()[rows]) / whole[rows, None]
    weights = _weights(shares)
    # A few rows in which the sum is wrong pull other columns in: once more without the rows that fit worst.
    gap = np.abs(shares @ weights - 1)
    weights = _weights(shares[gap <= np.quantile(gap, 0.97)])
    return [name for name, weight in zip(others.columns, weights, strict=True) if weight > 0.5]


def _weights(shares: Amounts) -> Amounts:
    from scipy.optimize import nnls

    try:
        return np.asarray(nnls(shares, np.ones(len(shares)))[0], dtype=np.float64)
    except RuntimeError:  # did not converge: no clear sum
        return np.zeros(shares.shape[1])


def _right(parts: Sequence[str], others: pd.DataFrame, whole: Amounts, step: float) -> tuple[Amounts, Amounts]:
    """For the rows in which all is known: whether the sum is right, and how far off it may be."""
    gap = np.abs(others[list(parts)].to_numpy().sum(axis=1) - whole)
    allowed = step * (len(parts) + 1) / 2 + 1e-6 * whole + 1e-9
    return np.where(np.isnan(gap), np.nan, gap <= allowed), allowed


def _contributes(name: str, parts: Sequence[str], others: pd.DataFrame, whole: Amounts, step: float) -> bool:
    """Whether the sum is right where this part matters."""
    right, allowed = _right(parts, others, whole, step)
    matters = right[(others[name].to_numpy() > allowed) & ~np.isnan(right)]
    return len(matters) >= _FEWEST_ROWS_OF_A_PART and bool(matters.mean() >= _EXACT_WHERE_SOME)


def _adds_up(parts: Sequence[str], others: pd.DataFrame, whole: Amounts, step: float) -> bool:
    right, _ = _right(parts, others, whole, step)
    known = ~np.isnan(right)
    some = right[known & (whole > 0)]
    enough = len(some) >= _FEWEST_ROWS and known.sum() >= 0.5 * np.sum(~np.isnan(whole))
    return bool(enough and right[known].mean() >= _EXACT and some.mean() >= _EXACT_WHERE_SOME)
