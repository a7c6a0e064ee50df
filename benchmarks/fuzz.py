"""Random damage: loaders, pages, command lines, models and stores fed with what nobody would write.

`python -m benchmarks.fuzz minutes=20 [seed=0] [found=folder]`: takes good files, flips, cuts, doubles and swaps their
bytes, and gives them to what reads them; makes command lines of known words and odd values. An input is answered well
if it is read, or refused with a short UserError. What is not is kept in the folder `found`, one file an input, and
counted by its error. Exit code 1 if there is any.
"""

import contextlib
import io
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.bad_input import files
from segkit.errors import UserError, WorkFailed

_GIVE_UP_SECONDS = 20
_WORDS = [
    b"",
    b"\0",
    b"\xff\xfe",
    b"\n",
    b"\r",
    b'"',
    b",",
    b";",
    b"NaN",
    b"-1",
    b"1e999",
    b"${x}",
    b"!!python/name:os.system",
]
_WORDS += [
    b"99999999999999999999",
    b"{",
    b"[",
    b": ",
    b"- ",
    b"&a *a",
    b"\xf0\x9f\x98\x80",
    b"\xed\xa0\x80",
    b"_target_: os.system",
]
_KEYS = [
    "k",
    "seed",
    "algorithm",
    "reducer",
    "preprocessing",
    "data",
    "data.path",
    "data.generate.rows",
    "features",
    "brief.value",
    "k_range",
]
_KEYS += [
    "brief.fewest_segments",
    "data.use.income",
    "data.derive.x",
    "data.missing.income",
    "algorithm.n_init",
    "within",
    "segment",
    "as_of",
]
_KEYS += [
    "data.as_of",
    "data.log.customer",
    "tracking",
    "selection",
    "format",
    "experiment",
    "hydra.run.dir",
    "data.blocks.a",
    "data.weights.a",
]
_VALUES = [
    "",
    "3",
    "-1",
    "2.5",
    "nan",
    "inf",
    "null",
    "true",
    "???",
    "[",
    "]",
    "{",
    "}",
    "[3,4]",
    "{a: 1}",
    "'",
    '"',
    "a b",
    "a,b",
    "3,4",
    "${k}",
]
_VALUES += [
    "${",
    "\\",
    "$",
    "=",
    "kmeans",
    "kmeans,gmm",
    "choice(3,4)",
    "range(2,5)",
    "interval(1,2)",
    "☃",
    "a'b",
    "\n",
    "1e308",
    "../x",
    "~",
    "@",
    ":",
]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """The content with one to eight accidents."""
    bad = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 3, 8])):
        at, length = rng.randrange(len(bad) + 1), rng.choice([1, 1, 2, 8, 64, 500])
        what = rng.randrange(7)
        if what == 0 and at < len(bad):
            bad[at] ^= 1 << rng.randrange(8)
        elif what == 1:
            del bad[at : at + length]
        elif what == 2:
            bad[at:at] = bad[at : at + length]
        elif what == 3:
            bad[at:at] = rng.choice(_WORDS)
        elif what == 4:
            bad[at : at + length] = rng.randbytes(length)
        elif what == 5:
            del bad[at + 1 :]
        else:
            other = rng.randrange(len(bad) + 1)
            bad[at : at + length], bad[other : other + length] = bad[other : other + length], bad[at : at + length]
    return bytes(bad)


def tables(folder: Path) -> dict[str, bytes]:
    """Good tables of every kind that is read."""
    table = files.numbers().assign(plan=list("abc") * 20, born="1980-02-01", note="two words", customer_id=range(60))
    parquet, workbook = io.BytesIO(), io.BytesIO()
    table.to_parquet(parquet)
    table.head(20).to_excel(workbook, index=False)
    text = table.to_csv(index=False)
    import gzip

    texts = {
        "a.csv": text.encode(),
        "b.csv": text.replace(",", ";").replace(".", ",").encode("utf-16"),
        "c.txt": text.replace(",", " ").encode(),
    }
    return {
        **texts,
        "d.csv.gz": gzip.compress(text.encode()),
        "e.parquet": parquet.getvalue(),
        "f.xlsx": workbook.getvalue(),
    }


def read_table(path: Path) -> None:
    """A table read and understood."""
    from segkit.data import make_dataset
    from segkit.data.findings import find
    from segkit.data.read import read

    reading = read(path)
    dataset = make_dataset("fuzzed", reading.table, str(path), notes=reading.notes)
    find(dataset.table, dataset.columns)


def read_model(path: Path) -> None:
    """A model file loaded, and a customer scored with what comes of it."""
    from segkit.data import make_customers
    from segkit.scoring.scored import scored_table
    from segkit.scoring.scorer_file import load_scorer

    scored_table(load_scorer(path), make_customers(5), "2025-06-30")


