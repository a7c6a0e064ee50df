"""The configuration of each job, in the planning process and in the workers: pages are composed once in each."""

import copy
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from omegaconf import DictConfig, open_dict, read_write

from hydra_plugins.segkit_sweeper._composer import Composer

# In a process, by what they compose: every job comes with a loader of its own.
_COMPOSERS: dict[tuple[str, ...], Composer] = {}


class KeepingLoader(ConfigLoaderImpl):
    """Hydra's loader, for jobs of a sweep that differ in few choices of pages and in many values.

    It goes to the workers with every job, and with it what the planner has `composed`.
    """

    composed: bytes = b""

    def load_sweep_config(self, master_config: DictConfig, sweep_overrides: list[str]) -> DictConfig:
        """The same as Hydra would compose."""
        composer = self.composer(master_config)
        config, choices = composer(sweep_overrides)
        hydra = copy.deepcopy(composer.hydra)
        with read_write(hydra):
            hydra.runtime.choices, hydra.overrides.task = choices, list(sweep_overrides)
        with open_dict(config):
            config.hydra = hydra
        return config

    def composer(self, master_config: DictConfig) -> Composer:
        """What composes a job without Hydra's own settings."""
        sources = [str(source) for source in master_config.hydra.runtime.config_sources]
        key = (*sources, *master_config.hydra.overrides.hydra, master_config.hydra.job.config_name)
        if key not in _COMPOSERS:
            _COMPOSERS[key] = Composer(lambda pages: self._whole(master_config, pages), self._is_group)
            if self.composed:
                _COMPOSERS[key].learn(self.composed)
        return _COMPOSERS[key]

    def _whole(self, master_config: DictConfig, pages: list[str]) -> Any:
        return super().load_sweep_config(master_config, pages)

    def _is_group(self, name: str) -> bool:
        return bool(self.get_group_options(name))
