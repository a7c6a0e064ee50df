"""A file that is written beside its place: what a killed process left of it is removed by whoever writes there next."""

import glob
import os
import platform
from pathlib import Path

_MARK = "part"


def unfinished(path: Path) -> Path:
    """Where this process may write what is to become the file `path`; earlier attempts whose process is gone are
    removed. It begins with a dot and ends like `path`: some writers go by the ending.
    """
    host = platform.node()
    begin = f".{host}."
    for left in path.parent.glob(f".*.{_MARK}.{glob.escape(path.name)}"):
        writer = left.name.removeprefix(begin).split(f".{_MARK}.")[0]
        if left.name.startswith(begin) and writer.isdigit() and not _lives(int(writer)):
            left.unlink(missing_ok=True)
    return path.with_name(f".{host}.{os.getpid()}.{_MARK}.{path.name}")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
