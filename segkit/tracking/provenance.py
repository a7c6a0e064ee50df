"""Where a run comes from: commit, versions, user."""

import getpass
import platform
import subprocess
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import segkit

_LIBRARIES = ("scikit-learn", "umap-learn", "pandas", "numpy", "mlflow")


@lru_cache(maxsize=1)
def provenance_tags() -> dict[str, str]:
    """Tags that every run carries; the commit is that of the checkout segkit runs from, if it runs from one."""
    tags = {"mlflow.user": _user(), "mlflow.source.name": "segkit", "mlflow.source.type": "LOCAL"}
    commit = _commit()
    if commit:
        tags["mlflow.source.git.commit"] = commit
    versions = [f"segkit {segkit.__version__}", f"python {platform.python_version()}"]
    tags["segkit.versions"] = ", ".join(versions + [f"{name} {version(name)}" for name in _LIBRARIES])
    return tags


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user of that number
        return "unknown"


def _commit() -> str:
    """The checkout's commit, or "" outside one (an installed wheel, no git)."""
    root = Path(segkit.__file__).parent.parent
    if not (root / ".git").exists():
        return ""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return found.stdout.strip()
