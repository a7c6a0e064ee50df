"""Data sets of large files: understood once on a machine, and mapped by all its processes, who share one copy."""

from collections.abc import Callable
from pathlib import Path
from time import strftime

from segkit.data import Dataset
from segkit.fingerprint import fingerprint, whole_code_hash

# What is read of smaller files takes little memory and little time, even in every worker.
LARGE = 10_000_000


def is_large(path: str) -> bool:
    """Whether there is a file there that is worth sharing."""
    return Path(path).is_file() and Path(path).stat().st_size >= LARGE


def shared_dataset(folder: Path, asked: str, path: str, make: Callable[[], Dataset]) -> Dataset:
    """The data set that `make` gives of a large file: from the cache in `folder` if it is there, else made and kept.

    `asked` is everything that says how the file is to be read. A table with columns that cannot be mapped (anything but
    numbers, yes and no, dates and text) is made anew each time.
    """
    from segkit.data.kept import dataset_of, dataset_values
    from segkit.stages import SharedStages

    made: list[Dataset] = []

    def values() -> dict[str, object]:
        made.append(make())
        return dataset_values(made[0])

    found = SharedStages(folder, {"table": _key(asked, path)}).get("table", values)
    if found:
        return dataset_of(found)
    return made[0] if made else make()


def _key(asked: str, path: str) -> str:
    """The state of the file stands for its content: whoever writes to it changes these."""
    state = Path(path).stat()
    content = [state.st_size, state.st_mtime_ns, state.st_ctime_ns]
    day = strftime("%Y-%m-%d")  # of a log what is dated later is left out
    return fingerprint({"asked": asked, "file": content, "day": day, "code": whole_code_hash()})
