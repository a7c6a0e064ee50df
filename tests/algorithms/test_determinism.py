"""The same configuration and seed give the same segments in two processes, whatever was fitted before."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from segkit.config import commands
from segkit.config.pieces import make
from segkit.data import make_customers
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from tests.one_space import OneSpace

SPACES, ALGORITHMS = ("none", "umap"), ("hdbscan", "kmeans")


def pages(group):
    return sorted(path.stem for path in (conf_folder() / group).glob("*.yaml"))


def segments_everywhere(backwards):
    """The segments of the same customers by every algorithm in two spaces, and by two algorithms in every space.

    The same space is the same to an algorithm wherever it comes from; two, because many treat few columns otherwise.
    """
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        algorithms, reducers = (
            {page: make(compose("run", [f"{group}={page}", "k=3", "seed=1"]), group) for page in pages(group)}
            for group in ("algorithm", "reducer")
        )
    customers = make_customers(90, seed=1).drop(columns=["customer_id", "truth"])
    found = {}
    for reducer in sorted(reducers, reverse=backwards):
        space = OneSpace()
        for algorithm in sorted(algorithms if reducer in SPACES else ALGORITHMS, reverse=backwards):
            model = SegmentationModel(algorithms[algorithm], reducers[reducer], stages=space)
            found[f"{algorithm} on {reducer}"] = model.segments_in(customers).tolist()
    return found


@pytest.fixture(scope="module")
def here_and_there():
    there = subprocess.Popen(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parent.parent.parent)},
        stdout=subprocess.PIPE,
        text=True,
    )
    here = segments_everywhere(backwards=False)
    told, _ = there.communicate()
    return here, json.loads(told)


@pytest.mark.slow
def test_segments_are_the_same_in_two_processes(here_and_there):
    here, there = here_and_there
    assert len(here) == 2 * len(pages("algorithm")) + 2 * (len(pages("reducer")) - 2)
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.slow
def test_most_algorithms_find_something_to_compare(here_and_there):
    several = [name for name, segments in here_and_there[0].items() if len(set(segments)) > 1]
    assert len(several) > 0.6 * len(here_and_there[0])


if __name__ == "__main__":
    print(json.dumps(segments_everywhere(backwards=True)))
