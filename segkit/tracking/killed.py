"""What killed processes left in the store: runs and sweeps that say RUNNING though nobody is at them."""

from segkit.tracking.alive import is_free, lock_path, place_of, sweep_lock_path
from segkit.tracking.read import unended
from segkit.tracking.runs import INTERRUPTED, fail_run
from segkit.tracking.store import Store


def close_killed(store: Store, held: str = "") -> None:
    """Close those that were begun at this place, whether or not anybody asks for the same again.

    To be called before something is begun; `held` is the fingerprint whose lock the caller holds.
    """
    here = place_of(store)
    for run, sweep in unended(store):
        lock = sweep_lock_path(store, sweep) if sweep else lock_path(store, run.fingerprint)
        if run.host == here and ((held and run.fingerprint == held) or is_free(lock)):
            fail_run(store, run.run_id, INTERRUPTED)
