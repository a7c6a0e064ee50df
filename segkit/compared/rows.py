"""The ranked runs and the rivals as the page's tables show them: every cell as text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from segkit.answer import GUARDS
from segkit.measures import Measure, known_measures
from segkit.plots.rivals import DESCRIBING
from segkit.selection import Ranked, Ranking

# What decides stands in the first table; the whole of it in the second.
_DECIDING = (
    *("segments", "smallest_share", "silhouette_macro", "davies_bouldin", "stability", "stability_min"),
    *("prediction_strength", "lookalike_p", "agreement", "confidence", "truth_ami"),
)
# Of runs that were no finalists only a quick look is known.
_INSTEAD = {"stability": "stability_quick"}
QUICK = "~"


@dataclass(frozen=True)
class Row:
    """A run: its place and name, its values in the order of the table's measures, and why it is out, in words."""

    rank: int
    name: str
    run_id: str
    chosen: bool
    cells: tuple[str, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True)
class RivalRow:
    """A way of splitting customers: what it is, what it tells of each target and whether that beats the winner."""

    name: str
    about: str
    segments: str
    won: bool
    cells: tuple[tuple[str, bool], ...]


def all_measures(ranking: Ranking) -> list[Measure]:
    """The measures that some run has."""
    return known_measures(name for ranked in ranking.runs for name in ranked.run.metrics)


def deciding_measures(ranking: Ranking) -> list[Measure]:
    """Those of them that tell most about whether a run can be trusted."""
    known = {measure.name for measure in all_measures(ranking)}
    return known_measures(name for name in _DECIDING if known & {name, _INSTEAD.get(name, name)})


def run_rows(ranking: Ranking, measures: list[Measure], most: int) -> list[Row]:
    """The best runs, so many at most."""
    return [_row(ranked, measures, ranked is ranking.champion) for ranked in ranking.runs[:most]]


def reasons(ranking: Ranking) -> list[tuple[str, int]]:
    """Why runs are out, in words, and how many for that; the commonest first."""
    return Counter(_words(guard) for ranked in ranking.runs for guard in ranked.guards).most_common()


def rival_targets(rivals: pd.DataFrame) -> list[str]:
    """The outcomes and values by which rivals are measured."""
    return [str(name) for name in rivals.columns if name not in DESCRIBING]


def rival_rows(rivals: pd.DataFrame, winner: str) -> list[RivalRow]:
    """The rivals in their order; the winner's row is the one of its name, or the first."""
    if rivals.empty:
        return []
    place = rivals["name"].tolist().index(winner) if winner in set(rivals["name"]) else 0
    won = rivals.iloc[place]
    return [_rival_row(row, won, is_winner=number == place) for number, (_, row) in enumerate(rivals.iterrows())]


def _row(ranked: Ranked, measures: list[Measure], chosen: bool) -> Row:
    run = ranked.run
    cells = tuple(_cell(run.metrics, measure) for measure in measures)
    return Row(ranked.rank, run.name, run.run_id, chosen, cells, tuple(map(_words, ranked.guards)))


def _words(guard: str) -> str:
    return GUARDS.get(guard, guard.replace("_", " "))


def _cell(metrics: Mapping[str, float], measure: Measure) -> str:
    if measure.name in metrics:
        return measure.words(metrics[measure.name])
    quick = metrics.get(_INSTEAD.get(measure.name, ""))
    return "" if quick is None else f"{QUICK}{measure.words(quick)}"


def _rival_row(row: pd.Series, won: pd.Series, is_winner: bool) -> RivalRow:
    targets = rival_targets(row.to_frame().T)
    cells = tuple((f"{row[name]:.2f}" if pd.notna(row[name]) else "", _more(row[name], won[name])) for name in targets)
    segments = f"{row['segments']:.0f}" if pd.notna(row["segments"]) else ""
    return RivalRow(str(row["name"]), str(row["about"]), segments, is_winner, cells)


def _more(value: float, than: float) -> bool:
    """Whether it is more as far as it is shown."""
    return bool(round(value, 2) > round(than, 2))
