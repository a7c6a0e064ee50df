"""Rolling back: which version comes back and who would move, before anything is written, and the same done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from segkit.app.gathered.contents import opened
from segkit.app.models.moved import Moved, moved
from segkit.app.models.segments import Segment, segments_of_version
from segkit.app.settings import Settings
from segkit.config.fitted import tables_of
from segkit.errors import UserError, WorkFailed
from segkit.tracking.registry.rollback import plan_return, roll_back
from segkit.tracking.registry.tags import who
from segkit.tracking.registry.versions import champion, only_model


@dataclass(frozen=True)
class Returning:
    """What rolling back would do: version `new` comes back in the place of `old`, its segments, and who moves.

    `refused` and `mend` say why it cannot be.
    """

    model: str
    steps: int
    signs: str
    old: int = 0
    new: int = 0
    segments: Sequence[Segment] = ()
    moved: Moved | None = None
    warning: str = ""
    refused: str = ""
    mend: str = ""


def return_of(settings: Settings, model: str, steps: int) -> Returning:
    """Which version would come back, and who would move; what the command line would refuse is refused in its words.

    Raises UserError where there is no such model.
    """
    store, shown = opened(settings), Returning(model, steps, who())
    only_model(store, model)
    try:
        found = plan_return(store, model, steps, tables_of(store))
    except UserError as error:
        return replace(shown, refused=error.problem, mend=error.mend)
    except WorkFailed as error:
        return replace(shown, refused=str(error))
    moves = moved(found.heir.change.rows) if found.heir and found.heir.change else None
    segments = segments_of_version(store, found.new)
    return replace(
        shown, old=found.old.version, new=found.new.version, segments=segments, moved=moves, warning=found.warning
    )


def returned(settings: Settings, model: str, steps: int, given_up: int, to: int, by: str) -> None:
    """Roll back, as `segkit rollback` does; where version `to` is the champion already nothing is left to do."""
    store = opened(settings)
    only_model(store, model)
    try:
        roll_back(store, model, steps, by=by, given_up=given_up)
    except (UserError, WorkFailed):
        now = champion(store, model)
        if now is None or now.version != to:
            raise
