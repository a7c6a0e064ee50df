"""A Hydra sweeper that plans before it launches, and answers when all is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.plugins.launcher import Launcher
from hydra.plugins.sweeper import Sweeper
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from hydra_plugins.segkit_sweeper._loader import KeepingLoader
from hydra_plugins.segkit_sweeper._outcome import keep_only_outcomes
from segkit.errors import UserError, did_you_mean
from segkit.fingerprint import fingerprint

if TYPE_CHECKING:
    from hydra_plugins.segkit_sweeper._composer import Composer
    from hydra_plugins.segkit_sweeper._plan import Plan

_METHODS = ("grid", "tpe")


@dataclass
class SegkitSweeperConfig:
    """conf of `hydra/sweeper=segkit`; `params` holds the axes that a named experiment sweeps."""

    _target_: str = "hydra_plugins.segkit_sweeper.sweeper.SegkitSweeper"
    params: dict[str, str] | None = field(default_factory=dict)


ConfigStore.instance().store(group="hydra/sweeper", name="segkit", node=SegkitSweeperConfig, provider="segkit")


class SegkitSweeper(Sweeper):
    """Composes, names and orders all jobs, launches those not done before, then ranks and closes the sweep."""

    def __init__(self, params: dict[str, str] | None = None) -> None:
        self.params = params or {}
        self.loader: KeepingLoader | None = None
        self.config: DictConfig | None = None
        self.launcher: Launcher | None = None

    def setup(self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig) -> None:
        """Called by Hydra before `sweep`."""
        self.config = config
        keep_only_outcomes(hydra_context)
        self.loader = KeepingLoader(hydra_context.config_loader.get_search_path())
        self.launcher = Plugins.instance().instantiate_launcher(
            hydra_context=replace(hydra_context, config_loader=self.loader), task_function=task_function, config=config
        )

    def sweep(self, arguments: list[str]) -> Any:
        """Run the sweep that the command line and the experiment's `params` describe."""
        from hydra_plugins.segkit_sweeper._workers import closing_workers, make_workers_ready

        assert self.config is not None
        assert self.launcher is not None
        mark = self._mark(arguments)
        with closing_workers(self.launcher):
            if self.config.rerun or not mark.exists():
                make_workers_ready(self.launcher)
            plan = self.plan(arguments)
            from hydra_plugins.segkit_sweeper._conduct import conduct  # imports MLflow, which takes as long as planning

            ranking = conduct(self.config, plan, self.launcher)
        mark.touch()
        return ranking

    def plan(self, arguments: list[str]) -> "Plan":
        """The sweep, before any job is started: every combination, or what a search begins with."""
        from hydra_plugins.segkit_sweeper._plan import make_plan
        from segkit.config.checked import check_rule
        from segkit.config.within import settled, within_arguments

        assert self.config is not None
        assert self.loader is not None
        composer = self.loader.composer(self.config)
        _check_search(self.config.search.method, arguments)
        check_rule(self.config.selection)
        self.config = settled(self.config, arguments)
        same = within_arguments(self.config)
        if self.config.search.method == "grid":
            plan = make_plan([[*one, *same] for one in self._combinations(arguments)], composer)
        else:
            plan = self._search([*arguments, *same], composer)
        self.loader.composed = composer.known()
        return plan

    def _search(self, arguments: list[str], composer: "Composer") -> "Plan":
        from hydra_plugins.segkit_sweeper._search import make_search
        from hydra_plugins.segkit_sweeper._space import space_of
        from hydra_plugins.segkit_sweeper._workers import at_once
        from segkit.config.datasets import brief_of
        from segkit.config.schema import plain
        from segkit.config.stored import rule_of

        assert self.config is not None
        assert self.launcher is not None
        rule, brief = rule_of(self.config.selection), brief_of(self.config.brief)
        steered = {"brief": plain(self.config.brief), "selection": plain(self.config.selection)}
        said = [str(override.input_line) for override in self._overrides(arguments)]
        space = space_of([argument for argument in said if not _says_how_to_search(argument)])
        settings = plain(self.config.search) | steered
        return make_search(space, composer, lambda run: rule.promise(run, brief), settings, at_once(self.launcher))

    def _mark(self, arguments: list[str]) -> Path:
        """A file that is there once this sweep has ended: most likely there is nothing to do for workers then."""
        assert self.config is not None
        asked = fingerprint({"axes": self.params, "arguments": arguments})
        return Path(self.config.tracking.folder) / "locks" / f"ended-{asked}"

    def _combinations(self, arguments: list[str]) -> Sequence[Sequence[str]]:
        from hydra_plugins.segkit_sweeper._axes import check_grid

        overrides = self._overrides(arguments)
        endless = next((one for one in overrides if one.is_sweep_override() and not one.is_discrete_sweep()), None)
        if endless is not None:
            raise UserError(f"{endless.input_line} has no end of values", "name some, or let a search draw: search=tpe")
        check_grid(overrides)
        return BasicSweeper.split_arguments(overrides, max_batch_size=None)[0]

    def _overrides(self, arguments: list[str]) -> list[Override]:
        """The axes of the experiment, then what the command line says, which has the last word."""
        from hydra_plugins.segkit_sweeper._axes import check_axes
        from hydra_plugins.segkit_sweeper._k_range import filled_in

        assert self.config is not None
        given = OverridesParser.create().parse_overrides(arguments)
        said = {override.key_or_group for override in given}
        axes = [f"{name}={values}" for name, values in self.params.items() if name not in said]
        asked = [*OverridesParser.create().parse_overrides(axes), *given]
        check_axes(asked)
        return filled_in(asked, self.config)


def _check_search(method: str, arguments: list[str]) -> None:
    """There is one way to search in a sweep, and it is known."""
    if method not in _METHODS:
        raise UserError(f"search.method={method} is not known", did_you_mean(method, _METHODS))
    for override in OverridesParser.create().parse_overrides(list(filter(_says_how_to_search, arguments))):
        if override.is_sweep_override():
            raise UserError(f"{override.input_line} is no axis", "start one sweep for each")


def _says_how_to_search(argument: str) -> bool:
    return argument.lstrip("+").startswith(("search=", "search."))
