"""The files that people had scored: a folder each with the file as it came, what was asked, and what came out."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from segkit.errors import UserError

# So long a scored file lies there before another one that is brought clears it away.
DAYS = 30
_ID = re.compile(r"[0-9a-f]{12}")
_PAGE, _BROUGHT = "page.json", "brought"


@dataclass(frozen=True)
class Score:
    """One file: its id, what it was called, when it came, the version that scores it, the further arguments, its kind.

    `names` are the version's segments by number, `customers` those whom it was fitted on.
    """

    id: str
    folder: Path
    file: str
    brought: str
    model: str
    version: int
    asked: tuple[str, ...] = ()
    ending: str = ".csv"
    names: Mapping[int, str] | None = None
    customers: Mapping[int, int] | None = None

    @property
    def input(self) -> Path:
        """The file as it came."""
        return self.folder / _BROUGHT / self.file

    @property
    def output(self) -> Path:
        """Where the scored customers are once they are."""
        return self.folder / "scored" / self.download

    @property
    def download(self) -> str:
        """What the scored file is called."""
        return f"{Path(self.file).stem} scored{self.ending}"

    @property
    def arguments(self) -> list[str]:
        """Those of `segkit score`."""
        named = [f"input={self.input}", f"output={self.output}", f"model={self.model}/{self.version}"]
        return [*named, *self.asked]


class Scores:
    """All of them, below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of_model(self, model: str) -> list[Score]:
        """The newest first."""
        found = (score for score in self._all() if score.model == model)
        return sorted(found, key=lambda score: score.brought, reverse=True)

    def get(self, score_id: str) -> Score:
        """The file of an id; raises UserError where there is none."""
        score = self._read(score_id) if _ID.fullmatch(score_id) else None
        if score is None:
            raise UserError("there is no such scored file", "it may have been deleted; bring it again")
        return score

    def new_folder(self) -> Path:
        """A place for a file that is about to be brought, below a folder of its own; see `keep`.

        What the file is called may be what we call files of ours.
        """
        place = self._folder / secrets.token_hex(6) / _BROUGHT
        place.mkdir(parents=True)
        return place

    def keep(self, score: Score) -> None:
        """Write down what is asked of a file that lies in its folder."""
        score.output.parent.mkdir(exist_ok=True)
        values = {name: value for name, value in asdict(score).items() if name not in ("id", "folder")}
        partial = score.folder / f"{_PAGE}.part"
        partial.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        os.replace(partial, score.folder / _PAGE)

    def discard(self, folder: Path) -> None:
        """Leave nothing of a file that was brought to such a place."""
        self.delete(folder.parent)

    def delete(self, folder: Path) -> None:
        """Leave nothing of a file and of what came of it, and for nobody ever half of it."""
        gone = folder.with_name(f".gone-{folder.name}")
        with suppress(FileNotFoundError):  # somebody else was quicker
            os.replace(folder, gone)
        shutil.rmtree(gone, ignore_errors=True)

    def old(self, now: datetime) -> list[Score]:
        """Those that have lain there long enough."""
        return [one for one in self._all() if datetime.fromisoformat(one.brought) < now - timedelta(days=DAYS)]

    def _all(self) -> list[Score]:
        ids = [path.parent.name for path in self._folder.glob(f"*/{_PAGE}") if _ID.fullmatch(path.parent.name)]
        return [score for one in ids if (score := self._read(one)) is not None]

    def _read(self, score_id: str) -> Score | None:
        """The file of an id; None where there is none, be it that somebody deletes it now."""
        page = self._folder / score_id / _PAGE
        try:
            values = json.loads(page.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        numbered = {key: _by_number(values[key]) for key in ("names", "customers")}
        return Score(**{**values, **numbered, "asked": tuple(values["asked"])}, id=score_id, folder=page.parent)


def _by_number(values: Mapping[str, Any] | None) -> dict[int, Any] | None:
    return None if values is None else {int(number): value for number, value in values.items()}
