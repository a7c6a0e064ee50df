"""Composing the configurations of many jobs that differ in a few choices of pages and in many values."""

import copy
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import OmegaConf, open_dict, read_write

from segkit.records import STEPS


class Composer:
    """Composes a job's configuration; the slow part, choosing group files, once per page and not per combination.

    A page of preprocessing, reducer or algorithm that changes nothing but its own place is put into what was composed
    without it. One that reaches beyond its place is composed together with the others, as Hydra would. `hydra` holds
    Hydra's own settings, which are the same for every job but for what was chosen and given.
    """

    def __init__(self, compose: Callable[[list[str]], Any], is_group: Callable[[str], bool]) -> None:
        self._compose = compose
        self._ask_pages = is_group
        self._groups: dict[str, bool] = {}
        self._parser = OverridesParser.create()
        self._composed: dict[tuple[str, ...], tuple[Any, Any]] = {}
        self.hydra: Any = None

    def known(self) -> bytes:
        """What has been composed so far, for another process, which need not see the pages."""
        return pickle.dumps((self._composed, self._groups, self.hydra))

    def learn(self, known: bytes) -> None:
        """Take over what another process composed of the same pages."""
        composed, groups, self.hydra = pickle.loads(known)  # noqa: S301 - from the launching process, as the jobs are
        self._composed |= composed
        self._groups |= groups

    def __call__(self, overrides: Sequence[str]) -> tuple[Any, Any]:
        """The job's configuration, and the group choices it was composed from."""
        parsed = self._parser.parse_overrides(list(overrides))
        values = [override for override in parsed if is_plain_value(override, self._is_group)]
        config, choices = self._pieced(tuple(str(o.input_line) for o in parsed if o not in values))
        for override in values:
            OmegaConf.update(config, override.key_or_group, override.value())
        return config, choices

    def _is_group(self, name: str) -> bool:
        if name not in self._groups:
            self._groups[name] = self._ask_pages(name)
        return self._groups[name]

    def _pieced(self, groups: tuple[str, ...]) -> tuple[Any, Any]:
        """A configuration of one's own, put together from one composition per page where that is the same."""
        pages = tuple(group for group in groups if group.partition("=")[0] in STEPS)
        rest = tuple(group for group in groups if group not in pages)
        if len(pages) < 2 or any(self._reaches_beyond(rest, page) for page in pages):
            composed, choices = self._base(groups)
            return copy.deepcopy(composed), choices
        composed, choices = self._base(rest)
        config, chosen = copy.deepcopy(composed), dict(choices)
        for page in pages:
            (with_page, picked), step = self._base((*rest, page)), page.partition("=")[0]
            config[step] = _unresolved(with_page)[step]
            chosen[step] = picked[step]
        return config, chosen

    @cache  # noqa: B019 - a composer lives as long as its process
    def _reaches_beyond(self, rest: tuple[str, ...], page: str) -> bool:
        """Whether a page changes more than its own place."""
        step = page.partition("=")[0]
        without, with_page = (_unresolved(self._base(groups)[0]) for groups in (rest, (*rest, page)))
        return {**without, step: None} != {**with_page, step: None}

    def _base(self, groups: tuple[str, ...]) -> tuple[Any, Any]:
        if groups not in self._composed:
            config = self._compose(list(groups))
            choices = config.hydra.runtime.choices
            with read_write(config), open_dict(config):
                self.hydra = config.pop("hydra")  # large, and the same for every job
            self._composed[groups] = config, choices
        return self._composed[groups]


def _unresolved(config: Any) -> dict[str, Any]:
    """Plain values in which references such as ${k} are still references."""
    return cast(dict[str, Any], OmegaConf.to_container(config, resolve=False))


def is_plain_value(override: Override, is_group: Callable[[str], bool]) -> bool:
    """Whether it only gives a key another value: it neither chooses a page, nor adds, nor removes."""
    changes = not (override.is_add() or override.is_delete() or override.is_force_add())
    return changes and override.package is None and not is_group(override.key_or_group)
