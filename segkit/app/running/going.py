"""How far a sweep is, as the page that waits for it is told."""

from segkit.app.running.work import Work

_STEPS = {"runs": "runs", "finalists weighed": "best runs tested"}


def going(work: Work | None) -> dict[str, str | int | float]:
    """The state, so many of so many, the best so far, and what to say, as plain values."""
    if work is None:
        return {"state": "none"}
    known = work.progress
    since = f"{work.seconds:.0f} s" if work.seconds < 100 else f"{work.seconds / 60:.0f} min"
    if known is None:
        return {"state": work.state, "done": 0, "total": 0, "says": f"getting ready, {since}", "best": ""}
    if not known.total:
        return {"state": work.state, "done": 0, "total": 0, "says": f"writing the answer, {since}", "best": known.best}
    says = f"{known.done} of {known.total} {_STEPS[known.what]}, {known.left or since}"
    return {"state": work.state, "done": known.done, "total": known.total, "says": says, "best": known.best}
