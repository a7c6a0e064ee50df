"""What `segkit explore` prints: the boxes, the first findings, and where the page is."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from textwrap import fill
from typing import Any

import pandas as pd

from segkit.data.boxes import boxes_text, columns_table
from segkit.data.dataset import Dataset
from segkit.data.findings import Finding
from segkit.data.findings.finding import counted
from segkit.output import in_the_ui

_MOST_SHOWN = 5
_WIDTH = 110
_NOTHING = "Nothing that would spoil a segmentation was found."


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding, the most important first; its columns stand in one cell."""
    rows = [{**asdict(finding), "columns": ", ".join(finding.columns)} for finding in findings]
    return pd.DataFrame(rows, columns=["topic", "columns", "text", "mend"])


def findings_note(findings: Sequence[Finding]) -> str:
    """The findings as the description of a run."""
    return "\n".join(f"- {finding.text}" for finding in findings) or _NOTHING


def explored_text(dataset: Dataset, findings: Sequence[Finding], path: Path, link: str) -> str:
    """For people."""
    lines = [boxes_text(dataset), "", *_findings_lines(findings), ""]
    return "\n".join([*lines, f"The page: {path}", f"{in_the_ui(link)} {link}"])


def explored_values(
    dataset: Dataset, findings: Sequence[Finding], path: Path, run_id: str, link: str
) -> dict[str, Any]:
    """For `format=json`."""
    return {
        "data": dataset.name,
        "customers": len(dataset.table),
        "columns": columns_table(dataset).to_dict("records"),
        "findings": [asdict(finding) for finding in findings],
        "output": str(path),
        "run_id": run_id,
        "link": link,
    }


def _findings_lines(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return [_NOTHING]
    more = f", the first {_MOST_SHOWN}" if len(findings) > _MOST_SHOWN else ""
    told = [line for number, finding in enumerate(findings[:_MOST_SHOWN], 1) for line in _lines(number, finding)]
    return [f"{counted(len(findings), 'thing')} worth knowing{more}:", *told]


def _lines(number: int, finding: Finding) -> list[str]:
    text = fill(finding.text, _WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ", break_on_hyphens=False)
    # Unbroken, so that it can be copied.
    return [text, f"     {finding.mend}"] if finding.mend else [text]
