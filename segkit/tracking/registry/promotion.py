"""Promoting a run: what is registered, which alias moves, and what changes for customers."""

import json
from collections.abc import Mapping

from segkit.errors import WorkFailed
from segkit.identity.promoted import Told
from segkit.identity.succession import check_columns
from segkit.profiles.names_file import Called
from segkit.records import FINISHED, RunRecord
from segkit.tracking.names import inside_tags
from segkit.tracking.registry.heirs import Heir, Tables, known_heir, new_heir, no_table, of_run, version_of
from segkit.tracking.registry.register import crown, mend_history, point, register_version, registry_lock
from segkit.tracking.registry.tags import (
    BY,
    COMPARED,
    DATA_HASH,
    LOCKED,
    NAMES,
    RUN_NAME,
    WARNING,
    who,
)
from segkit.tracking.registry.terms import AS_CHAMPION, Terms, check_terms
from segkit.tracking.registry.told import told, warning_of
from segkit.tracking.registry.versions import (
    CHAMPION,
    WHY,
    Version,
    champion,
    champions,
    holder,
    is_registered,
    version_scorer,
    versions,
)
from segkit.tracking.reporting import fitted_hash
from segkit.tracking.store import Store


def promote(
    store: Store,
    name: str,
    run: RunRecord,
    reason: str,
    evidence: Mapping[str, str],
    called: Mapping[int, Called] | None = None,
    terms: Terms = AS_CHAMPION,
    tables: Tables = no_table,
) -> Told:
    """Make the run's model the champion of `name`, or give it another alias.

    `called` names and describes the run's own segments in place of ours: that makes a version of its own. `tables`
    finds the customers by whom its segments are recognised as those of the champion.
    """
    _check(name, run, terms)
    said = {**evidence, **inside_tags(run.inside), WHY: reason}
    with registry_lock(store, name):
        mend_history(store, name)
        held, before = holder(store, name, terms.alias), _reference(store, name)
        if held is not None and of_run(held, run.model_run, called):
            return told(store, terms.alias, held, held, held.tags.get(WHY, reason))
        locked = before.locked if before else ()
        known = version_of(versions(store, name), run.model_run, called, locked) if before else None
        heir = _heir(store, name, run, called, terms, before, known, tables)
        warning = warning_of(heir, terms.most_moved)
        new = known or _register(store, name, run, said, terms, heir, before, warning)
        _move(store, name, terms.alias, new.version)
        return told(store, terms.alias, new, held, reason, heir, before, warning)


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


def _register(
    store: Store,
    name: str,
    run: RunRecord,
    said: Mapping[str, str],
    terms: Terms,
    heir: Heir | None,
    before: Version | None,
    warning: str,
) -> Version:
    assert heir is not None
    tags = {**said, RUN_NAME: run.name, DATA_HASH: fitted_hash(store, run), NAMES: heir.mark, BY: terms.by or who()}
    tags |= {COMPARED: str(before.version)} if before else {}
    tags |= {LOCKED: json.dumps(heir.reign.locked)} if heir.reign.locked else {}
    tags |= {WARNING: warning} if warning else {}
    reign = heir.reign
    return register_version(
        store, name, run.model_run, reign.scorer, reign.called, tags, labels=heir.labels, change=heir.change
    )


def _move(store: Store, name: str, alias: str, number: int) -> None:
    if alias == CHAMPION:
        crown(store, name, [*champions(store, name), number])
    else:
        point(store, name, alias, number)
