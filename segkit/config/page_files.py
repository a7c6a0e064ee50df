"""Hydra's reading of pages, with the page's path in what is said of one that cannot be read."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.plugins import Plugins
from omegaconf import DictConfig

from segkit.errors import UserError

Read = Callable[[Any, str], Any]


def name_pages() -> None:
    """Have Hydra name the page, from now on in this process, that is no text or holds no keys."""
    Plugins.instance()  # which registers what reads files
    files: Any = SourcesRegistry.instance().resolve("file")
    if not hasattr(files.load_config, "__wrapped__"):
        files.load_config = _naming(files.load_config)


def _naming(read: Read) -> Read:
    @wraps(read)
    def named(source: Any, config_path: str) -> Any:
        page = Path(source.path.removeprefix("file://")) / config_path
        try:
            found = read(source, config_path)
        except UnicodeDecodeError as error:
            problem = f"{page} is no YAML: it is not written in UTF-8"
            raise UserError(problem, "save it as UTF-8, or look how the pages that come along are written") from error
        except OSError as error:
            if error.errno is not None:  # the system's, which names the file
                raise
            raise _no_keys(page) from error
        if not isinstance(found.config, DictConfig):
            raise _no_keys(page)
        return found

    return named


def _no_keys(page: Path) -> UserError:
    return UserError(f"{page} is no page: it holds no keys", "write one key a line, as in name: value")
