"""From the pages `data` and `brief`, and the key `features`, to a data set that is understood."""

import json
import re
from dataclasses import asdict, dataclass, fields, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hydra.utils import instantiate
from omegaconf import OmegaConf

from segkit.brief import Brief
from segkit.config.said import columns_said
from segkit.config.schema import LogConfig, plain
from segkit.config.sharing import is_large, shared_dataset
from segkit.data import Dataset, LogColumns, Stated, make_dataset
from segkit.data.delimited import Reading
from segkit.data.expected import differences
from segkit.data.read import read
from segkit.data.transactions import check_log
from segkit.errors import UserError
from segkit.remembered import bytes_of, remembers
from segkit.secrets import masked

# A data set's name becomes that of a registered model, and MLflow refuses these there.
_NOT_IN_NAMES = re.compile(r"[/:'\"\\\x00-\x1f]")
# In files below this size even a column that nobody wants costs nothing, and is shown among those left out.
_LARGE = 50_000_000
# What numpy takes.
_SEEDS = 2**32
_FEWEST_MEASURED = 10


def load_dataset(config: Any) -> Dataset:
    """The data set of a run: the table of the `data` page, understood as page, brief and `features` say.

    Read once per process while the file stays the same, as far as memory allows, and a large file once per machine.
    Within a segment it is the customers of that one alone.
    """
    if "within" in config and config.within is not None:
        from segkit.config.inside import load_within  # opens the store, which takes longer than reading most tables

        return load_within(config)
    described: Any = OmegaConf.to_container(config.data, resolve=True, throw_on_missing=True)
    described["path"] = absolute(config.data.path)
    changed = Path(described["path"]).stat().st_mtime_ns if Path(described["path"]).is_file() else 0
    asked = {"data": described, "brief": plain(config.brief), "features": plain(config.features)}
    return _load(json.dumps(asked, sort_keys=False), changed, _cache(config.tracking) if "tracking" in config else "")


def _cache(tracking: Any) -> str:
    """Where understood tables are kept on this machine, which is where fitted stages are."""
    shared = tracking.cache and "://" in tracking.cache
    return absolute(tracking.cache if tracking.cache and not shared else str(Path(tracking.folder) / "cache"))


def absolute(path: str | None) -> str:
    """A path that means the same in every process; addresses stay as they are."""
    if not path or "://" in path:
        return path or ""
    return str(Path(path).expanduser().absolute())


def check_counts(config: Any, dataset: Dataset) -> None:
    """k must be a number of segments that the customers can fill; and the seed and the sample are numbers, too."""
    if not 1 <= config.k <= len(dataset.table):
        raise UserError(
            f"k={config.k} does not fit {len(dataset.table)} customers", f"choose k between 1 and {len(dataset.table)}"
        )
    if not 0 <= config.seed < _SEEDS:
        raise UserError(f"seed={config.seed} is no seed", f"choose one between 0 and {_SEEDS - 1}")
    if config.silhouette_rows < _FEWEST_MEASURED:
        raise UserError(f"silhouette_rows={config.silhouette_rows} is too few to measure", "the usual is 6000")


def brief_of(config: Any) -> Brief:
    """The brief as the library knows it."""
    return Brief(**_tuples(plain(config)))


@remembers(lambda dataset: bytes_of(dataset.table))
def _load(asked: str, changed: int, cache: str) -> Dataset:
    path = json.loads(asked)["data"]["path"]
    if not (cache and is_large(path)):
        return _made(asked, changed)
    found = shared_dataset(Path(cache), asked, path, lambda: _made(asked, changed))
    _read.cache_clear()  # the file's content is mapped now, or else in the data set
    return found


