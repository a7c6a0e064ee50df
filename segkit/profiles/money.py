"""What each segment is worth: customers, revenue, value each, and how many of them may be written to."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data import Dataset
from segkit.data.findings.names import words
from segkit.data.numbers import as_text
from segkit.evidence.recognised import spending
from segkit.profiles.groups import groups_of
from segkit.profiles.intervals import of_mean

Floats = npt.NDArray[np.float64]

_REACHES = {"email", "mail", "emails", "phone", "sms", "mobile", "newsletter", "contact", "marketing", "post", "push"}
_ALLOWS = {"opt", "optin", "opted", "consent", "consents", "allowed", "permission", "subscribed", "subscriber", "ok"}
_ALONE = {"contactable", "optin", "newsletter", "consent", "reachable"}
_FORBIDS = {"out", "optout", "unsubscribed", "not", "no", "never", "forbidden", "blocked"}
_YES = {"1", "yes", "true", "y", "t", "on", "x", "opt-in", "optin", "in"}
_Z = 1.96


def money(dataset: Dataset, labels: np.ndarray) -> pd.DataFrame | None:
    """One row per segment, the unassigned included: `customers`, `share`, `revenue`, `revenue_share`, `value_each`, the
    last two with a 95 % interval (`_low`, `_high`), `of` (the column that the money is read from) and `contactable`.

    Money is what `spending` recognises: the value column, a log's purchases, a total, or the sum of columns of
    spending; None where there is none. A customer's missing value is none of the revenue and does not count in
    `value_each`. Intervals are analytic and say how far another sample of such customers would differ: by Student's t
    for the mean, which few large customers make wide, and by linearisation for the share of the revenue. `contactable`
    is the share whom a column allows to reach, missing where no column says so.
    """
    found = spending(dataset)
    if found is None:
        return None
    values = found[0].astype(float)
    weights = _weights(dataset)
    table = sizes(labels, weights)
    codes = np.searchsorted(table["segment"], labels)
    known = values.fillna(0.0).to_numpy() * weights
    table["revenue"] = np.bincount(codes, known, minlength=len(table))
    for name, part in (_shares(codes, known, len(table)) | _each(values, codes, weights)).items():
        table[name] = part
    reached = contactable(dataset)
    table["contactable"] = np.nan if reached is None else _mean_of(reached, codes, weights, len(table))
    return table.assign(of=str(values.name))


def sizes(labels: np.ndarray, weights: Floats | None = None) -> pd.DataFrame:
    """One row per segment, the unassigned included: `segment`, `customers` and their `share`."""
    segments, codes = np.unique(labels, return_inverse=True)
    counts = np.bincount(codes, weights)
    counts = counts.astype(np.int64) if (counts % 1 == 0).all() else counts
    return pd.DataFrame({"segment": segments, "customers": counts, "share": counts / counts.sum()})


def contactable(dataset: Dataset) -> pd.Series | None:
    """Whom columns of the table allow to reach, by any way: 1, 0, or missing; None where no column says so.

    Such columns have two values and a name like email_opt_in, marketing_consent, newsletter, or do_not_call.
    """
    found = [
        _allowed(dataset.table[c.name], c.name) for c in dataset.columns if c.recipe is None and _says(c.name, c.kind)
    ]
    return pd.concat(found, axis=1).max(axis=1) if found else None


def _weights(dataset: Dataset) -> Floats:
    found = dataset.weights
    return np.ones(len(dataset.table)) if found is None else found.to_numpy(dtype=float)


def _shares(codes: npt.NDArray[np.intp], values: Floats, count: int) -> dict[str, Floats]:
    """The share of all money that each segment brings; its variance is that of the customers' pulls on it."""
    total = values.sum()
    if total == 0:
        return dict.fromkeys(("revenue_share", "revenue_share_low", "revenue_share_high"), np.full(count, np.nan))
    share = np.bincount(codes, values, minlength=count) / total
    squares = np.bincount(codes, values**2, minlength=count)
    # Each customer pulls the share of his segment up by what he spends, and that of every other one down.
    pulls = squares * (1 - 2 * share) + (values**2).sum() * share**2
    half = _Z * np.sqrt(pulls) / abs(total)
    low, high = np.clip(share - half, 0.0, 1.0), np.clip(share + half, 0.0, 1.0)
    return {"revenue_share": share, "revenue_share_low": low, "revenue_share_high": high}


def _each(values: pd.Series, codes: npt.NDArray[np.intp], weights: Floats) -> dict[str, Floats]:
    found = groups_of(values.to_frame(), codes, pd.Series(weights)).inside
    mean, variance, count = (part[:, 0] for part in (found.mean, found.variance, found.count))
    low, high = of_mean(mean, variance, count)
    low = low if values.min() < 0 else np.maximum(low, 0.0)  # nobody spends less than nothing
    return {"value_each": mean, "value_each_low": low, "value_each_high": high}


def _mean_of(values: pd.Series, codes: npt.NDArray[np.intp], weights: Floats, count: int) -> Floats:
    known = values.notna().to_numpy()
    summed = np.bincount(codes, values.fillna(0.0).to_numpy() * weights, minlength=count)
    with np.errstate(invalid="ignore"):
        found: Floats = summed / np.bincount(codes, known * weights, minlength=count)
    return found


def _says(name: str, kind: str) -> bool:
    found = set(words(name))
    is_asked = bool(found & _REACHES) and bool(found & (_ALLOWS | _FORBIDS))
    is_call = {"not"} <= found and bool(found & {"call", "mail", "email", "contact"})
    return kind == "binary" and (is_asked or is_call or bool(found & _ALONE))


def _allowed(values: pd.Series, name: str) -> pd.Series:
    text = as_text(values).str.lower()
    yes = text.isin(_YES).astype(float).where(text.notna() & (text != ""))
    return 1 - yes if set(words(name)) & _FORBIDS else yes
