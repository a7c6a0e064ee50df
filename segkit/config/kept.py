"""The configuration that a run was computed with, as its store keeps it."""

from typing import Any

from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException

from segkit.config.datasets import data_name
from segkit.config.schema import RunConfig
from segkit.errors import UserError
from segkit.records import RunRecord
from segkit.tracking.reporting import run_config
from segkit.tracking.store import Store


def kept_config(store: Store, run: RunRecord, table: str | None = None) -> Any:
    """What a run was computed with, in the store as it lies now; `table` is read in its data's place."""
    text = run_config(store, run)
    try:
        config: Any = OmegaConf.merge(OmegaConf.structured(RunConfig), OmegaConf.create(text))
    except OmegaConfBaseException as error:
        raise UserError("the run was computed by another version of segkit", "run it again with rerun=true") from error
    OmegaConf.update(config, "tracking", {**config.tracking, **store.settings})
    if table:
        config.data.name, config.data.path, config.data.query = data_name(config.data), table, ""
        return config
    generated = (config.data.generate or {}).get("_target_", "segkit.")
    if not str(generated).startswith("segkit."):  # a store may be someone else's: it names no code but ours
        raise UserError(f"the run's table is made by {generated}", "name a file: table=customers.csv")
    return config
