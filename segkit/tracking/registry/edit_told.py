"""What is said of an edit that was made."""

from collections.abc import Iterator
from typing import Any

from segkit.identity.editing import Standing
from segkit.tracking.registry.editing import Edited
from segkit.tracking.registry.tags import EVIDENCE_OF, VERDICT
from segkit.tracking.registry.versions import CHAMPION
from segkit.verdict import WORDS


def as_text(done: Edited) -> str:
    """For people."""
    return "\n".join(_lines(done))


def _lines(done: Edited) -> Iterator[str]:
    if done.derived is None or done.new is None:
        yield f"nothing changes: {done.before.title} is like that already, so there is no new version"
        return
    yield f"version {done.old.version} -> version {done.new.version} of {done.new.model}, {_place(done)}"
    yield f"{done.derived.says}{_concerned(done)}"
    yield from done.derived.notes
    yield from _evidence(done)
    yield from ("", *_segments(done.derived.now), "")
    yield f"to undo it: {_undo(done)}"


def as_values(done: Edited) -> dict[str, Any]:
    """For `format=json`."""
    derived, now = done.derived, done.derived.now if done.derived else done.before
    sizes = now.sizes or {}
    return {
        "model": done.old.model,
        "parent": done.old.version,
        "version": done.new.version if done.new else done.old.version,
        "changed": derived is not None,
        "edit": dict(derived.edit) if derived else None,
        "says": derived.says if derived else "nothing changes",
        "by": done.signed.who,
        "when": done.signed.when,
        "aliases": list(done.moved),
        "customers": derived.customers(done.before) if derived else None,
        "segments": {str(one): {"name": said.name, "customers": sizes.get(one)} for one, said in now.called.items()},
        "locked": list(now.locked),
        "notes": list(derived.notes) if derived else [],
    }


def _place(done: Edited) -> str:
    if not done.moved:
        return "which has no alias, like the one before"
    return f"now {' and '.join(done.moved)}"


def _concerned(done: Edited) -> str:
    count = done.derived.customers(done.before) if done.derived else None
    if count is None or done.before.sizes is None:
        return ""
    return f": {count:,} of {sum(done.before.sizes.values()):,} customers"


def _evidence(done: Edited) -> Iterator[str]:
    if done.derived is None or done.new is None or done.derived.same:
        return
    verdict = WORDS.get(done.new.tags.get(VERDICT, ""), "")
    since = done.new.tags.get(EVIDENCE_OF, str(done.old.version))
    of = f"the verdict ({verdict}) is that of version {since}; " if verdict else ""
    yield f"{of}whether the changed segments come out again has not been tested"


def _segments(now: Standing) -> Iterator[str]:
    for segment, said in sorted(now.called.items()):
        size = f"{now.sizes.get(segment, 0):>8,}" if now.sizes is not None else ""
        yield f"  {segment:>3}  {size}  {said.name}{'  (locked)' if segment in now.locked else ''}".rstrip()


def _undo(done: Edited) -> str:
    if CHAMPION in done.moved:
        return f"segkit rollback model={done.old.model}"
    return f"version {done.old.version} stands as it was: model={done.old.model}/{done.old.version}"
