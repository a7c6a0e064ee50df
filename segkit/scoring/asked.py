"""What is told of scored customers beyond their segment, where somebody asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from segkit.data.columns import Column
from segkit.data.numbers import as_text
from segkit.data.read import read
from segkit.errors import UserError
from segkit.scoring.scorer import Scorer


@dataclass(frozen=True)
class Asked:
    """Further columns of the output: whether a customer is an outlier, why the segment, how probable each segment is,
    who is suppressed (those ids), and who is in the control group (that share of a campaign's customers).
    """

    outlier: bool = False
    why: bool = False
    probabilities: bool = False
    suppressed: frozenset[str] | None = None
    control: float = 0.0
    campaign: str = ""


def check_asked(asked: Asked, scorer: Scorer, has_ids: bool) -> None:
    """Raise UserError before any work if something is asked that this model or table cannot tell."""
    if asked.control and not asked.campaign:
        raise UserError("a control group needs the name of its campaign", "campaign=spring, say")
    if not 0 <= asked.control < 1:
        raise UserError(f"control={asked.control:g} is no share of customers", "write 10 % as 0.1")
    if (asked.control or asked.suppressed is not None) and not has_ids:
        raise UserError(
            "control and suppress need the customers' ids", f"add the column {scorer.id_column or 'of ids'}"
        )
    if asked.outlier:
        scorer.is_outlier(_nobody(scorer))
    if asked.why and not scorer.usual:
        raise UserError("the model does not know what is usual among its customers", "fit it anew: segkit sweep")
    if asked.why:
        _reasons(scorer, _nobody(scorer), "")


def with_answers(
    scored: pd.DataFrame, scorer: Scorer, customers: pd.DataFrame, asked: Asked, as_of: str = ""
) -> pd.DataFrame:
    """The scored customers with the columns that were asked for; the first column are the ids.

    Of customers in a log who bought nothing there is nothing to say.
    """
    answers: dict[str, Any] = {}
    known = ~without_purchase(scorer, customers).to_numpy()
    if asked.outlier:
        answers["outlier"] = scorer.is_outlier(customers, as_of) & known
    if asked.probabilities:
        answers |= {name: np.where(known, p, np.nan) for name, p in _probabilities(scorer, customers, as_of).items()}
    suppressed = np.zeros(len(scored), dtype=bool)
    if asked.suppressed is not None:
        suppressed = as_text(scored.iloc[:, 0]).isin(asked.suppressed).to_numpy()
        answers["suppressed"] = suppressed
    if asked.control:
        answers["control"] = _control(scored.iloc[:, 0], asked) & ~suppressed
    if asked.why:
        answers["why"] = np.where(known, _reasons(scorer, customers, as_of), "")
    return scored.assign(**answers)


def read_suppressed(path: str, id_column: str) -> frozenset[str]:
    """The ids in a file: in its column of that name, or in its only one, with a header or without."""
    names = [str(name) for name in read(path).table.columns]
    column = id_column if id_column in names else names[0] if len(names) == 1 else ""
    if not column:
        problem = f"suppress={path} has no column {id_column or 'of ids'}"
        raise UserError(problem, f"it has {', '.join(names[:8])}; give a list of ids, one a line")
    ids = as_text(read(path, text=[column]).table[column].dropna())
    return frozenset(ids) | ({column} if len(names) == 1 and column != id_column else frozenset())


def without_purchase(scorer: Scorer, customers: pd.DataFrame) -> pd.Series:
    """Which customers bought nothing: where they are made of a log, those known by nothing but their id."""
    if scorer.log is None:
        return pd.Series(False, index=customers.index)
    return customers.drop(columns=scorer.id_column, errors="ignore").isna().all(axis=1)


def _probabilities(scorer: Scorer, customers: pd.DataFrame, as_of: str) -> dict[str, Any]:
    """Of each segment; within an outer one, that a customer is in both."""
    found, inside = scorer.assigned(customers, as_of), 1.0
    if scorer.outer is not None:
        around = scorer.outer.assigned(customers, as_of)
        inside = around.chances[:, around.numbers == scorer.segment].sum(axis=1)
    return {f"p_{number}": found.chances[:, place] * inside for place, number in enumerate(found.numbers.tolist())}


def _control(ids: pd.Series, asked: Asked) -> Any:
    from segkit.activation.control import control_group

    known = ids.notna().to_numpy()
    flags = np.zeros(len(ids), dtype=bool)
    flags[known] = control_group(ids[known], asked.campaign, asked.control)
    return flags


def _reasons(scorer: Scorer, customers: pd.DataFrame, as_of: str) -> Any:
    from segkit.activation.why import why, why_words

    inside = _inside(scorer, customers, as_of)
    columns = known_columns(scorer)
    found = iter(why(scorer, customers[inside], scorer.usual, as_of=as_of))
    day = as_of or scorer.as_of
    words = [why_words(next(found), scorer.names, columns, day) if own else "" for own in inside]
    return np.array(words, dtype=object)


def _inside(scorer: Scorer, customers: pd.DataFrame, as_of: str) -> Any:
    """Who is in the outer segment; nothing is said of the others."""
    if scorer.outer is None or customers.empty:
        return np.ones(len(customers), dtype=bool)
    return (scorer.outer.score(customers, as_of)["segment"] == scorer.segment).to_numpy()


def known_columns(scorer: Scorer) -> list[Column]:
    """The model's columns as far as it knows them: their kinds and levels."""
    step = scorer.preprocessing["columns"]
    levels: Mapping[str, Any] = step.levels or {}
    return [
        Column(name, kind, "segment_on", "", tuple(map(str, levels.get(name, ()))))
        for name, kind in step.kinds_.items()
    ]


def _nobody(scorer: Scorer) -> pd.DataFrame:
    return pd.DataFrame(columns=scorer.needed)
