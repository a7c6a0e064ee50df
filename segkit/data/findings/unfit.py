"""Columns that are not fit to segment on: ids and row numbers, protected attributes, columns without variety."""

import numpy as np
import pandas as pd

from segkit.data.findings.cells import ROWS, sampled
from segkit.data.findings.finding import Finding, argument, listed, share
from segkit.data.findings.names import is_sensitive_name
from segkit.data.findings.view import View

_NEARLY_ALL = 0.99
_RISES_WITH = 0.9


def identifier_findings(view: View) -> list[Finding]:
    """Ids among the features, and the columns in whose order they were given, of which they are hidden copies."""
    findings = []
    for name, what in view.id_features.items():
        text = f"{name} looks like {what}: it tells rows apart and says nothing about the customers"
        findings.append(Finding("id_feature", (name,), text, argument(f"data.use.{name}", "id")))
        findings += _sorted_by(name, view)
    return findings


def sensitive_findings(view: View) -> list[Finding]:
    """One finding that names the columns whose names suggest a protected attribute."""
    names = tuple(name for name in view.fitted if is_sensitive_name(name))
    if not names:
        return []
    look, it = (
        ("looks like a protected attribute", "it") if len(names) == 1 else ("look like protected attributes", "them")
    )
    text = (
        f"{listed(names)} {look}: to treat people differently by {it} may be unlawful; "
        f"segments can be described with {it} instead"
    )
    return [Finding("sensitive", names, text, " ".join(argument(f"data.use.{name}", "sensitive") for name in names))]


def near_constant_findings(view: View) -> list[Finding]:
    """One finding that names the columns in which nearly all rows are alike."""
    most = {name: _most_common(view.table[name]) for name in view.fitted if len(view.table)}
    alike = {name: (value, found) for name, (value, found) in most.items() if _NEARLY_ALL <= found < 1}
    if not alike:
        return []
    told = listed(f"{name} ({value} in {share(found)} of the rows)" for name, (value, found) in alike.items())
    mend = " ".join(argument(f"data.use.{name}", "describe_with") for name in alike)
    return [Finding("near_constant", tuple(alike), f"hardly any customer differs in {told}", mend)]


def _sorted_by(name: str, view: View) -> list[Finding]:
    if name not in view.numbers:
        return []
    ranks = sampled(view.numbers[[other for other in view.fitted if other in view.numbers]], ROWS).rank()
    with np.errstate(invalid="ignore", divide="ignore"):
        going = {
            other: float(ranks[name].corr(ranks[other])) for other in map(str, ranks) if other not in view.id_features
        }
    with_it = {other: found for other, found in going.items() if abs(found) >= _RISES_WITH}
    return [
        Finding(
            "sorted_by",
            (other, name),
            f"the rows were numbered in the order of {other}, so {name} is a hidden copy of it "
            f"(rank correlation {found:.2f})",
        )
        for other, found in with_it.items()
    ]


def _most_common(values: pd.Series) -> tuple[str, float]:
    comparable = values if values.dtype != object else values.map(str, na_action="ignore")
    counts = comparable.value_counts(dropna=False)
    value = counts.index[0]
    return "missing" if pd.isna(value) else str(value), float(counts.iloc[0] / len(values))
