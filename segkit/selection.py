"""Which run of a sweep to choose: the brief and the guards say what is out, the rule ranks the rest."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from segkit.brief import Brief, worst
from segkit.records import FINISHED, RunRecord, one_of_each_setting

# Less stability than this counts as so much.
_HARDLY = 0.001


@dataclass(frozen=True)
class Ranked:
    """A run with its place and the guards it tripped."""

    rank: int
    run: RunRecord
    guards: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """The finished runs of a sweep, best first; `champion` is None when none may be promoted."""

    rule: str
    metric: str
    runs: tuple[Ranked, ...]
    failed: tuple[RunRecord, ...]
    brief: Brief = field(default_factory=Brief)

    @property
    def champion(self) -> Ranked | None:
        """The best run that trips no guard; where evidence was gathered, of those that it was gathered on."""
        weighed = any(is_weighed(ranked.run) for ranked in self.runs)
        sound = (ranked for ranked in self.runs if not ranked.guards)
        return next((ranked for ranked in sound if is_weighed(ranked.run) or not weighed), None)

    @property
    def best_run(self) -> RunRecord | None:
        """The champion's run."""
        return self.champion.run if self.champion else None


class Rule(Protocol):
    """What ranks the runs of a sweep, and says on which of them evidence is worth its time."""

    @property
    def name(self) -> str:
        """What people call it."""

    def rank(self, runs: Sequence[RunRecord], brief: Brief) -> Ranking:
        """The finished runs, best first; the failed ones are listed apart."""

    def finalists(self, runs: Sequence[RunRecord], brief: Brief) -> list[RunRecord]:
        """The runs that may be chosen, as far as can be told before there is evidence on them."""

    def promise(self, run: RunRecord, brief: Brief) -> float:
        """How good a run is by what every run has, whatever the others are: what a search climbs."""


@dataclass(frozen=True)
class Guarded:
    """The guards that every rule has; each threshold is where a guard trips. `metric` is what a run is shown with."""

    name: str
    metric: str
    most_noise: float = 1.0
    most_in_one: float = 1.0
    least_agreement: float = 0.0
    least_stability: float = -1.0
    most_repeated: float = 1.1

    def guards(self, run: RunRecord, brief: Brief) -> list[str]:
        """Why a run should not be chosen, by name; empty if nothing speaks against it."""
        metrics = run.metrics
        tripped = {
            "no_score": self.metric not in metrics,
            "too_noisy": worst(max, run, "noise_share") > self.most_noise,
            "one_eats_all": metrics.get("largest_share", 0) > self.most_in_one,
            "lone_customer": metrics.get("lone_segments", 0) > 0,
            "ignores_weights": metrics.get("weights_used", 1) < 1,
            "cannot_assign": metrics.get("assign_agreement", 0) < self.least_agreement,
            "repeats_columns": metrics.get("repeats", 0) > self.most_repeated,
            "dissolves": _stability(run, 1.0) < self.least_stability,
        }
        return brief.broken_by(run) + [name for name, is_tripped in tripped.items() if is_tripped]

    def promise(self, run: RunRecord, brief: Brief) -> float:
        """The rule's score before there is evidence, squeezed into -1 to 1, less 2 for each guard that trips then.

        So a run that trips none is above all that do, and of these the one that trips fewest is nearest to it.
        """
        score = self._alone(run)
        return score / (1 + abs(score)) - 2 * len(self._early_guards(run, brief))

    def _alone(self, run: RunRecord) -> float:
        """How good a run is by itself, before there is evidence on it."""
        return run.metrics.get(self.metric, 0.0)

    def _early_guards(self, run: RunRecord, brief: Brief) -> list[str]:
        """The guards that trip before there is evidence, and still the same when there is."""
        lasting = [name for name in self.guards(run, brief) if name != "dissolves"]
        return lasting + (["dissolves"] if _quick(run) < self.least_stability else [])

    def _ranking(self, runs: Sequence[RunRecord], brief: Brief, scores: Mapping[str, float]) -> Ranking:
        """The runs by their scores (by run id), those that trip a guard after all others."""
        judged = [(run, self.guards(run, brief)) for run in runs if run.status == FINISHED]
        judged.sort(key=lambda pair: (bool(pair[1]), -scores.get(pair[0].run_id, -math.inf), pair[0].name))
        ranked = tuple(Ranked(place, run, tuple(guards)) for place, (run, guards) in enumerate(judged, start=1))
        return Ranking(self.name, self.metric, ranked, tuple(run for run in runs if run.status != FINISHED), brief)


@dataclass(frozen=True)
class MetricRule(Guarded):
    """Ranks by one metric, highest first; runs that trip a guard come after all others."""

    most_finalists: int = 8

    def rank(self, runs: Sequence[RunRecord], brief: Brief) -> Ranking:
        """Order the finished runs; the failed ones are listed apart."""
        scores = {run.run_id: run.metrics[self.metric] for run in runs if self.metric in run.metrics}
        return self._ranking(runs, brief, scores)

    def finalists(self, runs: Sequence[RunRecord], brief: Brief) -> list[RunRecord]:
        """The best few."""
        ranked = self.rank(runs, brief).runs
        return [one.run for one in ranked if not one.guards][: self.most_finalists]


@dataclass(frozen=True)
class TrustedRule(Guarded):
    """Of the runs whose segments are both apart and stable, the one that comes out again and that others confirm.

    Finalists are the share `best` of the runs by stability times macro silhouette; among them stability times mean
    agreement with the other finalists decides, so that no single index and no single space has the last word.
    """

    best: float = 0.1
    fewest_finalists: int = 5

    def rank(self, runs: Sequence[RunRecord], brief: Brief) -> Ranking:
        """Finalists by trust, then the others by how far they are apart and stable."""
        scores = {run.run_id: _apart_and_stable(run) for run in runs}
        chosen = self.finalists(runs, brief)
        # Above every other run: trust is at least -1, and what is apart and stable at most 1.
        scores |= {run.run_id: 3.0 + trust(run) for run in chosen}
        return self._ranking(runs, brief, scores)

    def finalists(self, runs: Sequence[RunRecord], brief: Brief) -> list[RunRecord]:
        """The share of the runs that are best by what all runs have; fewer if guards speak against the rest."""
        finished = [run for run in runs if run.status == FINISHED]
        # Evidence may not change who was a finalist.
        sound = [run for run in finished if not self._early_guards(run, brief)]
        most = max(self.fewest_finalists, math.ceil(self.best * len(sound)))
        in_order = sorted(sound, key=lambda run: (-_apart_and_stable(run), run.name))
        # The same thing under another seed would confirm itself.
        return list(islice(one_of_each_setting(in_order), most))

    def _alone(self, run: RunRecord) -> float:
        return _apart_and_stable(run)


def is_weighed(run: RunRecord) -> bool:
    """Whether evidence was gathered on a run."""
    return "stability" in run.metrics


def trust(run: RunRecord) -> float:
    """Stability times agreement with the other finalists, both 1 at most; what is not known yet counts as 1."""
    return _stability(run, _quick(run)) * run.metrics.get("agreement", 1.0)


def _apart_and_stable(run: RunRecord) -> float:
    """Runs that do not come out again at all, or are too small to tell, still stand in order of their silhouettes."""
    return max(_quick(run), _HARDLY) * max(run.metrics.get("silhouette_macro", 0.0), 0.0)


def _quick(run: RunRecord) -> float:
    return run.metrics.get("stability_quick", 0.0)


def _stability(run: RunRecord, unknown: float) -> float:
    return run.metrics.get("stability", run.metrics.get("stability_quick", unknown))
