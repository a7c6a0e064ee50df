"""What the customers of each segment buy more often than others: products, categories, or any column of a log."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from segkit.data.transactions import LogColumns
from segkit.data.transactions.lines import Fate, coded_ids, styles_in, typed_lines
from segkit.errors import UserError, did_you_mean
from segkit.profiles.intervals import adjusted, shares_differ, wilson
from segkit.segments import NOISE

Floats = npt.NDArray[np.float64]

# What fewer customers of a segment buy may be so by chance, and says little of the rest.
_FEWEST = 5
_LEAST_SHARE = 0.02
_SURE = 0.05


def affinity(
    lines: pd.DataFrame, log: LogColumns, ids: pd.Series, labels: np.ndarray, by: str = "", most: int = 5
) -> pd.DataFrame:
    """One row per segment and product, at most so many for each, that its customers prefer to others.

    `lines` is the log as it was read, `ids` and `labels` the customers that were made of it and their segments; where
    these are of an earlier day, `log` is `log.through(day)`. `by` names another column than the product: a category, a
    description. `buyers` of the segment bought it at least once, `share` is their share of the segment, `everyone` that
    of all customers, `lift` the one over the other. Who buys much buys more of everything, so the list goes by
    `preference`: the product's part of the different things that the segment's customers bought, over its part of what
    all bought. In order of the least preference that is likely (the lower end of Wilson's interval), lest a product of
    a few customers lead; only what is preferred beyond doubt is there (`p`, chi-square against all others, raised for
    the number of products). Cancelled lines are no purchases. Unassigned customers have no rows.
    """
    bought, names = _bought(lines, log, by or log.product, ids)
    known = np.asarray(labels, dtype=np.int64)
    segments = np.unique(known[known != NOISE])
    rows = [_of_segment(int(segment), bought, known, names, most) for segment in segments]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=_COLUMNS)


_COLUMNS = ("segment", "item", "buyers", "share", "everyone", "lift", "preference", "p")


def _bought(lines: pd.DataFrame, log: LogColumns, by: str, ids: pd.Series) -> tuple[pd.DataFrame, pd.Index]:
    """Who (row of the customers) bought what (code), each once, and what the codes stand for."""
    if not by:
        raise UserError("the log names no products", "say which column does: data.log.product=COLUMN")
    if by not in lines:
        raise UserError(f"the log has no column {by}", did_you_mean(by, lines.columns))
    typed, customers, _ = typed_lines(lines, log, styles_in(lines, log))
    items, names = coded_ids(lines[by])
    rows = pd.Index(ids).get_indexer(customers)
    table = pd.DataFrame({"customer": np.append(rows, -1)[typed["customer"]], "item": items})
    kept = table[(typed["fate"] == Fate.PURCHASE).to_numpy() & (table["customer"] >= 0) & (table["item"] >= 0)]
    return kept.drop_duplicates().reset_index(drop=True), names


def _of_segment(
    segment: int, bought: pd.DataFrame, labels: npt.NDArray[np.int64], names: pd.Index, most: int
) -> pd.DataFrame:
    inside = labels[bought["customer"]] == segment
    total = np.bincount(bought["item"], minlength=len(names))
    buyers = np.bincount(bought.loc[inside, "item"], minlength=len(names))
    share, everyone = buyers / max((labels == segment).sum(), 1), np.maximum(total, 1) / len(labels)
    preference, least, p = _preferred(buyers, total)
    enough = buyers >= np.maximum(_FEWEST, _LEAST_SHARE * (labels == segment).sum())
    places = np.flatnonzero(enough & (preference > 1) & (p < _SURE))
    best = places[np.argsort(-least[places], kind="stable")][:most]
    rows = {"buyers": buyers, "share": share, "everyone": everyone, "lift": share / everyone}
    rows |= {"preference": preference, "p": p}
    said = {name: part[best] for name, part in rows.items()}
    return pd.DataFrame({"segment": segment, "item": [str(names[place]) for place in best], **said})


def _preferred(buyers: npt.NDArray[np.int64], total: npt.NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Of each product how far its part of what the segment buys exceeds that of what all buy, at least how far, p."""
    own, all_bought = max(buyers.sum(), 1), max(total.sum(), 1)
    others = max(all_bought - own, 1)
    part, usual = buyers / own, np.maximum(total, 1) / all_bought
    p = adjusted(shares_differ((part, (total - buyers) / others), (own, others)))
    return part / usual, wilson(part, own)[0] / usual, p
