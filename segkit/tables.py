"""Ranked runs as tables: one for files, a narrow one for the terminal."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from segkit.records import FINISHED, RunRecord
from segkit.selection import Ranking

_STEPS = ("preprocessing", "reducer", "algorithm")
_SHOWN = {
    "silhouette_macro": "sil.macro",
    "silhouette": "silhouette",
    "davies_bouldin": "dav.bouldin",
    "smallest_share": "smallest",
    "noise_share": "noise",
    "assign_agreement": "assignable",
    "truth_ami": "truth_ami",
}


def ranking_table(ranking: Ranking) -> pd.DataFrame:
    """Every finished run with its place, parameters, metrics and guards."""
    rows = [
        {"rank": ranked.rank, "run_id": ranked.run.run_id, "name": ranked.run.name}
        | {step: ranked.run.params.get(step, "") for step in _STEPS}
        | {"k": ranked.run.k}
        | dict(ranked.run.metrics)
        | {"guards": " ".join(ranked.guards)}
        for ranked in ranking.runs
    ]
    return pd.DataFrame(rows).astype({"k": "Int64"}) if rows else pd.DataFrame(columns=["rank", "run_id", "name"])


def ranking_json(ranking: Ranking) -> list[dict[str, Any]]:
    """The same as plain values."""
    return [
        {
            "rank": ranked.rank,
            "run_id": ranked.run.run_id,
            "name": ranked.run.name,
            "status": ranked.run.status,
            "params": dict(ranked.run.params),
            "metrics": dict(ranked.run.metrics),
            "guards": list(ranked.guards),
        }
        for ranked in ranking.runs
    ]


def failed_json(ranking: Ranking) -> list[dict[str, str]]:
    """The runs without a result, and why."""
    return [{"run_id": run.run_id, "name": run.name, "reason": run.reason or run.status} for run in ranking.failed]


def ranking_text(ranking: Ranking, most: int = 15) -> str:
    """The best runs for a terminal; metrics that no run has are left out."""
    table = ranking_table(ranking)
    if table.empty:
        return "no run finished"
    shown = {name: title for name, title in _SHOWN.items() if name in table}
    head = table.head(most)
    narrow = pd.DataFrame({"": head["rank"], "run": head["name"], "segments": head["segments"].map("{:.0f}".format)})
    for name, title in shown.items():
        narrow[title] = head[name].map(lambda value: "" if pd.isna(value) else f"{value:.3f}")
    narrow["guards"] = head["guards"].str.replace(" ", ", ")
    narrow["id"] = head["run_id"].str[:8]
    more = f"\n  ... and {len(table) - most} more (`segkit compare format=csv` lists all)" if len(table) > most else ""
    return left_aligned(narrow, ("run", "guards")) + more


def left_aligned(table: pd.DataFrame, names: Sequence[str] = ()) -> str:
    """A table as text, numbers to the right and the named columns to the left."""
    widths = {name: max([len(str(name)), *(len(str(value)) for value in table[name])]) for name in table.columns}
    lines = [
        [str(name) for name in table.columns],
        *([str(value) for value in row] for row in table.itertuples(index=False)),
    ]
    return "\n".join(
        "  ".join(_cell(value, name, widths[name], names) for value, name in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def k_table(runs: Sequence[RunRecord]) -> pd.DataFrame:
    """Pipeline, k and the metrics that are read against k, for the runs that have a k."""
    rows = [
        {
            "pipeline": run.pipeline,
            "k": run.k,
            "inertia": run.metrics.get("inertia"),
            "silhouette_macro": run.metrics.get("silhouette_macro"),
        }
        for run in runs
        if run.status == FINISHED and run.k is not None
    ]
    return pd.DataFrame(rows, columns=["pipeline", "k", "inertia", "silhouette_macro"])


def _cell(value: str, name: str, width: int, left: Sequence[str]) -> str:
    return value.ljust(width) if name in left else value.rjust(width)
