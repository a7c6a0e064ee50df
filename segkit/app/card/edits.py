"""What is done to a segment from its card, as `segkit edit` and `segkit promote` do it."""

from collections.abc import Callable
from dataclasses import dataclass

from segkit.app.addresses import cards_of_version
from segkit.app.gathered.contents import opened
from segkit.app.settings import Settings
from segkit.config.choice import chosen_run
from segkit.config.fitted import tables_of
from segkit.errors import UserError
from segkit.identity.editing import Derived, Standing, merged, renamed
from segkit.identity.followed import followed
from segkit.profiles.names_file import Called, checked_names
from segkit.records import RunRecord
from segkit.tracking.names import SWEEP
from segkit.tracking.registry.by_run import newest_of_run
from segkit.tracking.registry.editing import Edited, Signed, edit_version, edits_of, standing
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.tags import now, who
from segkit.tracking.registry.terms import Terms, check_terms
from segkit.tracking.registry.versions import Version, find_version, version, version_scorer, versions


@dataclass(frozen=True)
class Successor:
    """The segment of a registered version that a segment became."""

    model: str
    version: int
    segment: int

    @property
    def address(self) -> str:
        """Its card."""
        return cards_of_version(self.model, self.version).of(self.segment)


@dataclass(frozen=True)
class Registered:
    """A version as its segments' cards tell of it: what holds it, what was changed about it, the newest version, and
    the sweep that it comes from.
    """

    model: str
    version: int
    aliases: tuple[str, ...]
    edits: tuple[str, ...]
    newest: int
    sweep: str


def registered(settings: Settings, model: str, number: int) -> Registered:
    """What there is to say of a version; raises UserError where there is none."""
    store = opened(settings)
    found = find_version(store, f"{model}/{number}")
    known = versions(store, found.model)
    aliases = next((one.aliases for one in known if one.version == number), ())
    return Registered(
        found.model, number, aliases, tuple(edits_of(store, found)), known[0].version, found.tags.get(SWEEP, "")
    )


def successor_of(settings: Settings, run: RunRecord, segment: int) -> Successor | None:
    """What a run's segment is in the newest version of the run; None while it is not registered."""
    store = opened(settings)
    found = newest_of_run(store, run.model_run)
    if found is None:
        return None
    return Successor(found.model, found.version, followed(version_scorer(store, found).edits, segment))


def register(settings: Settings, run: RunRecord, segment: int, terms: Terms, model: str = "") -> Successor:
    """Register a run as the model that is named after its data, or as another, and follow the segment."""
    store = opened(settings)
    choice = chosen_run(store, run.run_id, "latest", terms.force)
    name = model or choice.model
    check_terms(terms, name)
    told = promote(store, name, choice.run, choice.reason, choice.evidence, None, terms, tables_of(store))
    made = version(store, told.model, told.new.version)
    return Successor(made.model, made.version, followed(version_scorer(store, made).edits, segment))


def rename(settings: Settings, model: str, number: int, segment: int, name: str, by: str) -> Successor:
    """Give a segment of a version another name, in a new version."""

    def change(old: Standing, free: Callable[[], int]) -> Derived | None:
        _check(old, segment)
        if not name.strip():
            raise UserError("a segment cannot be without a name", "write one")
        names = {one: name if one == segment else said.name for one, said in old.called.items()}
        checked = checked_names(names, old.called, "rename")
        return renamed(old, {one: Called(checked[one].name, said.description) for one, said in old.called.items()})

    return _edited(edit_version(opened(settings), f"{model}/{number}", change, _signed(by)), segment)


def would_be_merged(settings: Settings, model: str, number: int, segments: tuple[int, int]) -> Derived:
    """What merging two segments of a version would make of it; nothing is changed."""
    store = opened(settings)
    return _merged(standing(store, find_version(store, f"{model}/{number}")), segments, "")


def merge(settings: Settings, model: str, number: int, segments: tuple[int, int], name: str, by: str) -> Successor:
    """Make one segment of two of a version, which keeps the number of the first, in a new version."""

    def change(old: Standing, free: Callable[[], int]) -> Derived:
        return _merged(old, segments, name)

    return _edited(edit_version(opened(settings), f"{model}/{number}", change, _signed(by)), segments[0])


def _merged(old: Standing, segments: tuple[int, int], name: str) -> Derived:
    for segment in segments:
        _check(old, segment)
    done = merged(old, segments, " ".join(name.split()))
    checked_names({one: said.name for one, said in done.now.called.items()}, done.now.called, "called")
    return done


def _check(old: Standing, segment: int) -> None:
    if segment not in old.called:
        there = ", ".join(f"{one} ({said.name})" for one, said in sorted(old.called.items()))
        raise UserError(f"{old.title} has no segment {segment}", f"choose from {there}")


def _edited(done: Edited, segment: int) -> Successor:
    """Where nothing was to be changed the version is the same."""
    after: Version = done.new or done.old
    edits = done.derived.now.scorer.edits[len(done.before.scorer.edits) :] if done.derived else ()
    return Successor(after.model, after.version, followed(edits, segment))


def _signed(by: str) -> Signed:
    return Signed(by or who(), now())
