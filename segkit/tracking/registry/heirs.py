"""What a run's model becomes as a version that follows another: its numbers and names, and who moves."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd
from mlflow.exceptions import MlflowException

from segkit.data import Dataset
from segkit.errors import UserError, WorkFailed
from segkit.identity.moves import Change
from segkit.identity.people import crossed, moves
from segkit.identity.succession import Reign, check_columns, segments_of, succeed
from segkit.profiles.names_file import Called
from segkit.records import RunRecord
from segkit.scoring.scorer import Scorer
from segkit.segments import NOISE
from segkit.tracking.registry.numbers import free_number
from segkit.tracking.registry.register import names_mark
from segkit.tracking.registry.tags import DATA_HASH, EDIT, NAMES
from segkit.tracking.registry.versions import Version, run_labels, version_labels, version_names, version_scorer
from segkit.tracking.reporting import fitted_hash, run_scorer
from segkit.tracking.store import Store

# The customers that a run (by its id) was fitted on; None where they cannot be read any more.
Tables = Callable[[str], Dataset | None]
_Both = tuple[pd.Series, pd.Series]


def no_table(run_id: str) -> Dataset | None:
    """Where the tables that runs were fitted on are not at hand."""
    return None


@dataclass(frozen=True, eq=False)
class Heir:
    """A segmentation, who moves between the one before it and this one, and its labels by customers' ids.

    `mark` tells it from others of the same run that have other names.
    """

    reign: Reign
    change: Change | None = None
    labels: pd.Series | None = None
    mark: str = ""


def reign_of(store: Store, found: Version) -> Reign:
    """A registered version as a segmentation in use."""
    scorer = version_scorer(store, found)
    return Reign(scorer, version_names(store, found, scorer), found.locked)


def new_heir(
    store: Store,
    name: str,
    run: RunRecord,
    called: Mapping[int, Called] | None,
    before: Version | None,
    tables: Tables,
    force: bool,
) -> Heir:
    """What a run becomes that is registered after version `before`; see `segkit.identity.succession.succeed`."""
    scorer, own = _scorer_of(store, run), _labels_of(store, run)
    if before is None:
        said = called or {segment: Called(who) for segment, who in scorer.names.items()}
        return Heir(Reign(scorer, said), None, own, names_mark(said))
    reign = _ruling(store, before, scorer, force)
    if not force:
        check_columns(scorer, reign.scorer, name)
    dataset = tables(run.model_run)
    old = version_labels(store, before) if dataset is None else None
    same = before.tags.get(DATA_HASH) == fitted_hash(store, run)
    both = (_scored(dataset, reign.scorer, scorer) or _logged(old, own, same)) if reign.called else None
    people = crossed(*both) if both else pd.DataFrame()
    found, numbers = succeed(scorer, reign, people, free_number(store, name), called)
    mark = names_mark(called or {segment: found.called[number] for segment, number in numbers.items()})
    return Heir(found, *_after(dataset, both, own, reign, found, numbers), mark)


def _ruling(store: Store, before: Version, scorer: Scorer, force: bool) -> Reign:
    """The version before; where its files are gone, and that must stop nobody, one whose segments none carries on.

    Without it the numbers of the new segments are ones that were never used.
    """
    try:
        return reign_of(store, before)
    except WorkFailed as error:
        if not force:
            raise WorkFailed(f"{error}\n  force=true promotes the run all the same, under new numbers") from error
        return Reign(scorer, {})


def known_heir(store: Store, known: Version, before: Version, tables: Tables) -> Heir:
    """A version that there is already, to follow version `before` again; the customers are those of the later run."""
    old, new = reign_of(store, before), reign_of(store, known)
    later = max(known, before, key=lambda one: one.version)
    same = before.tags.get(DATA_HASH) == known.tags.get(DATA_HASH)
    both = _scored(tables(later.run_id), old.scorer, new.scorer)
    both = both or _logged(version_labels(store, before), version_labels(store, known), same)
    return Heir(new, _change(*both, old, new) if both else None)


def of_run(found: Version, run_id: str, called: Mapping[int, Called] | None) -> bool:
    """Whether a version is this run with these names; without any given, with whatever names it has."""
    return found.run_id == run_id and (called is None or found.tags.get(NAMES) == names_mark(called))


def version_of(
    known: Collection[Version], run_id: str, called: Mapping[int, Called] | None, locked: Collection[int]
) -> Version | None:
    """The first version that this run was registered as before, so that promoting it again adds no second one.

    It must keep what the champion has locked by now, and one that people edited is not the run as it was found.
    """
    same = (one for one in known if EDIT not in one.tags and of_run(one, run_id, called))
    return next((one for one in same if set(locked) <= set(one.locked)), None)


def _after(
    dataset: Dataset | None, both: _Both | None, own: pd.Series | None, old: Reign, new: Reign, numbers: dict[int, int]
) -> tuple[Change | None, pd.Series | None]:
    """Who moves, and the labels in the version's numbers; what is locked only the table tells."""
    become = numbers | {NOISE: NOISE}
    if not new.locked:
        change = _change(both[0], both[1].map(become), old, new) if both else None
        return change, None if own is None else own.map(become)
    after = segments_of(new.scorer, dataset) if dataset is not None else None
    if both is None or after is None or dataset is None:
        return None, None
    return _change(both[0], after, old, new), after.set_axis(pd.Index(dataset.ids, name=dataset.ids.name))


def _change(before: pd.Series, after: pd.Series, old: Reign, new: Reign) -> Change:
    names = [{number: said.name for number, said in reign.called.items()} for reign in (old, new)]
    return Change(moves(before, after), *names)


def _scored(dataset: Dataset | None, old: Scorer, new: Scorer) -> _Both | None:
    """The segments that two scorers give the customers of a table, in order, if both can read it."""
    if dataset is None:
        return None
    before, after = segments_of(old, dataset), segments_of(new, dataset)
    return None if before is None or after is None else (before, after)


def _logged(old: pd.Series | None, new: pd.Series | None, same_data: bool) -> _Both | None:
    """Labels by customers' ids, if both are known; rows without ids are the same customers in the same table only."""
    if old is None or new is None or ("row" in (old.index.name, new.index.name) and not same_data):
        return None
    return old, new


def _scorer_of(store: Store, run: RunRecord) -> Scorer:
    try:
        return run_scorer(store, run)
    except MlflowException as error:
        raise WorkFailed(f"the model of run {run.model_run} is gone; run the sweep again with rerun=true") from error


def _labels_of(store: Store, run: RunRecord) -> pd.Series | None:
    try:
        return run_labels(store, run.model_run)
    except (MlflowException, OSError, KeyError, UserError):
        return None
