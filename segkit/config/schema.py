"""Types and spelling of every key of a run, so that a wrong one is refused before anything runs."""

from dataclasses import dataclass, field, fields
from typing import Any

from omegaconf import OmegaConf


@dataclass
class LogConfig:
    """Which columns of a transaction log mean what; see segkit.data.LogColumns. All empty: the table is no log."""

    customer: str = ""
    date: str = ""
    order: str = ""
    quantity: str = ""
    price: str = ""
    amount: str = ""
    product: str = ""
    describe: list[str] = field(default_factory=list)
    cancelled: str = ""
    duplicates: str = ""
    since: str = ""
    until: str = ""
    date_format: str = ""


@dataclass
class DataConfig:
    """A data set: `path` or `generate`, and what inference gets wrong about its columns; see segkit.data.Stated.

    `expects` names the columns that the description was written for. `duplicates` says what becomes of customers who
    stand in the table again under other ids: keep or drop. `log` says that the table is a transaction log.
    `said` holds what the command line says of single columns (`data.use.COLUMN=...`): Hydra's keys cannot hold every
    column name, so these arrive as text.
    """

    name: str | None = None
    path: str | None = None
    query: str = ""
    generate: Any = None
    expects: list[str] = field(default_factory=list)
    as_of: str = ""
    duplicates: str = "keep"
    levels: dict[str, list[Any]] = field(default_factory=dict)
    kind: dict[str, str] = field(default_factory=dict)
    use: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    missing: dict[str, Any] = field(default_factory=dict)
    fill: dict[str, Any] = field(default_factory=dict)
    derive: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, list[str]] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)
    log: LogConfig = field(default_factory=LogConfig)
    said: list[str] = field(default_factory=list)


@dataclass
class BriefConfig:
    """What the business needs of a segmentation."""

    fewest_segments: int = 3
    most_segments: int = 7
    smallest_share: float = 0.02
    smallest_customers: int = 0
    smallest_value: float = 0.0
    must_use: list[str] = field(default_factory=list)
    never_use: list[str] = field(default_factory=list)
    value: str = ""
    capacity: int = 0


@dataclass
class BriefChangeConfig:
    """A brief of which only what is given replaces what a sweep was ranked with."""

    fewest_segments: int | None = None
    most_segments: int | None = None
    smallest_share: float | None = None
    smallest_customers: int | None = None
    smallest_value: float | None = None
    must_use: list[str] | None = None
    never_use: list[str] | None = None
    value: str | None = None
    capacity: int | None = None


@dataclass
class TrackingConfig:
    """Where runs are kept."""

    folder: str = "mlruns"
    uri: str | None = None
    experiment: str = "segkit"
    cache: str | None = None
    cache_gb: float = 2.0
    patience: float = 300.0
    silence: float = 60.0


@dataclass
class SearchConfig:
    """How a sweep goes through its space: every combination, or so many, `batch` chosen at once."""

    method: str = "grid"
    trials: int = 0
    startup: int = 0
    batch: int | None = None


@dataclass
class PlanConfig:
    """What the sweeper tells a job; never set by hand."""

    parent: str | None = None
    fingerprint: str | None = None
    weigh: str | None = None
    rivals: bool = False
    space: bool = False
    choosing: list[str] = field(default_factory=list)


@dataclass
class RunConfig:
    """conf/run.yaml"""

    data: DataConfig = field(default_factory=DataConfig)
    brief: BriefConfig = field(default_factory=BriefConfig)
    tracking: TrackingConfig = field(default_factory=TrackingConfig)
    preprocessing: Any = None
    reducer: Any = None
    algorithm: Any = None
    selection: Any = None
    search: SearchConfig = field(default_factory=SearchConfig)
    within: str | None = None
    segment: str | None = None
    features: Any = "all"
    k: int = 4
    k_range: list[int] = field(default_factory=lambda: [2, 3, 4, 5, 6, 7, 8, 9, 10])
    seed: int = 0
    evidence: bool = True
    influence: bool = False
    tsne: bool = False
    silhouette_rows: int = 6000
    intel: bool = False
    note: str = ""
    rerun: bool = False
    format: str = "table"
    debug: bool = False
    plan: PlanConfig = field(default_factory=PlanConfig)


def keys_of(config: Any) -> list[str]:
    """The keys that the schema behind a composed page knows."""
    page: Any = OmegaConf.get_type(config)
    return [known.name for known in fields(page)]


def plain(config: Any) -> Any:
    """A configuration as dicts and lists with every reference filled in."""
    return OmegaConf.to_container(config, resolve=True) if OmegaConf.is_config(config) else config
