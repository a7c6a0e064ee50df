"""Which run of a sweep to choose: the brief and the guards say what is out, the rule ranks the rest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from segkit.brief import Brief, worst
from segkit.records import FINISHED, RunRecord


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
        """The best run that trips no guard."""
        return next((ranked for ranked in self.runs if not ranked.guards), None)


@dataclass(frozen=True)
class MetricRule:
    """Ranks by one metric, highest first; runs that trip a guard come after all others."""

    name: str
    metric: str
    most_noise: float = 1.0
    most_in_one: float = 1.0
    least_agreement: float = 0.0

    def rank(self, runs: Sequence[RunRecord], brief: Brief) -> Ranking:
        """Order the finished runs; the failed ones are listed apart."""
        judged = [(run, self.guards(run, brief)) for run in runs if run.status == FINISHED]
        judged.sort(key=lambda pair: (bool(pair[1]), -self._score(pair[0]), pair[0].name))
        ranked = tuple(Ranked(place, run, tuple(guards)) for place, (run, guards) in enumerate(judged, start=1))
        return Ranking(self.name, self.metric, ranked, tuple(run for run in runs if run.status != FINISHED), brief)

    def guards(self, run: RunRecord, brief: Brief) -> list[str]:
        """Why a run should not be chosen, by name; empty if nothing speaks against it."""
        tripped = {
            "no_score": self._score(run) == -math.inf,
            "too_noisy": worst(max, run, "noise_share") > self.most_noise,
            "one_eats_all": run.metrics.get("largest_share", 0) > self.most_in_one,
            "lone_customer": run.metrics.get("lone_segments", 0) > 0,
            "ignores_weights": run.metrics.get("weights_used", 1) < 1,
            "cannot_assign": run.metrics.get("assign_agreement", 0) < self.least_agreement,
        }
        return brief.broken_by(run) + [name for name, is_tripped in tripped.items() if is_tripped]

    def _score(self, run: RunRecord) -> float:
        return run.metrics.get(self.metric, -math.inf)
