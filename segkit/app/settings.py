"""What the app is started with."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from segkit.algorithms.extras import installing
from segkit.config.asked import composed
from segkit.config.datasets import absolute
from segkit.config.schema import plain
from segkit.errors import UserError
from segkit.secrets import masked
from segkit.tracking.contact import without_account

_PACKAGES = ("starlette", "uvicorn")


@dataclass(frozen=True)
class Settings:
    """The `tracking` page of the store, and how large a table may be that is brought, in bytes.

    `said` are the arguments that make a command find the same store.
    """

    tracking: Mapping[str, object]
    largest: int
    said: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where the tables lie that people brought."""
        return Path(str(self.tracking["folder"])) / "app"


def settings_of(config: Any) -> Settings:
    """What the page `app` says, with paths that mean the same in every process."""
    if config.largest_mb < 1:
        raise UserError(f"largest_mb={config.largest_mb} lets no table in", "the usual is 200")
    tracking = dict(plain(config.tracking))
    usual = dict(plain(composed("app", []).tracking))
    tracking["folder"] = absolute(config.tracking.folder)
    if Path(tracking["folder"]).is_file():
        raise UserError(f"{tracking['folder']} is a file", "runs are kept in a folder: tracking.folder=...")
    tracking["uri"] = config.tracking.uri and without_account(config.tracking.uri)
    usual["folder"] = absolute(str(usual["folder"]))
    said = tuple(_said(key, value) for key, value in tracking.items() if value != usual[key])
    return Settings(tracking, config.largest_mb * 1_000_000, said)


def _said(key: str, value: object) -> str:
    """The argument that gives a key its value, a secret by way of the environment.

    Arguments are read by others on the machine, kept with what was started, and shown on pages.
    """
    if masked(str(value)) == str(value):
        return f"tracking.{key}={value}"
    name = f"SEGKIT_SECRET_{key.upper()}"
    os.environ[name] = str(value)
    return f"tracking.{key}=${{oc.env:{name}}}"


class TooLarge(UserError):
    """The table is larger than may be brought."""


def check_size(size: int, largest: int) -> None:
    """Raises TooLarge where a table of so many bytes may not be brought."""
    if size > largest:
        mend = "start the app with largest_mb=... above it, or use the command line"
        raise TooLarge(f"the table is larger than {largest / 1e6:,.0f} MB", mend)


def check_installed() -> None:
    """Raises UserError, with the mend, where the packages that serve pages are not there, or the system is none of
    those that the app runs on.
    """
    if find_spec("fcntl") is None:  # its sweeps are processes that are known to live by a lock that they inherit
        mend = "use the commands, segkit sweep first, or WSL on Windows"
        raise UserError("the app runs on Linux and macOS only", mend)
    lacking = [name for name in _PACKAGES if find_spec(name) is None]
    if lacking:
        raise UserError(f"the app needs the package {lacking[0]}", installing("app"))
