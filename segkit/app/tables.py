"""The tables that people brought: a folder each with the file as it came and what was said of it."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from segkit.app.said import Said
from segkit.errors import UserError

DEMO = "demo customers"
_ID = re.compile(r"[0-9a-f]{12}")
_PAGE = "page.json"
_LONGEST = 120


@dataclass(frozen=True)
class Table:
    """One table: its id, what the file was called ("" for the demo customers), when it came, what was said of it."""

    id: str
    folder: Path
    file: str
    brought: str
    said: Said = field(default_factory=Said)

    @property
    def title(self) -> str:
        """What it is called on pages."""
        return self.file or DEMO

    @property
    def source(self) -> list[str]:
        """The arguments that name it, as the command line takes them."""
        return ["data=table", f"data.path={self.folder / self.file}"] if self.file else ["data=customers"]

    @property
    def arguments(self) -> list[str]:
        """The same with what was said of it."""
        return [*self.source, *self.said.of_columns, *self.said.of_brief]


class Tables:
    """All of them, below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Table]:
        """The newest first."""
        ids = [path.parent.name for path in self._folder.glob(f"*/{_PAGE}") if _ID.fullmatch(path.parent.name)]
        return sorted(map(self.get, ids), key=lambda table: table.brought, reverse=True)

    def get(self, table_id: str) -> Table:
        """The table of an id; raises UserError where there is none."""
        page = self._folder / table_id / _PAGE
        if not _ID.fullmatch(table_id) or not page.is_file():
            raise UserError("there is no such table", "the start page lists those that were brought")
        values = json.loads(page.read_text(encoding="utf-8"))
        said = Said(**{**values["said"], "mends": tuple(values["said"]["mends"])})
        return Table(table_id, page.parent, values["file"], values["brought"], said)

    def new_folder(self) -> Path:
        """A folder for a table that is about to be brought; it becomes one by `keep`."""
        folder = self._folder / secrets.token_hex(6)
        folder.mkdir(parents=True)
        return folder

    def keep(self, folder: Path, file: str) -> Table:
        """Make a table of a folder that holds its file; "" is the demo customers."""
        table = Table(folder.name, folder, file, f"{datetime.now().astimezone().isoformat(timespec='seconds')}")
        _write(table)
        return table

    def discard(self, folder: Path) -> None:
        """Leave nothing of a table that could not be read."""
        shutil.rmtree(folder, ignore_errors=True)

    def change(self, table_id: str, change: Callable[[Said], Said]) -> Table:
        """Say something else of a table; of two who do so at once both are heard."""
        with FileLock(self.get(table_id).folder / "page.lock"):
            table = self.get(table_id)
            changed = replace(table, said=change(table.said))
            _write(changed)
        return changed


def safe_name(name: str) -> str:
    """A file's name that stays in its folder and keeps its ending.

    >>> safe_name("../my shop/June (1).csv"), safe_name("...")
    ('June (1).csv', 'table')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = Path(re.sub(r"[^\w. ()&+,=@-]+", "_", last).strip(" .") or "table")
    return f"{kept.stem[:_LONGEST]}{kept.suffix[:20]}"


def _write(table: Table) -> None:
    values = {"file": table.file, "brought": table.brought, "said": asdict(table.said)}
    partial = table.folder / f"{_PAGE}.part"
    partial.write_text(json.dumps(values, indent=1), encoding="utf-8")
    os.replace(partial, table.folder / _PAGE)
