"""A table that is brought: streamed to disk under a limit, looked at with the command line's care, kept or left."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from starlette.requests import Request

from segkit.app.brought.tables import Table, Tables, safe_name
from segkit.app.brought.unpacked import check_unpacked
from segkit.app.settings import check_size
from segkit.config.asked import understood
from segkit.data.read import check_source
from segkit.errors import UserError

_THROWN_AWAY = 32_000_000


class Place(Protocol):
    """Where what is brought is put: a folder for each, of which nothing is left where it is discarded."""

    def new_folder(self) -> Path:
        """A folder for what is about to be brought."""

    def discard(self, folder: Path) -> None:
        """Leave nothing of it."""


async def streamed(body: AsyncIterator[bytes], path: Path, declared: int, largest: int) -> None:
    """Write a body to a file as it comes, no more than may be; `declared` is how long it says that it is.

    Of what is too large some more is read and thrown away: who still sends does not listen to an answer.
    """
    size, writes = 0, declared <= largest
    with _explained(path), path.open("wb") as file:
        async for part in body:
            size += len(part)
            writes = writes and size <= largest
            if writes:
                file.write(part)
            elif size > largest + _THROWN_AWAY:
                break
    check_size(max(size, declared), largest)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """A full disk, say, is told in words."""
    try:
        yield
    except OSError as error:
        problem = f"{path.name} cannot be kept: {error.strerror or error}"
        raise UserError(problem, f"make room in {path.parent.parent}") from error


def looked_at(tables: Tables, folder: Path, file: str, largest: int) -> Table:
    """Keep what was brought if it can be read and understood; `largest` is how many bytes a table may have.

    Else nothing of it is left, and a UserError names the file as it was called.
    """
    path = folder / file
    try:
        check_unpacked(path, largest)
        check_source(str(path))
        understood(["data=table", f"data.path={path}"])
        return tables.keep(folder, file)
    except UserError as error:
        tables.discard(folder)
        raise type(error)(error.problem.replace(str(path), file), error.mend.replace(str(path), file)) from error
    except BaseException:
        tables.discard(folder)
        raise


async def brought(place: Place, request: Request, largest: int) -> tuple[Path, str]:
    """The folder and name of the file that a request's body was written to, which is called as its address says.

    Nothing is left of one that is too large or broken off.
    """
    folder, file = place.new_folder(), safe_name(request.query_params.get("name", ""))
    declared = request.headers.get("content-length", "")
    try:
        await streamed(request.stream(), folder / file, int(declared) if declared.isdigit() else 0, largest)
    except BaseException:
        place.discard(folder)
        raise
    return folder, file