def _made(asked: str, changed: int) -> Dataset:
    settings = read_settings(asked)
    described = settings.data
    if not described.path and described.generate is None:
        raise UserError("data.path is needed", "say which table: data.path=customers.csv")
    stated, log = stated_of(described), _log_of(described)
    if described.path:
        wanted = _wanted(described.path, stated, log)
        reading = _read(described.path, described.query, changed, wanted, frozenset(stated.numbers))
        if log is not None:  # of a log no other columns are read, but all are known
            check_log([*reading.table, *reading.unread], log)
    else:
        reading = Reading(instantiate(described.generate))
    name = data_name(described)
    notes = differences([*reading.table, *reading.unread], described.expects, name)
    return make_dataset(
        name,
        reading.table,
        masked(described.path or f"generated: {name}"),
        described.as_of,
        without_columns(stated, {*reading.unread, *(set(described.expects) - set(reading.table))}),
        brief_of(settings.brief),
        settings.features,
        reading.notes + notes,
        log,
        described.duplicates,
    )


def read_settings(text: str) -> Any:
    """Settings from JSON with every reference filled in: what still looks like one, ${x}, is somebody's column."""
    settings = json.loads(text)
    return SimpleNamespace(**{**settings, "data": SimpleNamespace(**settings["data"])})


def data_name(described: Any) -> str:
    """What a data set is called: as its page says, else after its file."""
    name = _NOT_IN_NAMES.sub("_", described.name or _named_after(Path(described.path)))
    return name.replace("..", "_")  # MLflow takes no name that could lead out of a folder


def _named_after(path: Path) -> str:
    """The file's name without its ending; of a pattern (shops/*.csv) what is left of it, or else its folder's name.

    >>> _named_after(Path("shops/*.csv")), _named_after(Path("shop-?.csv"))
    ('shops', 'shop')
    """
    return re.sub(r"\[.*?\]|[*?]", "", path.stem).strip("-_. ") or path.absolute().parent.name


@dataclass(frozen=True)
class _Wanted:
    """Which columns to read: of a log those that it is said to have, of a large file all that are not left out."""

    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def __call__(self, name: str) -> bool:
        return name not in self.without and (self.only is None or name in self.only)


@lru_cache(maxsize=1)
def _read(path: str, query: str, changed: int, wanted: _Wanted, text: frozenset[str]) -> Reading:
    return read(path, query, wanted, text)


def _wanted(path: str, stated: Stated, log: LogColumns | None) -> _Wanted:
    if log is not None:
        # Two lines are alike only if they are so in every column, be it one that nobody asks for.
        return _Wanted() if log.duplicates != "keep" else _Wanted(only=frozenset(name for _, name in log.named()))
    if not Path(path).is_file() or Path(path).stat().st_size < _LARGE:
        return _Wanted()
    taken = [pattern for recipe in stated.derive.values() for pattern in _words_in(recipe)]
    left_out = [name for name, use in stated.use.items() if use == "leave_out"]
    return _Wanted(without=frozenset(name for name in left_out if not any(fnmatchcase(name, p) for p in taken)))


def _words_in(recipe: Any) -> list[str]:
    """Every text in a recipe, columns and patterns among them."""
    if isinstance(recipe, dict):
        recipe = list(recipe.values())
    return [word for part in recipe for word in _words_in(part)] if isinstance(recipe, list) else [str(recipe)]


def _log_of(described: Any) -> LogColumns | None:
    said = described.log
    return LogColumns(**_tuples(said)) if said != asdict(LogConfig()) else None


def stated_of(described: Any) -> Stated:
    """What the page and the command line say of single columns, the latter on top."""
    said = columns_said(described.said)
    return Stated(
        **{part.name: plain(getattr(described, part.name)) | said.get(part.name, {}) for part in fields(Stated)}
    )


def without_columns(stated: Stated, absent: set[str]) -> Stated:
    """What is said of single columns, but for those that are not in the table, as its page knows."""
    groups = ("kind", "use", "levels", "dates", "numbers", "missing", "fill")
    said = {group: {n: what for n, what in getattr(stated, group).items() if n not in absent} for group in groups}
    return replace(stated, **said)


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
