"""The winner beside its rivals, which need no algorithm: who separates outcomes and value better."""

import pandas as pd

from segkit.records import RunRecord, useful_metric
from segkit.selection import Ranking
from segkit.tables import left_aligned

BASELINE = "plain k-means"
_PLAIN = {"preprocessing": "standard", "reducer": "none", "algorithm": "kmeans"}
_ABOUT = ["name", "about", "segments"]
# A difference that another sample could turn round.
_SAME = 0.01


def standing(rivals: pd.DataFrame, ranking: Ranking) -> pd.DataFrame:
    """The champion, the plain baseline if the sweep holds it, and the rivals, with how far each separates each target.

    The columns of targets end in their measure: `Exited AUC` (a half is chance), `revenue explained` (a share of the
    differences).
    """
    targets = [str(column) for column in rivals.columns if column not in _ABOUT]
    runs = [(ranking.champion.run.name, "the winner", ranking.champion.run)] if ranking.champion else []
    runs += [(BASELINE, f"{plain.name}: no reducer", plain)] if (plain := _baseline(ranking)) else []
    rows = pd.DataFrame([_row(*one, targets) for one in runs], columns=[*_ABOUT, *targets])
    filled = [table for table in (rows, rivals) if len(table)]
    return pd.concat(filled, ignore_index=True) if targets and filled else rivals


def _row(name: str, about: str, run: RunRecord, targets: list[str]) -> list[object]:
    useful = [run.metrics.get(useful_metric(target.rpartition(" ")[0])) for target in targets]
    return [name, about, int(run.metrics.get("segments", 0)), *useful]


def _baseline(ranking: Ranking) -> RunRecord | None:
    """The best ranked of the plain runs, unless it is the champion."""
    plain = (one.run for one in ranking.runs if _PLAIN.items() <= dict(one.run.params).items())
    best = next(plain, None)
    return None if best is None or (ranking.champion and best is ranking.champion.run) else best


def against_rivals(winner: str, rivals: pd.DataFrame | None) -> str:
    """On which outcomes and values the winner does better than every rival, and on which not; "" without any.

    >>> table = pd.DataFrame({"name": ["a", "age bands"], "about": "", "segments": 4, "Exited AUC": [0.63, 0.72]})
    >>> against_rivals("a", table)
    'Against simpler ways it does worse on Exited (AUC 0.63; age bands 0.72).'
    """
    if rivals is None or winner not in set(rivals["name"]):
        return ""
    ours = rivals[rivals["name"] == winner].iloc[0]
    others = rivals[rivals["name"] != winner]
    targets = [str(column) for column in rivals.columns if column not in _ABOUT and pd.notna(ours[column])]
    found = [_standing(target, float(ours[target]), others) for target in targets if others[target].notna().any()]
    said = {how: ", ".join(words for one, words in found if one == how) for how in ("better", "as well", "worse")}
    told = [f"{how} on {words}" for how, words in said.items() if words]
    return f"Against simpler ways it does {'; '.join(told)}." if told else ""


def _standing(target: str, ours: float, others: pd.DataFrame) -> tuple[str, str]:
    """How the winner does on a target, and the figures for it."""
    scores = others[target].astype(float)
    best, theirs = others["name"].iloc[int(scores.argmax())], float(scores.max())
    column, _, measure = target.rpartition(" ")
    how = "as well" if abs(ours - theirs) <= _SAME else "better" if ours > theirs else "worse"
    return how, f"{column} ({measure} {ours:.2f}; {best} {theirs:.2f})"


def rivals_text(rivals: pd.DataFrame | None) -> list[str]:
    """The table for a terminal, line by line; empty where nothing can be compared."""
    if rivals is None or len(rivals) < 2 or len(rivals.columns) <= len(_ABOUT):
        return []
    shown = rivals.drop(columns="about").rename(columns={"name": "how far each separates"})
    numbers = [column for column in shown.columns if column not in ("how far each separates", "segments")]
    for column in numbers:
        values = shown[column].astype(float)
        shown[column] = values.map("{:.3f}".format).where(values.notna(), "")
    return ["", left_aligned(shown, ("how far each separates",))]
