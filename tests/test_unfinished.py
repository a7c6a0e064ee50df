"""What is written beside its place: leftovers of the dead go, those of the living stay."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

from segkit.data.write import FileWriter
from segkit.unfinished import unfinished


def left_by(process: int, path: Path, host: str | None = None) -> Path:
    own = unfinished(path).name
    name = own.replace(f".{os.getpid()}.part.", f".{process}.part.")
    left = path.with_name(name if host is None else f".{host}.{process}.part.{path.name}")
    left.write_text("half")
    return left


def a_dead_process() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_only_what_the_dead_left_of_this_file_goes(tmp_path):
    target, dead = tmp_path / "scored[1].csv", a_dead_process()
    gone = left_by(dead, target)
    stays = [left_by(os.getppid(), target), left_by(dead, tmp_path / "other.csv"), left_by(dead, target, "elsewhere")]
    unfinished(target)
    assert not gone.exists()
    assert all(left.exists() for left in stays)


def test_a_table_is_written_where_a_killed_command_left_half_of_it(tmp_path):
    target = tmp_path / "scored.csv"
    left_by(a_dead_process(), target)
    with FileWriter(target) as writer:
        writer.add(pd.DataFrame({"segment": [1]}))
    assert [path.name for path in tmp_path.iterdir()] == ["scored.csv"]
