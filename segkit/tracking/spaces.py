"""Writing what a sweep's reduced spaces are made of to its parent, once for each."""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from segkit.tracking.store import Store

if TYPE_CHECKING:  # what makes it imports all that fits models
    from segkit.spaces import SpaceShown

_FOLDER = "spaces"
_NOT_IN_FILES = re.compile(r"[^\w.=-]+")


def unshown_spaces(store: Store, parent: str, spaces: Iterable[str]) -> list[str]:
    """Those of these spaces of which the parent holds no files yet."""
    known = {Path(item.path).name for item in store.client.list_artifacts(parent, _FOLDER)}
    return [space for space in spaces if f"{_file(space)}-loadings.csv" not in known]


def log_space(store: Store, parent: str, space: str, shown: "SpaceShown") -> None:
    """The pictures and tables of a space, in the parent's folder `spaces`."""
    from segkit.plots.style import save_png  # late: who only asks what is there draws nothing

    with tempfile.TemporaryDirectory() as folder:
        for name, table in shown.tables.items():
            table.to_csv(Path(folder) / f"{_file(space)}-{name}.csv", index=False, float_format="%.4g")
        for name, figure in shown.figures.items():
            save_png(figure, Path(folder) / f"{_file(space)}-{name}.png")
        store.client.log_artifacts(parent, folder, _FOLDER)


def _file(space: str) -> str:
    return _NOT_IN_FILES.sub("_", space)[:120]
