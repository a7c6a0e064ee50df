"""The configuration of each job in a worker: composing takes longer than a small run, so pages are composed once."""

import copy
from typing import Any

from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.override_parser.overrides_parser import OverridesParser
from omegaconf import DictConfig, OmegaConf

from hydra_plugins.segkit_sweeper._overrides import is_plain_value

# In a process, by what they were composed of: every job comes with a loader of its own.
_COMPOSED: dict[tuple[Any, ...], DictConfig] = {}
_GROUPS: dict[tuple[str, ...], bool] = {}


class KeepingLoader(ConfigLoaderImpl):
    """Hydra's loader, for jobs of a sweep that differ in few choices of pages and in many values."""

    def load_sweep_config(self, master_config: DictConfig, sweep_overrides: list[str]) -> DictConfig:
        """The same as Hydra would compose."""
        parsed = OverridesParser.create().parse_overrides(list(sweep_overrides))
        values = [override for override in parsed if is_plain_value(override, self._is_group)]
        config = copy.deepcopy(self._of_pages(master_config, [str(o.input_line) for o in parsed if o not in values]))
        for override in values:
            OmegaConf.update(config, override.key_or_group, override.value())
        config.hydra.overrides.task = list(sweep_overrides)
        return config

    def _of_pages(self, master_config: DictConfig, pages: list[str]) -> DictConfig:
        sources = [str(source) for source in master_config.hydra.runtime.config_sources]
        key = (*sources, *master_config.hydra.overrides.hydra, master_config.hydra.job.config_name, "", *pages)
        if key not in _COMPOSED:
            _COMPOSED[key] = super().load_sweep_config(master_config, pages)
        return _COMPOSED[key]

    def _is_group(self, name: str) -> bool:
        key = (*map(str, self.get_sources()), name)
        if key not in _GROUPS:  # looking through the folders takes as long as a picture
            _GROUPS[key] = bool(self.get_group_options(name))
        return _GROUPS[key]
