"""Types and spelling of the keys of every command's page; those of `run` stand in `segkit.config.schema`."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hydra.core.config_store import ConfigStore

from segkit.config.schema import BriefChangeConfig, BriefConfig, DataConfig, RunConfig, TrackingConfig
from segkit.drift.limits import Limits


@dataclass
class CommandConfig:
    """What every command but `run` shares."""

    tracking: TrackingConfig = field(default_factory=TrackingConfig)
    debug: bool = False


@dataclass
class CompareConfig(CommandConfig):
    """conf/compare.yaml"""

    sweep: str = "latest"
    format: str = "table"
    output: str | None = None
    brief: BriefChangeConfig = field(default_factory=BriefChangeConfig)
    selection: Any = None


@dataclass
class PromoteConfig(CommandConfig):
    """conf/promote.yaml"""

    run: str | None = None
    sweep: str = "latest"
    model: str | None = None
    alias: str = "champion"
    force: bool = False
    names: str | None = None
    most_moved: float = 0.2
    by: str = ""
    format: str = "table"


@dataclass
class ModelConfig(CommandConfig):
    """conf/models.yaml"""

    model: str | None = None
    format: str = "table"


@dataclass
class RollbackConfig(ModelConfig):
    """conf/rollback.yaml"""

    steps: int = 1
    most_moved: float = 0.2
    by: str = ""


@dataclass
class EditConfig(ModelConfig):
    """conf/edit.yaml"""

    rename: str | None = None
    names: str | None = None
    merge: str | None = None
    called: str = ""
    split: str | None = None
    run: str | None = None
    lock: str | None = None
    unlock: str | None = None
    by: str | None = None


@dataclass
class ScoreConfig(ModelConfig):
    """conf/score.yaml"""

    input: str = "???"
    query: str = ""
    output: str = "???"
    output_table: str = ""
    replace: bool = False
    as_of: str = ""
    absent: str = ""
    outlier: bool = False
    why: bool = False
    probabilities: bool = False
    suppress: str = ""
    control: float = 0.0
    campaign: str = ""


@dataclass
class MonitorConfig(ModelConfig):
    """conf/monitor.yaml"""

    input: str | None = None
    query: str = ""
    date: str | None = None
    as_of: str = ""
    previous: str | None = None
    reform: bool = True
    history: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass
class ExploreConfig(CommandConfig):
    """conf/explore.yaml"""

    data: DataConfig = field(default_factory=DataConfig)
    brief: BriefConfig = field(default_factory=BriefConfig)
    preprocessing: Any = None
    features: Any = "all"
    output: str | None = None
    format: str = "table"


@dataclass
class ReportConfig(CommandConfig):
    """conf/report.yaml"""

    run: str | None = None
    sweep: str = "latest"
    model: str | None = None
    table: str | None = None
    names: str | None = None
    ideas: str | None = None
    first: list[str] = field(default_factory=lambda: ["value", "size", "solidity"])
    control: float = 0.1
    format: str = "html"
    output: str | None = None


@dataclass
class CacheConfig(CommandConfig):
    """conf/cache.yaml"""

    clear: bool = False
    format: str = "table"


@dataclass
class ForgetConfig(CommandConfig):
    """conf/forget.yaml"""

    id: Any = None
    sure: bool = False
    format: str = "table"


@dataclass
class UiConfig(CommandConfig):
    """conf/ui.yaml"""

    port: int = 5000


@dataclass
class ServerConfig:
    """conf/server.yaml"""

    folder: str = "server"
    host: str = "127.0.0.1"
    port: int = 5001
    names: list[str] = field(default_factory=list)
    artifacts: str | None = None
    permission: str = "EDIT"
    workers: int = 2
    postgres: str | None = None
    upgrade: bool = False
    debug: bool = False


@dataclass
class AppConfig(CommandConfig):
    """conf/app.yaml"""

    port: int = 8600
    largest_mb: int = 200


@cache
def register() -> None:
    """Make the schemas known to Hydra under the names that the yaml pages list first."""
    store = ConfigStore.instance()
    schemas = {
        "run": RunConfig,
        "compare": CompareConfig,
        "promote": PromoteConfig,
        "model": ModelConfig,
        "rollback": RollbackConfig,
        "edit": EditConfig,
        "score": ScoreConfig,
        "monitor": MonitorConfig,
        "explore": ExploreConfig,
        "report": ReportConfig,
        "cache": CacheConfig,
        "forget": ForgetConfig,
        "ui": UiConfig,
        "server": ServerConfig,
        "app": AppConfig,
    }
    for name, schema in schemas.items():
        store.store(name=f"{name}_schema", node=schema)
