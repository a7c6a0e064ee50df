"""What a promotion would do, found out without writing anything."""

from collections.abc import Mapping
from dataclasses import dataclass

from segkit.errors import WorkFailed
from segkit.identity.succession import check_columns
from segkit.profiles.names_file import Called
from segkit.records import FINISHED, RunRecord
from segkit.tracking.registry.heirs import Heir, Tables, known_heir, new_heir, no_table, of_run, version_of
from segkit.tracking.registry.terms import AS_CHAMPION, Terms, check_terms
from segkit.tracking.registry.told import warning_of
from segkit.tracking.registry.versions import Version, champion, holder, is_registered, version_scorer, versions
from segkit.tracking.store import Store


@dataclass(frozen=True, eq=False)
class Planned:
    """Version `held` has the alias now; the run follows version `before`, as `heir` (None: nobody can move).

    `known` is the version that the run was registered as before; without one there will be a new one.
    """

    held: Version | None
    before: Version | None
    known: Version | None
    heir: Heir | None
    warning: str = ""

    @property
    def holds(self) -> bool:
        """Whether the run has the alias already."""
        return self.held is not None and self.known is not None and self.held.version == self.known.version


def plan(
    store: Store,
    name: str,
    run: RunRecord,
    called: Mapping[int, Called] | None = None,
    terms: Terms = AS_CHAMPION,
    tables: Tables = no_table,
) -> Planned:
    """What `promote` would do with the same arguments; it refuses what this refuses."""
    _check(name, run, terms)
    held, before = holder(store, name, terms.alias), _reference(store, name)
    if held is not None and of_run(held, run.model_run, called):
        return Planned(held, before, held, None)
    locked = before.locked if before else ()
    known = version_of(versions(store, name), run.model_run, called, locked) if before else None
    heir = _heir(store, name, run, called, terms, before, known, tables)
    return Planned(held, before, known, heir, warning_of(heir, terms.most_moved))


def _check(name: str, run: RunRecord, terms: Terms) -> None:
    check_terms(terms, name)
    if run.status != FINISHED:
        raise WorkFailed(
            f"{run.name} did not finish ({run.reason or run.status.lower()}), so it has no model to promote"
        )


def _reference(store: Store, name: str) -> Version | None:
    """The version whose numbers and columns a new one goes by: the champion, else the newest."""
    if not is_registered(store, name):
        return None
    return champion(store, name) or next(iter(versions(store, name)), None)


def _heir(
    store: Store,
    name: str,
    run: RunRecord,
    called: Mapping[int, Called] | None,
    terms: Terms,
    before: Version | None,
    known: Version | None,
    tables: Tables,
) -> Heir | None:
    """What is to hold the alias; None where nobody can move, because the champion gets a further alias."""
    if known is None or before is None:
        return new_heir(store, name, run, called, before, tables, terms.force)
    if known.version == before.version:
        return None
    if not terms.force:
        check_columns(version_scorer(store, known), version_scorer(store, before), name)
    return known_heir(store, known, before, tables)