def run_command(*arguments: str) -> None:
    """A command in this process; what it says is checked, and what it leaves is not."""
    from segkit.cli import main

    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["segkit", *arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
            code: Any = 0
        except SystemExit as ended:
            code = ended.code or 0
    said = err.getvalue()
    if (
        "Traceback" in said
        or "debug=true shows where" in said
        or (code == 2 and len(said.splitlines()) > 5)
        or (code and not said.strip())
    ):
        raise AssertionError(f"exit {code}: {said.strip()[:300]}")


def read_store(path: Path) -> None:
    """A store listed and its models shown."""
    from segkit.tracking import store

    store._open.cache_clear()
    for command in (["compare"], ["models"]):
        run_command(*command, f"tracking.folder={path.parent}")


def compose_page(path: Path) -> None:
    """A page of one's own composed and its estimator made, without a run."""
    group = path.parent.name
    run_command("run", f"--config-dir={path.parent.parent}", f"{group}={path.stem}", "k=0")


def command_line(rng: random.Random) -> list[str]:
    """Words that a user could type."""
    command = rng.choice(
        ["run", "sweep", "explore", "compare", "report", "score", "promote", "models", "edit", "monitor"]
    )
    made = [
        f"{rng.choice(_KEYS)}={''.join(rng.choices(_VALUES, k=rng.choice([1, 1, 2, 3])))}"
        for _ in range(rng.choice([1, 1, 2]))
    ]
    return [command, *made, "data.path=nowhere.csv"] if command in ("run", "sweep", "explore") else [command, *made]


def rounds(
    folder: Path, rng: random.Random, template: Path | None
) -> Iterator[tuple[str, bytes, str, Callable[[], None]]]:
    """Inputs without end: what is damaged, its bytes, its name and what to do with it."""
    seeds = tables(folder)
    pages = sorted((Path(__file__).parents[1] / "conf").glob("*/*.yaml"))
    models = sorted(template.rglob("model.skops")) if template else []
    database = (template / "mlruns" / "mlflow.db").read_bytes() if template else b""
    while True:
        kind = rng.choice(["table", "table", "table", "page", "line", "model", "store"])
        if kind == "table":
            name = rng.choice([*seeds])
            yield kind, damaged(seeds[name], rng), name, lambda path=folder / name: read_table(path)
        elif kind == "page":
            page = rng.choice(pages)
            place = f"conf/{page.parent.name}/own.yaml"
            if page.parent.name in (
                "algorithm",
                "preprocessing",
                "reducer",
                "data",
                "brief",
                "selection",
                "experiment",
            ):
                yield kind, damaged(page.read_bytes(), rng), place, lambda path=folder / place: compose_page(path)
        elif kind == "line":
            words = command_line(rng)
            yield kind, "\n".join(words).encode(), "line.txt", lambda words=words: run_command(*words)
        elif kind == "model" and models:
            yield (
                kind,
                damaged(rng.choice(models).read_bytes(), rng),
                "model.skops",
                lambda: read_model(folder / "model.skops"),
            )
        elif kind == "store" and database:
            yield kind, damaged(database, rng), "store/mlflow.db", lambda: read_store(folder / "store" / "mlflow.db")


def bad_answer(do: Callable[[], None]) -> str:
    """What is wrong with how an input is answered, "" for nothing: the error and where in segkit it was raised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            do()
    except (UserError, WorkFailed) as error:
        long = len(str(error).splitlines()) > 5 or not str(error).strip()
        return f"{len(str(error))} characters of an answer" if long else ""
    except AssertionError as error:
        return str(error)
    except Exception as error:
        inside = [frame for frame in traceback.extract_tb(error.__traceback__) if "/segkit/" in frame.filename]
        where = f"{Path(inside[-1].filename).name}:{inside[-1].name}" if inside else "?"
        return f"{type(error).__name__} in {where}: {str(error)[:150]}"
    return ""


def tried(name: str, content: bytes, folder: Path, do: Callable[[], None]) -> str:
    """Do it in a copy of this process, which may crash, hang or eat memory; what is wrong, "" for nothing."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    pid = os.fork()
    if pid == 0:
        _limit()
        (folder / "answer").write_text(bad_answer(do))
        os._exit(0)
    _, status, used = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    seconds, mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    if code:
        return f"ended with {code} after {seconds:.0f} s"
    return (folder / "answer").read_text() or (
        f"{seconds:.0f} s" if seconds > 10 else f"{mb:.0f} MB" if mb > 1024 else ""
    )


def _limit() -> None:
    import resource
    import signal

    signal.alarm(6 * _GIVE_UP_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (_GIVE_UP_SECONDS, _GIVE_UP_SECONDS))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def main(minutes: float, seed: int, found: str) -> int:
    """Try inputs until the time is over and tell what was found."""
    from benchmarks.bad_input.__main__ import import_everything, make_template

    import_everything()
    rng, count, bad, keep = random.Random(seed), Counter[str](), Counter[str](), Path(found).absolute()
    with tempfile.TemporaryDirectory() as place:
        folder, template = Path(place) / "fuzzed", Path(place) / "template"
        make_template(folder, template)
        folder.mkdir()
        began, pages = time.monotonic(), rounds(folder, rng, template)
        while time.monotonic() < began + 60 * minutes:
            kind, content, name, do = next(pages)
            os.makedirs(folder / "here", exist_ok=True)
            wrong = tried(name, content, folder, lambda do=do: _within(folder / "here", do))
            count[kind] += 1
            if wrong:
                _keep(keep, f"{kind}: {wrong}", bad, content, name)
            if count.total() % 100 == 0:
                print(f"{count.total()} inputs after {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
            shutil.rmtree(folder)
            folder.mkdir()
    print(", ".join(f"{number} of kind {kind}" for kind, number in sorted(count.items())))
    print(f"{count.total()} inputs in {minutes:g} minutes, {bad.total()} answered badly in {len(bad)} ways")
    return 1 if bad else 0


def _within(folder: Path, do: Callable[[], None]) -> None:
    os.chdir(folder)
    do()


def _keep(folder: Path, wrong: str, bad: Counter[str], content: bytes, name: str) -> None:
    way = re.sub(r"\S*/\S*|\d+|'[^']*'", "#", wrong.partition("\n")[0])
    bad[way] += 1
    if bad[way] == 1:
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"{len(bad)}-{Path(name).name}"
        kept.write_bytes(content)
        print(f"{kept.name}  {wrong}", flush=True)


if __name__ == "__main__":
    said = dict(word.split("=", 1) for word in sys.argv[1:])
    sys.exit(main(float(said.get("minutes", 20)), int(said.get("seed", 0)), said.get("found", "fuzzed")))
