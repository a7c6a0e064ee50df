"""What to try next, by Optuna's tree-structured Parzen estimator: near what did well, away from what did not."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from hydra_plugins.segkit_sweeper._space import Axis, Choices, Interval
from segkit.errors import UserError


def import_optuna() -> Any:
    """Optuna, silent; raises UserError if it is not installed."""
    try:
        import optuna
    except ImportError:
        raise UserError("search=tpe needs Optuna", "pip install 'segkit[search]'") from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna


class Tpe:
    """Draws a combination, and is told how well it did. The same `seed` and answers make it draw the same.

    The first `startup` are drawn at random. What has been drawn and not told yet counts as bad, so that those of one
    batch differ.
    """

    def __init__(self, axes: tuple[Axis, ...], startup: int, seed: int) -> None:
        self._axes = axes
        self._startup = startup
        self._seed = seed
        self._optuna = import_optuna()

    def draw(self) -> tuple[int, Mapping[str, Any]]:
        """A number to tell it by, and a place or number for each axis."""
        trial = self._study.ask(self._distributions)
        return trial.number, trial.params

    def draw_freely(self) -> tuple[int, Mapping[str, Any]]:
        """The same, from anywhere in the space."""
        sampler = self._study.sampler
        self._study.sampler = self._random
        try:
            return self.draw()
        finally:
            self._study.sampler = sampler

    def tell(self, number: int, score: float) -> None:
        """How well a combination did, higher is better."""
        self._study.tell(number, score)

    def drop(self, number: int) -> None:
        """A combination that is not tried: nothing is learnt of it."""
        self._study.tell(number, state=self._optuna.trial.TrialState.FAIL)

    @cached_property
    def _study(self) -> Any:
        samplers = self._optuna.samplers
        sampler = samplers.TPESampler(
            n_startup_trials=self._startup, seed=self._seed, multivariate=True, constant_liar=True
        )
        return self._optuna.create_study(direction="maximize", sampler=sampler)

    @cached_property
    def _random(self) -> Any:
        return self._optuna.samplers.RandomSampler(seed=self._seed)

    @cached_property
    def _distributions(self) -> dict[str, Any]:
        return {axis.name: self._distribution(axis) for axis in self._axes}

    def _distribution(self, axis: Axis) -> Any:
        kinds = self._optuna.distributions
        if isinstance(axis, Interval):
            kind = kinds.IntDistribution if axis.whole else kinds.FloatDistribution
            return kind(axis.low, axis.high, log=axis.log)
        assert isinstance(axis, Choices)
        last = len(axis.values) - 1
        return kinds.IntDistribution(0, last) if axis.ordered else kinds.CategoricalDistribution(range(last + 1))
