"""What pages tell of a run or of a registered version, gathered once and kept while it is looked at."""

from threading import Lock
from typing import Any

from segkit.app.gathered.portraits import bytes_of_portrait, remembered
from segkit.app.settings import Settings
from segkit.config.asked import composed
from segkit.config.contents import content_of
from segkit.config.reported import subject_of
from segkit.config.schema import TrackingConfig
from segkit.config.stored import store_of
from segkit.errors import UserError
from segkit.remembered import remembers
from segkit.report.content import Content
from segkit.tracking.read import find_sweep, sweep_runs
from segkit.tracking.store import Store

# Gathering takes much memory and all cores for a while, and requests come side by side.
_ONE_AT_A_TIME = Lock()


def opened(settings: Settings) -> Store:
    """The store that the app is started with."""
    tracking: Any = settings.tracking
    return store_of(TrackingConfig(**tracking))


def of_sweep(settings: Settings, sweep: str, ended: float, run: str = "") -> Content:
    """The content on the run that a sweep recommends, or on another `run` of it (its id, or the beginning of that).

    A sweep that has gone on and `ended` again is another one.
    """
    store = opened(settings)
    if run:
        check_run_of(store, sweep, run)
    with _ONE_AT_A_TIME:
        return _of_sweep(store, sweep, ended, run)


def of_version(settings: Settings, model: str, number: int) -> Content:
    """The content on a registered version, with its edits, of the table that its run was fitted on."""
    with _ONE_AT_A_TIME:
        return _of_version(opened(settings), f"{model}/{number}")


def check_run_of(store: Store, sweep: str, run: str) -> None:
    """Raise UserError unless the sweep has the run."""
    own = sweep_runs(store, find_sweep(store, sweep).parent)
    if not any(one.run_id.startswith(run) for one in own):
        raise UserError(f"the table's sweep has no run {run}", "the answer lists its runs")


def bytes_of_content(content: Content) -> int:
    """The memory that is held while a content, or what was made of it, is remembered."""
    return bytes_of_portrait(content.portrait)


@remembers(bytes_of_content)
def _of_sweep(store: Store, sweep: str, ended: float, run: str) -> Content:
    subject = subject_of(store, run or None, sweep, None)
    return content_of(store, subject, composed("report", []), "", remembered)


@remembers(bytes_of_content)
def _of_version(store: Store, model: str) -> Content:
    subject = subject_of(store, None, "", model)
    return content_of(store, subject, composed("report", []), "", remembered)
