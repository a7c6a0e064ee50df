"""What the page `edit` asks for: one kind of edit, and the segments that it names."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from segkit.config.splitting import splitting_run
from segkit.errors import UserError
from segkit.identity.editing import Derived, Standing, locked, merged, refuse_locked, renamed, split, unlocked
from segkit.profiles.names_file import Called, checked_names, read_names
from segkit.segments import segment_named
from segkit.tracking.registry.editing import Change
from segkit.tracking.store import Store

_KINDS = ("rename", "names", "merge", "split", "lock", "unlock")
# Keys that say more of one kind of edit.
_MORE = {"called": "merge", "run": "split"}


def change_of(store: Store, config: Any) -> Change:
    """What the page asks to be done to a version; raises UserError unless that is one thing."""
    kind = _kind(config)
    changes: Mapping[str, Change] = {
        "rename": lambda old, free: renamed(old, _renames(old, config.rename)),
        "names": lambda old, free: renamed(old, read_names(Path(config.names).expanduser(), old.called)),
        "merge": lambda old, free: _merged(old, _listed(config.merge), config.called),
        "split": lambda old, free: _split(store, old, _named(old, config.split), config.run, free),
        "lock": lambda old, free: locked(old, _named(old, config.lock)),
        "unlock": lambda old, free: unlocked(old, _named(old, config.unlock)),
    }
    return changes[kind]


def _kind(config: Any) -> str:
    asked = [kind for kind in _KINDS if config[kind] is not None]
    if not asked:
        raise UserError("nothing is said that should change", f"say one of {', '.join(f'{kind}=' for kind in _KINDS)}")
    if len(asked) > 1:
        raise UserError(f"{' and '.join(f'{kind}=' for kind in asked)} are two edits", "make one after the other")
    for key, kind in _MORE.items():
        if config[key] and kind != asked[0]:
            raise UserError(f"{key}= says nothing about {asked[0]}=", f"it goes with {kind}=")
    return asked[0]


def _named(old: Standing, text: str) -> int:
    return segment_named({segment: said.name for segment, said in old.called.items()}, text, old.title)


def _renames(old: Standing, text: str) -> dict[int, Called]:
    """All names and descriptions, with the new names among them."""
    said = _read(text, "rename", "rename='{2: Gold customers}'")
    if not isinstance(said, dict) or not all(isinstance(name, str) for name in said.values()):
        raise UserError(f"rename={text} gives no names to segments", "write it as rename='{2: Gold customers}'")
    new: dict[int, str] = {}
    for key, name in said.items():
        if not name.strip():
            raise UserError(
                f"rename={text} has no name for {key}", "write a blank after the colon: '{2: Gold customers}'"
            )
        segment = _named(old, key)
        if segment in new:
            raise UserError(f"rename= names segment {old.shown(segment)} twice", "keep one of the two")
        new[segment] = name
    names = {segment: new.get(segment, said.name) for segment, said in old.called.items()}
    checked = checked_names(names, old.called, "rename")
    return {segment: Called(checked[segment].name, said.description) for segment, said in old.called.items()}


def _listed(text: str) -> Sequence[str]:
    """Segments in brackets, or with commas between them."""
    said = _read(text if text.strip().startswith("[") else f"[{text}]", "merge", "merge=[1,3]")
    if not said or not all(isinstance(one, str) for one in said):
        raise UserError(f"merge={text} names no segments", "write it as merge=[1,3]")
    return said


def _merged(old: Standing, wanted: Sequence[str], name: str) -> Derived:
    done = merged(old, [_named(old, one) for one in wanted], " ".join(name.split()))
    checked_names({segment: said.name for segment, said in done.now.called.items()}, done.now.called, "called")
    return done


def _split(store: Store, old: Standing, segment: int, run: str | None, free: Callable[[], int]) -> Derived:
    refuse_locked(old, [segment], "split")  # before a run is asked for that would be of no use
    by = splitting_run(store, old, segment, run)
    done = split(old, segment, by.scorer, free(), by.shown, by.sizes)
    return Derived(
        done.now, done.says, {**done.edit, "run": by.run_id}, done.touched, done.same, (*by.notes, *done.notes)
    )


def _read(text: str, key: str, mend: str) -> Any:
    """What stands in brackets or braces; names of numbers, dates and truths stay text."""
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text, lists and dicts
    except yaml.YAMLError as error:
        raise UserError(
            f"{key}={text} cannot be read", f'write it as {mend}, a name with commas in "quotes"'
        ) from error
