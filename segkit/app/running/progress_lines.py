"""How far a sweep is, read from the lines that it says."""

import re
from dataclasses import dataclass

# How a sweep tells its progress: 12/96 runs  best standard-pca-kmeans-4 0.369  about 30 s left
_LINE = re.compile(r"(\d+)/(\d+) (runs|finalists weighed)(?:  (\d+) failed)?(?:  best (\S.*?))?(?:  (about .*|\d+ s))?")


@dataclass(frozen=True)
class Progress:
    """How far a sweep is: so many of so many, of what, the best so far, and the time that is left, in words."""

    done: int
    total: int
    what: str
    best: str = ""
    left: str = ""


def progress_in(log: str) -> Progress | None:
    """What the last line of progress says, and the best that any did; None before there is one."""
    found = [match for line in log.splitlines() if (match := _LINE.fullmatch(line.strip()))]
    if not found:
        return None
    done, total, what, _, _, left = found[-1].groups(default="")
    best = next((match[5] for match in reversed(found) if match[5]), "")
    return Progress(int(done), int(total), what, best, left if left.startswith("about") else "")
