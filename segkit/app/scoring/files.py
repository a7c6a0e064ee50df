"""The files that people had scored: a folder each with the file as it came, what was asked, and what came out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from segkit.app.folders import ids_in, leave_nothing, new_folder, read_page, write_page
from segkit.errors import UserError

# So long a scored file lies there before another one that is brought clears it away.
DAYS = 30
_BROUGHT = "brought"


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
        score = self._read(score_id)
        if score is None:
            raise UserError("there is no such scored file", "it may have been deleted; bring it again")
        return score

    def new_folder(self) -> Path:
        """A place for a file that is about to be brought, below a folder of its own; see `keep`.

        What the file is called may be what we call files of ours.
        """
        place = new_folder(self._folder) / _BROUGHT
        place.mkdir()
        return place

    def keep(self, score: Score) -> None:
        """Write down what is asked of a file that lies in its folder."""
        score.output.parent.mkdir(exist_ok=True)
        values = {name: value for name, value in asdict(score).items() if name not in ("id", "folder")}
        write_page(score.folder, values)

    def discard(self, folder: Path) -> None:
        """Leave nothing of a file that was brought to such a place."""
        leave_nothing(folder.parent)

    def old(self, now: datetime) -> list[Score]:
        """Those that have lain there long enough."""
        return [one for one in self._all() if datetime.fromisoformat(one.brought) < now - timedelta(days=DAYS)]

    def _all(self) -> list[Score]:
        return [score for one in ids_in(self._folder) if (score := self._read(one)) is not None]

    def _read(self, score_id: str) -> Score | None:
        values = read_page(self._folder, score_id)
        if values is None:
            return None
        numbered = {key: _by_number(values[key]) for key in ("names", "customers")}
        folder = self._folder / score_id
        return Score(**{**values, **numbered, "asked": tuple(values["asked"])}, id=score_id, folder=folder)


def _by_number(values: Mapping[str, Any] | None) -> dict[int, Any] | None:
    return None if values is None else {int(number): value for number, value in values.items()}
