"""Promoting a run: what is registered, which alias moves, and what changes for customers."""

import json
from collections.abc import Mapping

from segkit.identity.promoted import Told
from segkit.profiles.names_file import Called
from segkit.records import RunRecord
from segkit.tracking.names import inside_tags
from segkit.tracking.registry.heirs import Tables, no_table
from segkit.tracking.registry.planned import Planned, plan
from segkit.tracking.registry.register import crown, mend_history, point, register_version, registry_lock
from segkit.tracking.registry.tags import BY, COMPARED, DATA_HASH, LOCKED, NAMES, RUN_NAME, WARNING, who
from segkit.tracking.registry.terms import AS_CHAMPION, Terms, check_terms
from segkit.tracking.registry.told import told
from segkit.tracking.registry.versions import CHAMPION, WHY, Version, champions
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
    check_terms(terms, name)  # before the lock, which is a file of that name
    said = {**evidence, **inside_tags(run.inside), WHY: reason}
    with registry_lock(store, name):
        mend_history(store, name)
        found = plan(store, name, run, called, terms, tables)
        held = found.held
        if held is not None and found.holds:
            return told(store, terms.alias, held, held, held.tags.get(WHY, reason))
        new = found.known or _register(store, name, run, said, terms, found)
        _move(store, name, terms.alias, new.version)
        return told(store, terms.alias, new, held, reason, found.heir, found.before, found.warning)


def _register(
    store: Store, name: str, run: RunRecord, said: Mapping[str, str], terms: Terms, found: Planned
) -> Version:
    assert found.heir is not None
    heir, reign = found.heir, found.heir.reign
    tags = {**said, RUN_NAME: run.name, DATA_HASH: fitted_hash(store, run), NAMES: heir.mark, BY: terms.by or who()}
    tags |= {COMPARED: str(found.before.version)} if found.before else {}
    tags |= {LOCKED: json.dumps(reign.locked)} if reign.locked else {}
    tags |= {WARNING: found.warning} if found.warning else {}
    return register_version(
        store, name, run.model_run, reign.scorer, reign.called, tags, labels=heir.labels, change=heir.change
    )


def _move(store: Store, name: str, alias: str, number: int) -> None:
    if alias == CHAMPION:
        crown(store, name, [*champions(store, name), number])
    else:
        point(store, name, alias, number)
