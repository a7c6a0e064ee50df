"""A Hydra sweeper that plans before it launches, and answers when all is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.plugins import Plugins
from hydra.plugins.launcher import Launcher
from hydra.plugins.sweeper import Sweeper
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

from hydra_plugins.segkit_sweeper._loader import KeepingLoader
from segkit.fingerprint import fingerprint

if TYPE_CHECKING:
    from hydra_plugins.segkit_sweeper._plan import Plan


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
        self.loader = KeepingLoader(hydra_context.config_loader.get_search_path())
        self.launcher = Plugins.instance().instantiate_launcher(
            hydra_context=replace(hydra_context, config_loader=self.loader), task_function=task_function, config=config
        )

    def sweep(self, arguments: list[str]) -> Any:
        """Run the sweep that the command line and the experiment's `params` describe."""
        from hydra_plugins.segkit_sweeper._workers import make_workers_ready

        assert self.config is not None
        assert self.launcher is not None
        mark = self._mark(arguments)
        if self.config.rerun or not mark.exists():
            make_workers_ready(self.launcher)
        plan = self.plan(arguments)
        from hydra_plugins.segkit_sweeper._conduct import conduct  # imports MLflow, which takes as long as planning

        ranking = conduct(self.config, plan, self.launcher)
        mark.touch()
        return ranking

    def plan(self, arguments: list[str]) -> "Plan":
        """The jobs of the sweep, before any is started."""
        from hydra_plugins.segkit_sweeper._plan import make_plan
        from segkit.config.within import settled, within_arguments

        assert self.config is not None
        assert self.loader is not None
        composer = self.loader.composer(self.config)
        self.config = settled(self.config, arguments)
        same = within_arguments(self.config)
        plan = make_plan([[*one, *same] for one in self._combinations(arguments)], composer)
        self.loader.composed = composer.known()
        return plan

    def _mark(self, arguments: list[str]) -> Path:
        """A file that is there once this sweep has ended: most likely there is nothing to do for workers then."""
        assert self.config is not None
        asked = fingerprint({"axes": self.params, "arguments": arguments})
        return Path(self.config.tracking.folder) / "locks" / f"ended-{asked}"

    def _combinations(self, arguments: list[str]) -> Sequence[Sequence[str]]:
        axes = [f"{name}={values}" for name, values in self.params.items()]
        overrides = OverridesParser.create().parse_overrides(axes + arguments)
        return BasicSweeper.split_arguments(overrides, max_batch_size=None)[0]
