"""What a report is about: a run, the table that it was fitted on, what scores customers, and the sweep around it."""

from dataclasses import dataclass
from typing import Any

from segkit.config.datasets import load_dataset
from segkit.config.kept import kept_config
from segkit.config.stored import ranking_of
from segkit.data import Dataset
from segkit.errors import UserError, WorkFailed
from segkit.records import FINISHED, RunRecord, SweepRecord
from segkit.scoring.scorer import Scorer
from segkit.selection import Ranking
from segkit.tracking.read import find_run, find_sweep, sweep_of
from segkit.tracking.registry.versions import Version, find_version, version_scorer
from segkit.tracking.reporting import fitted_hash, run_scorer
from segkit.tracking.store import Store


@dataclass(frozen=True)
class Subject:
    """A run and what belongs to it.

    `config` is what the run was computed with. `ranking` and `sweep` are None for a run on its own, `version` is set
    where a registered model was asked for. `changed` says that the table is no longer what was fitted.
    """

    run: RunRecord
    dataset: Dataset
    scorer: Scorer
    config: Any
    sweep: SweepRecord | None = None
    ranking: Ranking | None = None
    version: Version | None = None
    changed: bool = False

    @property
    def guards(self) -> tuple[str, ...]:
        """Why the run ranks below others in its sweep."""
        ranked = self.ranking.runs if self.ranking else ()
        return next((one.guards for one in ranked if one.run.fingerprint == self.run.fingerprint), ())


def subject_of(store: Store, run: str | None, sweep: str, model: str | None, table: str | None = None) -> Subject:
    """The named run, the run behind a registered model, or the best of a sweep; `table` is read in its data's place."""
    if run is not None and model is not None:
        raise UserError("run= and model= name two things to report on", "give one of them")
    version = find_version(store, model) if model is not None else None
    wanted = version.run_id if version else run
    if wanted is None:
        found = find_sweep(store, sweep)
        ranking = ranking_of(store, found)
        return _subject(store, _best(ranking), found, ranking, None, table)
    record = _record(store, wanted, version)
    if record.status != FINISHED:
        raise WorkFailed(f"{record.name} did not finish ({record.reason or record.status.lower()}): no report")
    around = sweep_of(store, record.run_id)
    ranked = ranking_of(store, around) if around else None
    return _subject(store, _as_ranked(record, ranked), around, ranked, version, table)


def _record(store: Store, run_id: str, version: Version | None) -> RunRecord:
    try:
        return find_run(store, run_id)[0]
    except UserError as error:
        if version is None:
            raise
        gone = f"{version.model}/{version.version} scores, but its run {run_id[:8]} is gone: no report"
        raise WorkFailed(gone) from error


def _subject(
    store: Store,
    run: RunRecord,
    sweep: SweepRecord | None,
    ranking: Ranking | None,
    version: Version | None,
    table: str | None,
) -> Subject:
    config = kept_config(store, run, table)
    dataset = load_dataset(config)
    scorer = version_scorer(store, version) if version else run_scorer(store, run)
    changed = dataset.hash != fitted_hash(store, run)
    return Subject(run, dataset, scorer, config, sweep, ranking, version, changed)


def _best(ranking: Ranking) -> RunRecord:
    """The champion; of a sweep without one the run in first place, of which the report says that it does not do."""
    if not ranking.runs:
        raise WorkFailed("no run of the sweep finished, so there is nothing to report")
    return (ranking.champion or ranking.runs[0]).run


def _as_ranked(run: RunRecord, ranking: Ranking | None) -> RunRecord:
    """The run as its sweep knows it: evidence hangs on the sweep's own child."""
    ranked = ranking.runs if ranking else ()
    return next((one.run for one in ranked if one.run.fingerprint == run.fingerprint), run)
