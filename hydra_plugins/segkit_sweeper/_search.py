"""A sweep that tries some of the combinations only: each batch is chosen from how well those before did."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean

from hydra_plugins.segkit_sweeper._plan import Compose, Job, Look, Plan, make_job, make_plan, spread
from hydra_plugins.segkit_sweeper._space import Space
from hydra_plugins.segkit_sweeper._tpe import Tpe, import_optuna
from segkit.config.within import settled
from segkit.errors import UserError
from segkit.fingerprint import fingerprint
from segkit.records import FINISHED, RunRecord, latest_of_each

# A run to how good it is by itself, higher is better.
Score = Callable[[RunRecord], float]

# What failed is below whatever has run.
_FAILED = -1000.0
# After so many draws in a row that are known already the next are from anywhere; after so many, nothing is left.
_PATIENCE = 10
_MOST_IN_VAIN = 300


@dataclass(frozen=True)
class Trial:
    """A combination that is tried: the sampler's number for it, and its jobs, one for each seed."""

    number: int
    jobs: tuple[Job, ...]

    def score(self, runs: Mapping[str, RunRecord], score: Score) -> float:
        """The mean over its runs."""
        found = [runs.get(job.label.fingerprint) for job in self.jobs]
        return fmean(score(run) if run is not None and run.status == FINISHED else _FAILED for run in found)


@dataclass(frozen=True)
class SearchPlan(Plan):
    """The plan of a search: it draws `trials` combinations that compute different things, `batch` at once.

    Nothing is kept of a search but its runs. Started again it draws the same ones, finds their runs done, and so comes
    to where it was.
    """

    space: Space = field(kw_only=True)
    compose: Compose = field(kw_only=True)
    score: Score = field(kw_only=True)
    trials: int = field(kw_only=True)
    startup: int = field(kw_only=True)
    batch: int = field(kw_only=True)

    @property
    def total(self) -> int:
        """How many runs there will be at most: fewer if seeds change nothing, or if there are not so many."""
        return self.trials * max(1, len(self.space.seeds))

    def batches(self, look: Look) -> Iterator[tuple[Job, ...]]:
        """The jobs of the trials; `look` is asked for their runs when the next batch is wanted."""
        sampler = Tpe(self.space.axes, self.startup, self._seed())
        drawn = self._new_trials(sampler)
        left = self.trials
        while trials := list(islice(drawn, min(self.batch, left))):
            yield tuple(spread([job for trial in trials for job in trial.jobs]))
            runs = {run.fingerprint: run for run in latest_of_each(look())}
            for trial in trials:
                sampler.tell(trial.number, trial.score(runs, self.score))
            left -= len(trials)

    def _new_trials(self, sampler: Tpe) -> Iterator[Trial]:
        """Trials that compute what none before did, until there seem to be no more."""
        seen: set[str] = set()
        in_vain = 0
        while in_vain < _MOST_IN_VAIN:
            number, drawn = sampler.draw() if in_vain < _PATIENCE else sampler.draw_freely()
            jobs = {job.label.fingerprint: job for job in map(self._job, self.space.overrides(drawn))}
            if seen.issuperset(jobs):
                sampler.drop(number)
                in_vain += 1
                continue
            seen, in_vain = seen | jobs.keys(), 0
            yield Trial(number, tuple(jobs.values()))

    def _job(self, overrides: Sequence[str]) -> Job:
        config, pages = self.compose(overrides)
        return make_job(overrides, settled(config, overrides), pages)[0]

    def _seed(self) -> int:
        first = self.space.overrides({axis.name: axis.ends[0] for axis in self.space.axes})[0]
        return int(self.compose(first)[0].seed)


def make_search(
    space: Space, compose: Compose, score: Score, settings: Mapping[str, object], workers: int
) -> SearchPlan:
    """The plan of a search; `settings` are its page and all else that steers it.

    The same space, data and settings continue the same sweep, however many trials are asked for.
    """
    trials, startup, batch = (_number(settings, name) for name in ("trials", "startup", "batch"))
    batch = batch or 2 * workers
    import_optuna()  # before anything is written
    corners = make_plan(space.corners(), compose)
    asked = {**settings, "trials": None, "batch": batch, "axes": repr(space.axes), "seeds": space.seeds}
    ends = sorted(job.label.fingerprint for job in corners.jobs)
    sweep = fingerprint({"search": asked, "ends": ends, "data": corners.dataset.name})[:12]
    return SearchPlan(
        sweep,
        corners.choices,
        corners.path,
        (),
        corners.evens_tails,
        space=space,
        compose=compose,
        score=score,
        trials=trials,
        startup=startup,
        batch=batch,
    )


def _number(settings: Mapping[str, object], name: str) -> int:
    number = settings.get(name)
    if number is None and name == "batch":
        return 0
    if not isinstance(number, int) or number < 1:
        raise UserError(f"search.{name}={number} does not do", "give a whole number from 1 on")
    return number
