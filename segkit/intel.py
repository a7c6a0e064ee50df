"""scikit-learn-intelex (`pip install segkit[intel]`): some of scikit-learn's algorithms, faster on many rows.

It does the fitting and nothing else: what is kept is scikit-learn's own, so that a model is read and applied anywhere.
"""

from importlib import import_module
from typing import Any

from segkit.errors import UserError


def by_intel(estimator: Any) -> Any:
    """The same unfitted estimator by scikit-learn-intelex, or itself where that has none.

    Raises UserError where scikit-learn-intelex is not installed.
    """
    try:
        import_module("sklearnex")
    except ImportError as error:
        raise UserError("intel=true needs scikit-learn-intelex", "pip install 'segkit[intel]'") from error
    package, _, place = type(estimator).__module__.partition(".")
    twin = _class_in(f"sklearnex.{place.partition('.')[0]}", type(estimator).__name__) if package == "sklearn" else None
    if twin is None:
        return estimator
    one_thread = {"n_jobs": 1} if "n_jobs" in twin().get_params() else {}  # a worker a core
    return twin(**estimator.get_params(deep=False) | one_thread)


def as_scikit_learn(fitted: Any) -> Any:
    """A fitted estimator of scikit-learn-intelex as scikit-learn's own; any other as it is."""
    kind = type(fitted)
    if not kind.__module__.startswith("sklearnex."):
        return fitted
    theirs = next(base for base in kind.__mro__ if base.__module__.startswith("sklearn.") and _alike(base, kind))
    plain = theirs()
    added = set(fitted.get_params(deep=False)) - set(plain.get_params(deep=False))
    learnt = {name: value for name, value in vars(fitted).items() if "onedal" not in name and name not in added}
    vars(plain).update(learnt)
    return plain


def _alike(base: type, kind: type) -> bool:
    return base.__name__ == kind.__name__


def _class_in(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None
