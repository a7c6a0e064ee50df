"""The report as plain values, for programs."""

from dataclasses import asdict
from typing import Any

import pandas as pd

from segkit.report.content import Content


def report_values(content: Content) -> dict[str, Any]:
    """What the page says, under plain names; missing numbers are None."""
    portrait = content.portrait
    return {
        "data": content.title,
        "inside": asdict(portrait.dataset.inside) if portrait.dataset.inside else None,
        "run": content.told.run.run_id,
        "verdict": content.told.verdict,
        "recommendation": content.recommendation,
        "segments": [asdict(card) for card in content.cards],
        "worth": _rows(portrait.worth),
        "outcomes": _rows(portrait.outcomes),
        "first": _rows(content.advice.first.drop(columns="axes", errors="ignore")),
        "rules": {
            "sql": content.sql,
            "fidelity": portrait.rules.fidelity if portrait.rules else None,
            "on_table": portrait.rules.on_table if portrait.rules else None,
        },
        "questions": portrait.typing.as_dict() if portrait.typing else None,
        "limitations": [str(point) for point in content.advice.limitations],
        "evidence": {one.name: one.value for one in content.advice.glossary},
        "made": dict(content.made),
    }


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.to_dict("records")
    return [{str(key): None if pd.isna(value) else value for key, value in row.items()} for row in rows]
