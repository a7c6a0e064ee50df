"""Customers within each segment to whom an outcome is most likely to happen, where it is known of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.activation.conditions import filled, usual_values
from segkit.activation.learning import withheld_parts
from segkit.activation.trees import places_of
from segkit.activation.words import column_words
from segkit.data.findings.names import is_sensitive_name
from segkit.profiles.figures import percent

Floats = npt.NDArray[np.floating[Any]]
Mask = npt.NDArray[np.bool_]
# Of so few who had the outcome, or had it not, nothing can be learnt.
_FEWEST = 30
# A column that tells the outcome as well as this by itself is known only after it.
_LEAKS = 0.98
# Beyond so many standard errors from a half it is not by chance.
_SURE = 2.6
_PENALTY = 0.1


@dataclass(frozen=True)
class AtRisk:
    """Customers to whom `outcome` has not happened (or of whom it is not known), and how likely it is to.

    `customers`: id, segment, risk, the highest risk of each segment first. Each risk comes from a model that had not
    seen the customer. `ranks` is how well it ranks such customers: of two, one with the outcome and one without, the
    share of pairs in which the first has the higher risk (AUC, a half is chance). `rate` is how often the outcome is.
    `left_out` are columns that say the outcome itself.
    """

    outcome: str
    customers: pd.DataFrame
    ranks: float
    rate: float
    left_out: tuple[str, ...] = ()

    def of(self, segment: int, most: int = 50) -> pd.DataFrame:
        """The customers of one segment at the highest risk."""
        return self.customers[self.customers["segment"] == segment].head(most).reset_index(drop=True)

    def says(self, names: Mapping[int, str]) -> str:
        """What the list is and how far it can be trusted, in words."""
        means = self.customers.groupby("segment")["risk"].mean()
        riskiest = int(means.index[int(means.to_numpy().argmax())])
        return (
            f"Ranked by how likely {column_words(self.outcome)} is ({percent(self.rate)} of all customers). Of two "
            f"withheld customers, one to whom it happened and one to whom it did not, the first was ranked higher in "
            f"{100 * self.ranks:.0f} of 100 pairs (50 would be chance). On average it is likeliest in "
            f"{names.get(riskiest, f'segment {riskiest}')}."
        )


def at_risk(described: pd.DataFrame, outcome: pd.Series, labels: np.ndarray, ids: pd.Series) -> AtRisk | None:
    """The customers at risk; None where the outcome cannot be told better than by chance.

    `described` are typed columns that were known beforehand, fitted or not; `outcome` holds 1 (or True) where it
    happened, 0 where not, and a gap where it is not known. Columns that tell it all by themselves are left out, since
    they would be known only afterwards, and so are protected attributes.
    """
    happened = outcome.astype(float).to_numpy()
    known = ~np.isnan(happened)
    if min((happened == 1).sum(), (happened == 0).sum()) < _FEWEST:
        return None
    matrix, left_out = _matrix(described, happened, known)
    if not matrix.shape[1]:
        return None
    risks, ranks = _risks(matrix, happened, known)
    if ranks - _SURE * _standard_error(ranks, happened[known]) <= 0.5:
        return None
    listed = _listed(ids, labels, risks)[happened != 1]
    ranked = listed.sort_values(["segment", "risk"], ascending=[True, False], kind="stable", ignore_index=True)
    return AtRisk(str(outcome.name), ranked, ranks, float(np.nanmean(happened)), left_out)


def _listed(ids: pd.Series, labels: np.ndarray, risks: Floats) -> pd.DataFrame:
    name = str(ids.name) if ids.name not in (None, "segment", "risk") else "customer"
    return pd.DataFrame({name: ids.to_numpy(), "segment": labels, "risk": risks})


def _matrix(described: pd.DataFrame, happened: Floats, known: Mask) -> tuple[Floats, tuple[str, ...]]:
    usable = described[[name for name in described.columns if not is_sensitive_name(str(name))]]
    if usable.empty:
        return np.empty((len(described), 0)), ()
    places = places_of(filled(usable, usual_values(usable)))
    matrix = places.matrix.astype(float)
    tells = [_ranks(column[known], happened[known]) for column in matrix.T]
    leaks = {name for (name, _), far in zip(places.sources, tells, strict=True) if max(far, 1 - far) >= _LEAKS}
    kept = [place for place, (name, _) in enumerate(places.sources) if name not in leaks]
    return matrix[:, kept], tuple(sorted(leaks))


def _risks(matrix: Floats, happened: Floats, known: Mask) -> tuple[Floats, float]:
    """Everybody's risk by a model that was learnt from others, and how well those risks rank."""
    at, risks, ranks = np.flatnonzero(known), np.empty(len(matrix)), []
    parts = withheld_parts(happened[at].astype(np.int64))
    for part in np.unique(parts):
        learn, test = at[parts != part], at[parts == part]
        risks[test] = _model(len(learn)).fit(matrix[learn], happened[learn]).predict_proba(matrix[test])[:, 1]
        ranks.append(_ranks(risks[test], happened[test]))
    if not known.all():
        risks[~known] = _model(len(at)).fit(matrix[at], happened[at]).predict_proba(matrix[~known])[:, 1]
    return risks, float(np.mean(ranks))


def _model(rows: int) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import QuantileTransformer, SplineTransformer

    # Ranks tame long tails, and a bent line through them catches risks that rise and fall, as with age.
    ranks = QuantileTransformer(n_quantiles=min(100, rows), subsample=None)
    return make_pipeline(ranks, SplineTransformer(n_knots=4, degree=2), LogisticRegression(C=_PENALTY, max_iter=500))


def _ranks(scores: Floats, happened: Floats) -> float:
    """The share of pairs, one who had the outcome and one who had not, in which the first has the higher score."""
    from scipy.stats import rankdata

    had, had_not = float((happened == 1).sum()), float((happened == 0).sum())
    return float((rankdata(scores)[happened == 1].sum() - had * (had + 1) / 2) / (had * had_not))


def _standard_error(ranks: float, happened: Floats) -> float:
    """Of an area under the ROC curve (Hanley and McNeil)."""
    had, had_not = float((happened == 1).sum()), float((happened == 0).sum())
    both, twice = ranks / (2 - ranks), 2 * ranks**2 / (1 + ranks)
    spread = ranks * (1 - ranks) + (had - 1) * (both - ranks**2) + (had_not - 1) * (twice - ranks**2)
    return float(np.sqrt(spread / (had * had_not)))
