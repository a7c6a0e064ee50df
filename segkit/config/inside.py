"""The customers of one segment of an earlier run, as `within` and `segment` name them."""

import copy
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from hydra.core.hydra_config import HydraConfig
from hydra.core.override_parser.overrides_parser import OverridesParser
from omegaconf import OmegaConf

from segkit.config.around import Around, around_of, reference_of, segment_of
from segkit.config.datasets import brief_of, load_dataset, read_settings, stated_of, without_columns
from segkit.config.schema import DataConfig, plain
from segkit.config.stored import store_of
from segkit.data import Dataset
from segkit.data.within import customers_within
from segkit.errors import UserError
from segkit.records import Inside
from segkit.remembered import bytes_of, remembers

# Of fewer customers no segments can be told from chance.
FEWEST = 30


def filled_in(config: Any, overrides: Sequence[str] | None) -> Any:
    """See `segkit.config.within.settled`, which asks only where a segment is named."""
    store = store_of(config.tracking, must_exist=True)
    around = around_of(store, reference_of(store, config.within))
    arguments = HydraConfig.get().overrides.task if overrides is None else overrides
    filled = copy.deepcopy(config)
    filled.within, filled.segment = around.reference, str(segment_of(around, config.segment))
    filled.data = _data(filled.data, around, arguments)
    _check(filled, around)
    return filled


def load_within(config: Any) -> Dataset:
    """The customers of the segment as a data set, understood as page, brief and `features` say."""
    store = store_of(config.tracking, must_exist=True)
    around = around_of(store, reference_of(store, config.within))
    asked = {"data": plain(config.data), "brief": plain(config.brief), "features": plain(config.features)}
    return _cut(around, segment_of(around, config.segment), _outer(config, around), json.dumps(asked))


@remembers(lambda dataset: bytes_of(dataset.table))
def _cut(around: Around, segment: int, outer: Dataset, asked: str) -> Dataset:
    settings = read_settings(asked)
    stated = stated_of(settings.data)
    named = {name for group in (stated.kind, stated.use, stated.levels, stated.dates) for name in group}
    named |= {*stated.numbers, *stated.missing, *stated.fill}
    stated = without_columns(stated, named - {*outer.table, *stated.derive})
    version = around.reference if around.scorer.edits else ""
    inside = Inside(around.run.model_run, around.run.name, segment, around.scorer.names[segment], version)
    brief, features = brief_of(settings.brief), settings.features
    return customers_within(outer, inside, around.scorer, stated, brief, features)


def _outer(config: Any, around: Around) -> Dataset:
    """All customers of the outer run, of whom the segment is a part."""
    return load_dataset(_outer_config(around, json.dumps(plain(config.data))))


@lru_cache(maxsize=16)
def _outer_config(around: Around, data: str) -> Any:
    config = copy.deepcopy(around.config)
    config.data = OmegaConf.merge(OmegaConf.structured(DataConfig), json.loads(data))
    return config


def _check(config: Any, around: Around) -> None:
    outer = _outer(config, around)
    if outer.hash != around.hash:
        problem = f"{outer.name} is not the table that {around.run.name} ({around.run.model_run[:8]}) was fitted on"
        mend = f"it is of {around.data}: leave data= out, or run it again if the table has changed"
        raise UserError(problem, mend)
    found, least = load_within(config), max(FEWEST, 2 * config.k)
    if len(found.table) < least:
        small = f"{found.inside} holds {len(found.table):,} customers, too few"
        if len(found.table) >= FEWEST:
            raise UserError(f"{small} for k={config.k}", f"choose k up to {len(found.table) // 2}")
        raise UserError(f"{small} to segment again", f"choose a segment of at least {FEWEST}")


def _data(composed: Any, around: Around, arguments: Sequence[str]) -> Any:
    """The page of the data: as composed where it was chosen, else the run's with what is said of single keys on top."""
    chosen, values = said_of_data(tuple(one for one in arguments if one.lstrip("+").startswith("data")))
    if chosen:
        return composed
    page = copy.deepcopy(around.config.data)
    for key, value in values:
        OmegaConf.update(page, key, [*page.said, *value] if key == "said" else value)
    return page


@lru_cache(maxsize=16)
def said_of_data(arguments: tuple[str, ...]) -> tuple[bool, list[tuple[str, Any]]]:
    """Whether a page is chosen, and the keys below `data` that are given, with their values."""
    parsed = [one for one in OverridesParser.create().parse_overrides(list(arguments)) if not one.is_sweep_override()]
    below = [(one.key_or_group.removeprefix("data."), one.value()) for one in parsed if one.key_or_group != "data"]
    return len(below) < len(parsed), below
