"""From a composed configuration to the library's own objects."""

from typing import Any

from hydra.utils import instantiate
from omegaconf import OmegaConf

from segkit.config.labels import stage_keys
from segkit.config.schema import plain
from segkit.data import Dataset
from segkit.errors import UserError
from segkit.fitted_rows import MOST_UNSTATED
from segkit.intel import by_intel
from segkit.model import SegmentationModel
from segkit.preprocessing.features import reading_steps
from segkit.stages import SharedStages
from segkit.tracking.store import Store

# Keys of an algorithm's page that are not the algorithm's own.
_FIT_ROWS = "fit_rows"
_OURS = (_FIT_ROWS, "needs")


def build_model(config: Any, dataset: Dataset, store: Store) -> SegmentationModel:
    """The model of one run, its shared stages kept in the store's cache."""
    algorithm, reducer, preprocessing = (make(config, step) for step in ("algorithm", "reducer", "preprocessing"))
    algorithm = by_intel(algorithm) if config.intel else algorithm
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    stages = SharedStages(store.cache, stage_keys(config, dataset), store.shared_cache)
    most = fit_rows(config)
    prepared = weighted(preprocessing, dataset)
    return SegmentationModel(algorithm, reducer, prepared, columns, features, stages, most, config.seed)


def weighted(preprocessing: Any, dataset: Dataset) -> Any:
    """The preprocessing with the columns' weights; raises UserError if it knows none and some are stated."""
    weights = {column.name: column.weight for column in dataset.feature_columns if column.weight != 1}
    if not weights:
        return preprocessing
    if "weights" not in preprocessing.get_params():
        raise UserError("this preprocessing knows no weights", "use one that is made of segkit.preprocessing.ByKind")
    return preprocessing.set_params(weights={**(preprocessing.get_params()["weights"] or {}), **weights})


def make(config: Any, step: str) -> Any:
    """The estimator of one step; plain lists and dicts reach it, since estimators know no OmegaConf."""
    page: Any = OmegaConf.to_container(config[step], resolve=True, throw_on_missing=True)
    return instantiate({key: value for key, value in page.items() if key not in _OURS}, _convert_="all")


def fit_rows(config: Any) -> int | None:
    """How many customers the algorithm is given at most, as its page says; None for all."""
    most = plain(config.algorithm).get(_FIT_ROWS, MOST_UNSTATED)
    least = max(2, config.k)
    if most is not None and (not isinstance(most, int) or most < least):
        mend = f"give a whole number from {least} on, or null to fit everyone"
        raise UserError(f"algorithm.{_FIT_ROWS}={most} does not do", mend)
    return most
