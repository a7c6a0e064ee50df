"""Two runs of a sweep side by side, as values: the same customers, and where each run puts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from segkit.answer import by_silhouette, runner_up
from segkit.app.gathered.contents import opened
from segkit.app.settings import Settings
from segkit.config.datasets import load_dataset
from segkit.config.kept import kept_config
from segkit.config.stored import ranking_of
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.identity.two_runs import Seen, TwoRuns, held_against
from segkit.measures import known_measures
from segkit.records import RunRecord
from segkit.remembered import bytes_of, remembers
from segkit.selection import Ranking
from segkit.tracking.read import find_sweep
from segkit.tracking.reporting import run_scorer
from segkit.tracking.store import Store


class Line(NamedTuple):
    """A parameter or measure of two runs: its title, both values, whether these compare, and what it says."""

    title: str
    first: str
    second: str
    comparable: bool = True
    says: str = ""


@dataclass(frozen=True, eq=False)
class Compared:
    """Two runs, what both make of the customers of a table, and the ranking that they stand in."""

    ranking: Ranking
    first: RunRecord
    second: RunRecord
    dataset: Dataset
    two: TwoRuns

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The finished runs of the sweep, the best first: the id, and what it is called in a list."""
        parts = _parts(self.ranking)
        named = ((one.run.run_id, f"{one.rank} {one.run.name}") for one in self.ranking.runs)
        return [(run_id, ", ".join([name, *parts.get(run_id, [])])) for run_id, name in named]

    @property
    def lines(self) -> list[Line]:
        """The parameters and measures in which they differ."""
        return [line for line in (*self._params(), *self._measures()) if line.first != line.second]

    def _params(self) -> Iterator[Line]:
        first, second = self.first.params, self.second.params
        for name in dict.fromkeys([*first, *second]):
            yield Line(name.replace("_", " "), first.get(name, ""), second.get(name, ""))

    def _measures(self) -> Iterator[Line]:
        first, second = self.first.metrics, self.second.metrics
        for measure in known_measures([*first, *second]):
            one, other = (measure.words(own[measure.name]) if measure.name in own else "" for own in (first, second))
            comparable = not measure.own_space or self.first.space == self.second.space
            yield Line(measure.title, one, other, comparable, measure.says)


def compared(settings: Settings, sweep: str, ended: float, first: str, second: str) -> Compared:
    """The runs of these ids in a sweep that ended then; "" stands for the recommended run, and for the runner-up.

    Raises UserError where there are none.
    """
    return _compared(opened(settings), sweep, ended, first, second)


@remembers(lambda found: bytes_of(found.dataset.table))
def _compared(store: Store, sweep: str, ended: float, first: str, second: str) -> Compared:
    """Another one when the sweep has gone on and `ended` again."""
    ranking = ranking_of(store, find_sweep(store, sweep))
    one, other = _chosen(ranking, first, second)
    dataset, seen = _seen(store, one)
    _, seen_again = _seen(store, other)
    return Compared(ranking, one, other, dataset, held_against(seen, seen_again))


def _chosen(ranking: Ranking, first: str, second: str) -> tuple[RunRecord, RunRecord]:
    runs = [ranked.run for ranked in ranking.runs]
    if len(runs) < 2:
        raise UserError("fewer than two runs of the sweep finished, so there is nothing to compare")
    by_id = {run.run_id: run for run in runs}
    strange = next((one for one in (first, second) if one and one not in by_id), None)
    if strange is not None:
        raise UserError(f"there is no run {strange[:40]} that finished in this sweep", "choose from the lists")
    best = ranking.champion
    one = by_id[first] if first else (best.run if best else runs[0])
    after = runner_up(ranking, best) if best and one is best.run else None
    usual = after or next(run for run in runs if run is not one)
    return one, by_id[second] if second else usual


def _seen(store: Store, run: RunRecord) -> tuple[Dataset, Seen]:
    """The table that a run was fitted on, and its customers as the run segments them."""
    dataset, scorer = load_dataset(kept_config(store, run)), run_scorer(store, run)
    scores = scorer.score(dataset.table, dataset.as_of)
    return dataset, Seen(scores["segment"].to_numpy(int), scores["confidence"].to_numpy(float), scorer.names)


def _parts(ranking: Ranking) -> dict[str, list[str]]:
    """Run id -> the parts that it plays in the sweep."""
    best = ranking.champion
    if best is None:
        return {}
    found: dict[str, list[str]] = {best.run.run_id: ["recommended"]}
    second = runner_up(ranking, best)
    if second is not None:
        found.setdefault(second.run_id, []).append("runner-up")
    found.setdefault(by_silhouette(ranking, best).run.run_id, []).append("best silhouette")
    return found
