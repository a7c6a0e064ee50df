"""Every bad input tried: `python -m benchmarks.bad_input [words]`, only cases whose names hold the words.

Each is a process with limits, 10 processor seconds and 1 GB, in a folder of its own with a store; most are copies of
this process, which has imported everything before. `show` as the first word prints the answers, too. Exit code 1 if one
is answered badly.
"""

import importlib
import os
import pkgutil
import shutil
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.bad_input.case import Case, cases
from benchmarks.bad_input.stores import TEMPLATE, write_customers
from benchmarks.bad_input.trial import Tried, tried


def import_everything() -> None:
    """What commands import late, so that copies of this process have it."""
    import experiments
    import segkit

    for name in ("webbrowser", "http.server"):  # nobody may not look where Python lies
        importlib.import_module(name)
    "names in archives".encode("cp437")
    for package in (segkit, experiments):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(("__main__", "experiments.sweep")):
                importlib.import_module(module.name)


def make_template(folder: Path, place: Path, lines: Iterable[str] = TEMPLATE) -> None:
    """Make at a place what cases begin with: a table to score, and what these command lines leave.

    It is made in the folder where the cases are tried: a store that was moved mends its paths at the first look.
    """
    place.mkdir(parents=True)
    write_customers(place)
    for line in lines:
        made = tried(Case("template", line, (), code=0, leaves=("*",)), place, folder, keep=True)
        if made.code:
            raise SystemExit(f"{line}: {made.err}")
        shutil.rmtree(place)
        (folder / "here").rename(place)
        shutil.rmtree(folder)
    for code in list(place.rglob("code")):  # the package itself travels with a model: hundreds of files for every case
        shutil.rmtree(code)


def main(words: Iterable[str]) -> int:
    """Try them, say which are answered badly, and count."""
    words = list(words)
    show = words[:1] == ["show"]
    wanted = [case for case in cases() if all(word in case.name for word in words[show:])]
    wanted.sort(key=lambda case: case.alone)
    import_everything()
    done: list[Tried] = []
    with tempfile.TemporaryDirectory() as place, socket.socket() as taken:
        Path(place).chmod(0o755)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        os.environ["TAKEN"] = str(taken.getsockname()[1])
        folder, template = Path(place) / "tried", Path(place) / "template"
        make_template(folder, template)
        for case in wanted:
            done.append(tried(case, template, folder))
            tell(done[-1], show)
    print(summary(done))
    return 1 if any(one.wrong for one in done) else 0


def tell(one: Tried, show: bool) -> None:
    """One case, if it is answered badly or all are to be shown."""
    if one.wrong or show:
        print(f"{'BAD ' if one.wrong else 'well'} {one.case.name}  ({one.seconds:.1f} s, {one.mb:.0f} MB)")
        print(*(f"     - {wrong}" for wrong in one.wrong), sep="\n", end="\n" if one.wrong else "")
        print(*(f"     | {line[:300]}" for line in (one.out + one.err).strip().splitlines()[-8:]), sep="\n", flush=True)


def summary(done: list[Tried]) -> str:
    """How many of each kind and command, and how many were answered well."""
    lines = []
    for title, of in (("kind", lambda case: case.kind), ("command", lambda case: case.command)):
        tried_ones, well = Counter(of(one.case) for one in done), Counter(of(one.case) for one in done if not one.wrong)
        lines += [
            f"{title:<14} tried  well",
            *(f"{name:<14} {tried_ones[name]:>5} {well[name]:>5}" for name in sorted(tried_ones)),
            "",
        ]
    seconds, mb = max((one.seconds for one in done), default=0), max((one.mb for one in done), default=0)
    total = sum(not one.wrong for one in done)
    return "\n".join(
        [*lines, f"{total} of {len(done)} answered well; the longest {seconds:.1f} s, the largest {mb:.0f} MB"]
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
