"""How far scoring a file is, and why a file was not scored."""

import re
from pathlib import Path

from segkit.app.running.work import Work

# How scoring tells its progress: 100,000 of 250,000 customers scored  41,000 a second  about 4 s left
_LINE = re.compile(r"([\d,]+)(?: of ([\d,]+))? customers scored  [\d,]+ a second(?:  (about \d+ s left))?")


def going(found: Work) -> dict[str, str | int]:
    """The state of scoring, so many of so many (0: not known), and what to say, as plain values."""
    lines = [match for line in found.log.splitlines() if (match := _LINE.fullmatch(line.strip()))]
    if not lines:
        return {"state": found.state, "done": 0, "total": 0, "says": f"reading the file, {found.seconds:.0f} s"}
    done, total, left = lines[-1].groups(default="")
    says = f"{done}{f' of {total}' if total else ''} customers, {left or f'{found.seconds:.0f} s'}"
    return {"state": found.state, "done": _whole(done), "total": _whole(total or "0"), "says": says}


def complaint_of(found: Work, folder: Path) -> str:
    """Why a file was not scored, in the command's words."""
    return as_called(found.complaint, folder).removeprefix("error: ")


def as_called(text: str, folder: Path) -> str:
    """What a command said of a file in this folder, which is called as people call it."""
    return re.sub(f"{re.escape(str(folder))}/(brought|scored)/", "", text)


def _whole(text: str) -> int:
    return int(text.replace(",", ""))
