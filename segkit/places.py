"""Where the configuration pages and the commands lie: inside an installed package, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def conf_folder() -> Path:
    """The folder of the configuration pages."""
    return _inside_or_beside("conf")


def commands_folder() -> Path:
    """The folder of the commands, one file each."""
    return _inside_or_beside("experiments")


def commands_package() -> str:
    """The import name of that folder."""
    return "segkit.experiments" if commands_folder().parent == _PACKAGE else "experiments"


def _inside_or_beside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
