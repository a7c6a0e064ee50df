"""Promoting a run and rolling back: what is registered, which alias moves, and what changes for customers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from segkit.data import Dataset
from segkit.errors import UserError, WorkFailed
from segkit.profiles.names_file import Called
from segkit.promoted import Holder, Told
from segkit.records import FINISHED, RunRecord
from segkit.succession import check_columns
from segkit.tracking.heirs import Heir, Tables, known_heir, new_heir, of_run, version_of
from segkit.tracking.names import inside_tags
from segkit.tracking.registry import crown, mend_history, point, register_version, registry_lock
from segkit.tracking.reporting import fitted_hash
from segkit.tracking.store import Store
from segkit.tracking.version_tags import (
    BY,
    COMPARED,
    DATA_HASH,
    LOCKED,
    NAMES,
    RUN_NAME,
    WARNING,
    segment_names,
    who,
)
from segkit.tracking.versions import (
    CHAMPION,
    WHY,
    Version,
    champion,
    champions,
    holder,
    model_names,
    version,
    version_scorer,
    versions,
)


def no_table(run_id: str) -> Dataset | None:
    """Where the tables that runs were fitted on are not at hand."""
    return None


@dataclass(frozen=True)
class Terms:
    """How a run is promoted: the alias that it gets, who does it ("" is the user), the share of customers who may move
    without a warning, and whether other columns than the champion's are taken all the same.
    """

    alias: str = CHAMPION
    by: str = ""
    most_moved: float = 0.2
    force: bool = False


AS_CHAMPION = Terms()


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

    `called` names and describes the run's own segments in place of ours: that makes a version of its own. `tables` finds
    the customers by whom its segments are recognised as those of the champion.
    """
    _check(run, terms)
    said = {**evidence, **inside_tags(run.inside), WHY: reason}
    with registry_lock(store, name):
        mend_history(store, name)
        held, before = holder(store, name, terms.alias), _reference(store, name)
        if held is not None and of_run(held, run.model_run, called):
            return _told(store, terms.alias, held, held, held.tags.get(WHY, reason))
        locked = before.locked if before else ()
        known = version_of(versions(store, name), run.model_run, called, locked) if before else None
        heir = _heir(store, name, run, called, terms, before, known, tables)
        warning = _warning(heir, terms.most_moved)
        new = known or _register(store, name, run, said, terms, heir, before, warning)
        _move(store, name, terms.alias, new.version)
        return _told(store, terms.alias, new, held, reason, heir, before, warning)


def roll_back(store: Store, name: str, steps: int = 1, tables: Tables = no_table, most_moved: float = 0.2) -> Told:
    """Give the alias back to the champion so many steps before."""
    with registry_lock(store, name):
        mend_history(store, name)
        held, old = champions(store, name), champion(store, name)
        _check_steps(name, steps, held, old)
        new = version(store, name, held[-1 - steps])
        assert old is not None
        heir = known_heir(store, new, old, tables) if new.version != old.version else None
        crown(store, name, held[:-steps])
        reason = f"rolled back from version {old.version}" + (f" by {steps} steps" if steps > 1 else "")
        warning = _warning(heir, most_moved)
        return _told(store, CHAMPION, version(store, name, new.version), old, reason, heir, old, warning)


def check_terms(terms: Terms, name: str | None = None) -> None:
    """Refuse what the registry would not take as an alias or as a model's name, and a share that is none."""
    if not re.fullmatch(r"[\w-]{1,255}", terms.alias) or re.fullmatch(r"latest|v\d+", terms.alias, re.IGNORECASE):
        mend = "use letters, digits, - and _, but not latest or v1, which mean versions: alias=challenger"
        raise UserError(f"alias={terms.alias} cannot be an alias", mend)
    if name is not None and not re.fullmatch(r"[^/:@'\"\\\s][^/:@'\"\\]*", name):
        raise UserError(f"model={name} cannot be the name of a model", "use letters, digits, - and _")
    if not 0 <= terms.most_moved <= 1:
        raise UserError(f"most_moved={terms.most_moved:g} is no share of customers", "give one between 0 and 1")


def _check(run: RunRecord, terms: Terms) -> None:
    check_terms(terms)
    if run.status != FINISHED:
        raise WorkFailed(
            f"{run.name} did not finish ({run.reason or run.status.lower()}), so it has no model to promote"
        )


def _check_steps(name: str, steps: int, held: list[int], now: Version | None) -> None:
    if steps < 1:
        raise UserError(f"steps={steps} is no number of steps back", "steps=1 is the champion before")
    if now is None:
        raise WorkFailed(f"{name} has no champion now; `segkit promote` makes one")
    if len(held) < 2:
        raise WorkFailed(f"{name} has no earlier champion to go back to")
    if steps > len(held) - 1:
        many = f"{len(held) - 1} earlier champion{'s' if len(held) > 2 else ''}"
        raise UserError(f"steps={steps}, but {name} has {many} to go back to", f"use up to steps={len(held) - 1}")


def _reference(store: Store, name: str) -> Version | None:
    """The version whose numbers and columns a new one goes by: the champion, else the newest."""
    if name not in model_names(store):
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


def _warning(heir: Heir | None, most: float) -> str:
    """What is said where many customers change segment."""
    if heir is None or heir.change is None or not heir.change.migration.moved_share > most:
        return ""
    return f"{heir.change.migration.moved_share:.1%} of customers change segment, more than most_moved={most:g}"


def _told(
    store: Store,
    alias: str,
    new: Version,
    old: Version | None,
    reason: str,
    heir: Heir | None = None,
    compared: Version | None = None,
    warning: str = "",
) -> Told:
    return Told(
        new.model,
        alias,
        _holder(new),
        _holder(old) if old else None,
        _holder(now) if (now := champion(store, new.model)) else None,
        reason,
        heir.change if heir else None,
        compared.version if compared and heir else None,
        new.locked,
        warning,
    )


def _holder(found: Version) -> Holder:
    return Holder(found.version, found.run_id, segment_names(found.tags))
