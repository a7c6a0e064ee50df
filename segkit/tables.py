"""Ranked runs as tables: one for files, a narrow one for the terminal."""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from segkit.beside import NOTHING, Beside
from segkit.over_seeds import SeedGroup, seeds_json, with_seeds
from segkit.records import STEPS
from segkit.selection import Ranked, Ranking
from segkit.tree import tree_values

# Metric -> its title and digits in the narrow table.
_SHOWN = {
    "segments": ("segments", 0),
    "silhouette_macro": ("sil.macro", 3),
    "smallest_share": ("smallest", 3),
    "noise_share": ("noise", 3),
    "assign_agreement": ("assignable", 3),
    "truth_ami": ("truth_ami", 3),
}


def ranking_table(ranking: Ranking, groups: Sequence[SeedGroup] = ()) -> pd.DataFrame:
    """Every finished run with its place, steps, features where these vary, k, metrics and guards.

    With `groups` also what is known of it over its seeds.
    """
    chosen = [ranked.run.params.get("features", "all") for ranked in ranking.runs]
    vary = len(set(chosen)) > 1
    rows = [
        {"rank": ranked.rank, "run_id": ranked.run.run_id, "name": ranked.run.name}
        | {step: ranked.run.params.get(step, "") for step in STEPS}
        | ({"features": features} if vary else {})
        | {"k": ranked.run.k}
        | dict(ranked.run.metrics)
        | {"guards": " ".join(ranked.guards)}
        for ranked, features in zip(ranking.runs, chosen, strict=True)
    ]
    if not rows:
        return pd.DataFrame(columns=["rank", "run_id", "name"])
    return with_seeds(pd.DataFrame(rows).astype({"k": "Int64"}), groups)


def sweep_json(sweep: str, verdict: str, ranking: Ranking, beside: Beside = NOTHING) -> dict[str, Any]:
    """A whole sweep as plain values: what `compare format=json` prints."""
    return {
        "sweep": sweep,
        "rule": ranking.rule,
        "brief": str(ranking.brief),
        "verdict": verdict,
        "champion": ranking.champion.run.run_id if ranking.champion else None,
        "runs": ranking_json(ranking),
        "failed": failed_json(ranking),
        "rivals": _rows(beside.rivals),
        "k_suggestions": _rows(beside.k_suggestions),
        "over_seeds": seeds_json(beside.groups),
        "trees": [tree_values(tree) for tree in beside.trees],
    }


def _rows(table: pd.DataFrame | None) -> list[dict[Hashable, Any]]:
    """A table's rows; what is missing is null."""
    if table is None:
        return []
    return table.astype(object).where(table.notna(), None).to_dict("records")


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
    table = ranking_table(ranking).head(most)
    if table.empty:
        return "no run finished"
    narrow = pd.DataFrame({"": table["rank"], "run": table["name"]})
    if "features" in table:
        pairs = zip(table["name"], table["features"], strict=True)
        narrow["run"] = [name.replace(f"-features={features}", "") for name, features in pairs]
        narrow["features"] = [one if len(one) <= 40 else f"{one[:37]}..." for one in table["features"]]
    for name, (title, digits) in _SHOWN.items():
        if name in table:
            narrow[title] = table[name].map(f"{{:.{digits}f}}".format).where(table[name].notna(), "")
        if name == "silhouette_macro" and "stability_quick" in table:
            narrow["stability"] = _stability(table)
    narrow["guards"] = table["guards"].str.replace(" ", ", ")
    narrow["id"] = table["run_id"].str[:8]
    rest = len(ranking.runs) - len(table)
    more = f"\n  ... and {rest} more (`segkit compare format=csv` lists all)" if rest else ""
    return left_aligned(narrow, ("run", "features", "guards")) + more


def _stability(table: pd.DataFrame) -> pd.Series:
    """Of finalists what was found out, of the others the quick look, marked so."""
    weighed = table["stability"] if "stability" in table else pd.Series(np.nan, table.index)
    quick = table["stability_quick"].map("~{:.2f}".format).where(table["stability_quick"].notna(), "")
    return weighed.map("{:.2f}".format).where(weighed.notna(), quick)


def ranking_markdown(ranking: Ranking, most: int = 5) -> str:
    """The best runs as a small table for the sweep's page in MLflow."""
    head = "| | run | segments | score | guards |\n|---|---|---|---|---|"
    rows = [
        f"| {r.rank} | {r.run.name} | {r.run.metrics.get('segments', 0):.0f} "
        f"| {r.run.metrics.get(ranking.metric, float('nan')):.3f} | {', '.join(r.guards)} |"
        for r in ranking.runs[:most]
    ]
    return "\n".join([head, *rows])


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


def k_table(ranking: Ranking) -> pd.DataFrame:
    """What is read against k, for the runs that have a k, best first: space, algorithm, k, metrics, guarded or not."""
    rows = [_k_row(ranked) for ranked in ranking.runs if ranked.run.k is not None]
    return pd.DataFrame(rows, columns=["space", "algorithm", "k", "inertia", "silhouette_macro", "guarded"])


def _k_row(ranked: Ranked) -> dict[str, Any]:
    params = ranked.run.params
    space = f"{params.get('preprocessing', '?')}-{params.get('reducer', '?')}"
    place = {"space": space, "algorithm": ranked.run.pipeline.removeprefix(f"{space}-"), "k": ranked.run.k}
    metrics = {name: ranked.run.metrics.get(name) for name in ("inertia", "silhouette_macro")}
    return place | metrics | {"guarded": bool(ranked.guards)}


def _cell(value: str, name: str, width: int, left: Sequence[str]) -> str:
    return value.ljust(width) if name in left else value.rjust(width)
