"""What the ways of choosing k say of a table whose answer is known."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import choosing_k


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """A table of three clear groups, asked about k=2..5."""
    monkeypatch.setattr(choosing_k, "_FEW", range(2, 6))
    answer = np.repeat([1, 2, 3], 30)
    points = np.array([[0, 0], [9, 0], [0, 9]])[answer - 1] + np.random.default_rng(0).normal(size=(90, 2))
    pd.DataFrame(points, columns=["x0", "x1"]).assign(label0=answer).to_csv(tmp_path / "clear.csv.gz", index=False)
    return tmp_path


def test_every_way_names_the_clear_answer_and_all_agree(folder: Path, capsys) -> None:
    choosing_k.main(folder, ["clear"])
    _, means, trees, right = capsys.readouterr().out.strip().splitlines()
    assert means.split()[:4] == ["clear", "3", "kmeans", "3"]
    assert trees.split()[-2:] == ["3", "3"]
    assert right.split()[-2:] == ["1/1", "2/2"]


def test_a_way_is_right_if_it_names_one_of_several_answers() -> None:
    about = {"data": "a", "truth": [2, 5], "algorithm": "kmeans"}
    found = pd.DataFrame([{**about, "elbow": 5, "gap": None, "agreed": 3}])
    *_, last = choosing_k.text(found).splitlines()
    assert last.split()[-3:] == ["1/1", "0/0", "0/1"]


def test_a_folder_without_the_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such tables"):
        choosing_k.main(tmp_path, ["s2"])
