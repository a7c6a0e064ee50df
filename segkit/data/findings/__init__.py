"""What is worth knowing about a table before it is segmented."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby

import pandas as pd

from segkit.data.columns import Column
from segkit.data.findings.date_readings import date_findings
from segkit.data.findings.distributions import rare_level_findings, skew_findings
from segkit.data.findings.duplicates import SAME_CUSTOMERS, duplicate_findings
from segkit.data.findings.finding import Finding, listed
from segkit.data.findings.gaps import blank_zero_findings, gap_findings
from segkit.data.findings.logs import LOG, log_findings
from segkit.data.findings.names import is_outcome_name, is_sensitive_name
from segkit.data.findings.overlap import groups, overlap_findings
from segkit.data.findings.persons import personal_findings
from segkit.data.findings.placeholders import placeholder_findings
from segkit.data.findings.sums import total_findings, totals
from segkit.data.findings.unfit import identifier_findings, near_constant_findings, sensitive_findings
from segkit.data.findings.view import View, viewed

__all__ = ["Finding", "find", "groups", "is_outcome_name", "is_sensitive_name", "totals"]

# What spoils a segmentation outright stands before what tilts it, and that before what is good to know.
_LOOKS: tuple[Callable[[View], list[Finding]], ...] = (
    log_findings,
    personal_findings,
    identifier_findings,
    sensitive_findings,
    duplicate_findings,
    total_findings,
    overlap_findings,
    placeholder_findings,
    blank_zero_findings,
    date_findings,
    near_constant_findings,
    skew_findings,
    gap_findings,
    rare_level_findings,
)
_MOST_OF_A_TOPIC = 4


def find(
    table: pd.DataFrame, columns: tuple[Column, ...], blocks: Mapping[str, Sequence[str]] | None = None
) -> tuple[Finding, ...]:
    """What is worth knowing about a table, as read, with what its columns are for; the most important first.

    Columns that count as one in `blocks` are not found to say one thing.
    """
    view = viewed(table, columns, frozenset(chain.from_iterable((blocks or {}).values())))
    findings = [finding for look in _LOOKS for finding in look(view)]
    if any(finding.topic == LOG for finding in findings):  # its rows are no customers, so none is there twice
        findings = [finding for finding in findings if finding.topic != SAME_CUSTOMERS]
    return tuple(kept for _, alike in groupby(findings, lambda finding: finding.topic) for kept in _first(alike))


def _first(findings: Iterable[Finding]) -> list[Finding]:
    """The first findings of a topic; the last of them names the columns of those that are left out."""
    alike = list(findings)
    kept, more = alike[:_MOST_OF_A_TOPIC], alike[_MOST_OF_A_TOPIC:]
    if more:
        others = listed(listed(finding.columns, most=3) for finding in more)
        kept[-1] = replace(kept[-1], text=f"{kept[-1].text} (the same holds for {others})")
    return kept
