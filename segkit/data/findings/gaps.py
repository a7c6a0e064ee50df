"""Missing values: where there are many, and where they are probably zeros."""

import numpy as np
import pandas as pd

from segkit.data.findings.finding import Finding, argument, listed, share
from segkit.data.findings.names import is_averse_to_zero
from segkit.data.findings.view import View

_NOTABLE = 0.05
# Of the gaps, how many have to meet a zero; of the zeros, how many have to meet a gap.
_GAPS_AT_ZERO, _ZEROS_WITH_GAP = 0.7, 0.5
_FEWEST_GAPS = 5


def gap_findings(view: View) -> list[Finding]:
    """One finding that names the columns with many gaps."""
    used = [column.name for column in view.columns if column.use != "leave_out" and column.name in view.blanks]
    missing = view.blanks[used].mean().sort_values(ascending=False, kind="stable")
    missing = missing[missing >= _NOTABLE]
    if missing.empty:
        return []
    told = listed(f"{name} ({share(found)})" for name, found in missing.items())
    return [Finding("gaps", tuple(map(str, missing.index)), f"values are missing in {told}")]


def blank_zero_findings(view: View) -> list[Finding]:
    """Columns of numbers whose gaps stand where another column is 0."""
    zeros = view.numbers[[column.name for column in view.seen("numeric", "binary") if column.name in view.numbers]] == 0
    findings = []
    # What was stated to mean unknown is not blank.
    for name in (column.name for column in view.seen("numeric") if not column.missing):
        blank = view.blanks[name]
        if blank.sum() >= _FEWEST_GAPS and (view.numbers[name].dropna() >= 0).all():
            other = _zero_where(blank, zeros.drop(columns=name, errors="ignore"))
            findings += [_finding(name, other, blank, zeros[other])] if other else []
    return findings


def _zero_where(blank: pd.Series, zeros: pd.DataFrame) -> str:
    """The column whose zeros meet these gaps best, if they do."""
    gaps, both = blank.to_numpy(dtype=bool), zeros.to_numpy(dtype=bool)
    meeting = (both & gaps[:, None]).sum(axis=0)
    of_gaps, of_zeros = meeting / max(gaps.sum(), 1), meeting / np.maximum(both.sum(axis=0), 1)
    fits = (of_gaps >= _GAPS_AT_ZERO) & (of_zeros >= _ZEROS_WITH_GAP)
    return str(zeros.columns[int(np.argmax(np.where(fits, of_gaps + of_zeros, 0)))]) if fits.any() else ""


def _finding(name: str, other: str, blank: pd.Series, zero: pd.Series) -> Finding:
    number, there = int(blank.sum()), int((blank & zero).sum())
    where = f"{name} is missing {number:,} times, {there:,} of them where {other} is 0"
    if is_averse_to_zero(name):
        return Finding("blank_zero", (name, other), f"{where}: it probably does not apply there")
    text = f"{where}: probably zero rather than unknown"
    return Finding("blank_zero", (name, other), text, argument(f"data.fill.{name}", "0"))
