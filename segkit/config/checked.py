"""Whether what the pages say can be, looked at before anything is fitted or written."""

import math
from importlib.util import find_spec
from typing import Any

from segkit.config.schema import plain
from segkit.errors import UserError, did_you_mean
from segkit.measures import MEASURES
from segkit.records import STEPS

# What each step is asked to do; a step of text, such as passthrough, is scikit-learn's own.
_DOES = {"algorithm": "fit_predict", "reducer": "fit_transform", "preprocessing": "fit_transform"}

# How names of metrics begin that depend on the table.
_MEASURED_TOO = ("useful_", "assigned_")


def check_pages(config: Any) -> None:
    """Raise UserError unless each page names something to make, of a package that is there; nothing is imported."""
    for step in STEPS:
        page = plain(config[step])
        target = page.get("_target_") if isinstance(page, dict) else None
        if not isinstance(target, str):
            raise UserError(f"the page {step} names nothing to make", f"{step} needs _target_, the name of a class")
        if not _is_there(target.partition(".")[0]):
            raise UserError(f"{step}: there is no package for {target}", "install it, or mend the page's _target_")


def check_steps(config: Any) -> None:
    """Raise UserError unless what the pages make can do the steps; for a run on its own, before it is logged."""
    from segkit.config.pieces import make

    check_pages(config)
    for step in STEPS:
        made = make(config, step)
        if not isinstance(made, str) and not hasattr(made, _DOES[step]):
            target = plain(config[step])["_target_"]
            raise UserError(f"{step}: {target} is none, it has no {_DOES[step]}", f"choose another: {step}=...")


def check_rule(selection: Any) -> None:
    """Raise UserError for a rule that ranks by what no run measures."""
    page = plain(selection)
    metric = str(page.get("metric", "")) if isinstance(page, dict) else ""
    known = [measure.name for measure in MEASURES]
    if metric and metric not in known and not metric.startswith(_MEASURED_TOO):
        raise UserError(f"selection.metric={metric} is not measured", did_you_mean(metric, known))


def check_tracking(tracking: Any) -> None:
    """Raise UserError for seconds or gigabytes below none."""
    amounts = {"cache_gb": tracking.cache_gb, "patience": tracking.patience, "silence": tracking.silence}
    for key, amount in amounts.items():
        if not 0 <= amount < math.inf:
            raise UserError(f"tracking.{key}={amount:g} is no amount", "give a number of 0 or more")


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # no name of a package
        return False
