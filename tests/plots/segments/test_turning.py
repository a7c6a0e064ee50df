"""The picture that turns: it stands alone, shows without scripts, and tells of customers only where they stand."""

import json
import re
import shutil
import subprocess

import numpy as np
import pytest

from segkit.plots.segments import turning_picture
from segkit.plots.segments.turning import _beside
from segkit.plots.style import NOISE_COLOUR, PALETTE

LABELS = np.repeat([0, 1, -1], [9000, 900, 3])
NAMES = {0: "many & <cheap>", 1: "rich"}
SPACE = np.random.default_rng(0).normal(size=(9903, 5)) + 3.0 * np.eye(5)[LABELS]


def numbers(piece: str) -> list[np.ndarray]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', piece)
    assert found is not None
    return [np.array(one).reshape(-1, 3) for one in json.loads(found[1])]


def test_a_sample_with_some_of_each_segment_is_kept() -> None:
    found = numbers(turning_picture(SPACE, LABELS, NAMES))
    counts = [len(one) for one in found]
    assert sum(counts) <= 2000
    assert counts[0] > counts[1] >= 40
    assert counts[2] == 3


def test_it_is_small_and_loads_nothing() -> None:
    piece = turning_picture(SPACE, LABELS, NAMES)
    assert len(piece.encode()) < 150_000
    assert not re.search(r"https?:|\bsrc=|\bhref=|@import|url\(|fetch\(|XMLHttp", piece)


def test_without_scripts_it_is_a_still_picture_of_the_same_dots() -> None:
    piece = turning_picture(SPACE, LABELS, NAMES)
    paths = dict(re.findall(r'<path stroke="([^"]+)" d="([^"]+)"', piece))
    drawn = {ink: dots.count("h0") for ink, dots in paths.items()}
    counts = [len(one) for one in numbers(piece)]
    assert drawn == {PALETTE[0]: counts[0], PALETTE[1]: counts[1], NOISE_COLOUR: counts[2]}
    assert "<svg" in piece
    assert re.search(r"<canvas[^>]* hidden>", piece)


def test_names_are_written_as_they_are_and_cannot_become_tags() -> None:
    piece = turning_picture(SPACE, LABELS, NAMES)
    assert "<span>many &amp; &lt;cheap&gt;</span>" in piece
    assert "<cheap>" not in piece
    assert "<span>unassigned</span>" in piece


def test_coordinates_are_rounded_and_outliers_stand_near() -> None:
    far = SPACE.copy()
    far[0] = 1e9
    dots = np.vstack(numbers(turning_picture(far, LABELS, NAMES)))
    assert np.abs(dots).max() <= 125
    assert np.median(np.abs(dots)) > 5


def test_the_order_of_the_dots_is_not_that_of_the_table() -> None:
    space = np.column_stack([np.linspace(0, 1, 50)] * 3)
    first = numbers(turning_picture(space, np.zeros(50, dtype=int), {}))[0][:, 0]
    assert len(first) == 50
    assert first.tolist() not in (sorted(first), sorted(first, reverse=True))


@pytest.mark.parametrize(("columns", "turns"), [(1, "0"), (2, "0"), (3, "1"), (5, "1")])
def test_what_is_flat_does_not_turn(columns: int, turns: str) -> None:
    piece = turning_picture(SPACE[:, :columns], LABELS, NAMES)
    assert f'data-turns="{turns}"' in piece
    assert ("Drag to turn" in piece) == (turns == "1")


def test_it_says_what_is_not_shown() -> None:
    piece = turning_picture(SPACE, LABELS, NAMES)
    assert re.search(r"The picture shows \d+ % of the spread", piece)
    assert "of 9,903 drawn by chance" in piece
    assert "drawn by chance" not in turning_picture(SPACE[:50], LABELS[:50], NAMES)


def test_without_customers_there_is_no_picture() -> None:
    assert turning_picture(np.empty((0, 3)), np.empty(0, dtype=int), {}) is None


def test_the_script_is_sound(tmp_path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node, which reads the script, is not installed")
    script = tmp_path / "turning.js"
    script.write_text(_beside("js"))
    subprocess.run([node, "--check", script], check=True)
