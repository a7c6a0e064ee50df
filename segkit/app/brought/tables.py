"""The tables that people brought: a folder each with the file as it came and what was said of it."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from filelock import FileLock

from segkit.app.brought.said import Said
from segkit.app.folders import has_page, ids_in, leave_nothing, new_folder, read_page, this_moment, write_page
from segkit.errors import UserError

DEMO = "demo customers"
_LONGEST_NAME, _LONGEST_ENDING = 180, 20


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
        found = [table for one in ids_in(self._folder) if (table := self._read(one)) is not None]
        return sorted(found, key=lambda table: table.brought, reverse=True)

    def get(self, table_id: str) -> Table:
        """The table of an id; raises UserError where there is none."""
        table = self._read(table_id)
        if table is None:
            raise UserError("there is no such table", "the start page lists those that were brought")
        return table

    def _read(self, table_id: str) -> Table | None:
        values = read_page(self._folder, table_id)
        if values is None:
            return None
        said = Said(**{**values["said"], "mends": tuple(values["said"]["mends"])})
        return Table(table_id, self._folder / table_id, values["file"], values["brought"], said)

    def new_folder(self) -> Path:
        """A folder for a table that is about to be brought; it becomes one by `keep`."""
        return new_folder(self._folder)

    def keep(self, folder: Path, file: str) -> Table:
        """Make a table of a folder that holds its file; "" is the demo customers."""
        table = Table(folder.name, folder, file, this_moment())
        _write(table)
        return table

    def discard(self, folder: Path) -> None:
        """Leave nothing of a table that could not be read."""
        shutil.rmtree(folder, ignore_errors=True)

    def change(self, table_id: str, change: Callable[[Said], Said]) -> Table:
        """Say something else of a table; of two who do so at once both are heard."""
        with self._alone(table_id):
            table = self.get(table_id)
            changed = replace(table, said=change(table.said))
            _write(changed)
        return changed

    def delete(self, table_id: str) -> None:
        """Leave nothing of a table; what is said of it at the same time comes too late."""
        with self._alone(table_id):
            leave_nothing(self.get(table_id).folder)

    @contextmanager
    def _alone(self, table_id: str) -> Iterator[None]:
        """Wait until nobody else changes a table; who waited until it was deleted has made its folder again."""
        folder = self.get(table_id).folder
        try:
            with FileLock(folder / "page.lock"):
                yield
        except FileNotFoundError:
            self.get(table_id)  # tells who came too late that there is no such table
            raise
        finally:
            if not has_page(folder):
                self.discard(folder)


def safe_name(name: str) -> str:
    """A file's name that stays in its folder and keeps its ending.

    >>> safe_name("../my shop/June (1).csv"), safe_name("...")
    ('June (1).csv', 'table')
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = Path(re.sub(r"[^\w. ()&+,=@-]+", "_", last).strip(" .") or "table")
    ending = _shortened(kept.suffix, _LONGEST_ENDING)
    return f"{_shortened(kept.stem, _LONGEST_NAME)}{ending}"


def _shortened(text: str, most_bytes: int) -> str:
    """As much of a text as fits: a file's name is limited in bytes, of which a letter may take four."""
    return text.encode("utf-8", "ignore")[:most_bytes].decode("utf-8", "ignore")


def _write(table: Table) -> None:
    write_page(table.folder, {"file": table.file, "brought": table.brought, "said": asdict(table.said)})
