"""Promoting a run: who would move, before anything is written, and the same done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from segkit.app.gathered.contents import opened
from segkit.app.models.moved import Moved, moved
from segkit.app.models.segments import Segment, sized
from segkit.app.settings import Settings
from segkit.config.choice import Choice, chosen_run
from segkit.config.fitted import tables_of
from segkit.errors import UserError, WorkFailed
from segkit.identity.promoted import Told
from segkit.tracking.registry.planned import Planned, plan
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.tags import who
from segkit.tracking.registry.terms import Terms
from segkit.tracking.registry.versions import CHAMPION
from segkit.tracking.store import Store
from segkit.verdict import UNTESTED, WORDS

CHALLENGER = "challenger"
ALIASES = {CHAMPION: "the champion, which scores customers from now on", CHALLENGER: "a challenger beside the champion"}


@dataclass(frozen=True)
class Candidate:
    """What is to be promoted: the best of a sweep, or the named run; `model` is another name than its table's."""

    sweep: str
    run: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Preview:
    """What a promotion would do.

    `already` is the version of the run that is the champion, `again` one that the run was registered as before, `old`
    the champion whom it would follow. `refused` and `mend` say why it cannot be.
    """

    model: str = ""
    run: str = ""
    reason: str = ""
    verdict: str = UNTESTED
    says: str = ""
    signs: str = ""
    old: int | None = None
    already: int | None = None
    again: int | None = None
    moved: Moved | None = None
    segments: Sequence[Segment] = ()
    locked: Sequence[str] = ()
    warning: str = ""
    refused: str = ""
    mend: str = ""


def preview_of(settings: Settings, asked: Candidate) -> Preview:
    """Who would move; what the command line would refuse is refused in its words."""
    store, shown = opened(settings), Preview(model=asked.model or "", signs=who())
    try:
        choice = _chosen(store, asked)
        shown = _about(shown, choice, asked)
        return _previewed(shown, plan(store, shown.model, choice.run, terms=Terms(), tables=tables_of(store)))
    except UserError as error:
        return replace(shown, refused=error.problem, mend=error.mend)
    except WorkFailed as error:
        problem, _, mend = str(error).partition("\n")
        return replace(shown, refused=problem, mend=mend.strip())


def promoted(settings: Settings, asked: Candidate, alias: str, by: str) -> Told:
    """Promote, as `segkit promote` does; doing it twice is doing it once."""
    store = opened(settings)
    choice, terms = _chosen(store, asked), Terms(alias, by)
    return promote(
        store,
        asked.model or choice.model,
        choice.run,
        choice.reason,
        choice.evidence,
        terms=terms,
        tables=tables_of(store),
    )


def _chosen(store: Store, asked: Candidate) -> Choice:
    return chosen_run(store, asked.run, asked.sweep, force=False)


def _about(shown: Preview, choice: Choice, asked: Candidate) -> Preview:
    verdict = choice.evidence.get("segkit.verdict", UNTESTED)
    return replace(
        shown,
        model=asked.model or choice.model,
        run=choice.run.name,
        reason=choice.reason,
        verdict=verdict,
        says=WORDS[verdict],
    )


def _previewed(shown: Preview, found: Planned) -> Preview:
    old = found.before.version if found.before else None
    if found.holds:
        return replace(shown, old=old, already=found.held.version if found.held else None)
    again, heir = found.known.version if found.known else None, found.heir
    if heir is None:
        return replace(shown, old=old, again=again)
    names = {number: said.name for number, said in heir.reign.called.items()}
    counted = None if heir.labels is None else heir.labels.astype(int).value_counts()
    sizes = None if counted is None else dict(zip(counted.index.tolist(), counted.tolist(), strict=True))
    return replace(
        shown,
        old=old,
        again=again,
        moved=moved(heir.change.rows) if heir.change else None,
        segments=sized(names, sizes),
        locked=[f"{number} {names.get(number, '')}".strip() for number in heir.reign.locked],
        warning=found.warning,
    )
