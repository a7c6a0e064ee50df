"""A sweep's jobs are planned with few compositions, and as Hydra would compose each."""

import functools
import itertools
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from hydra_plugins.segkit_sweeper import _plan
from hydra_plugins.segkit_sweeper._composer import Composer
from hydra_plugins.segkit_sweeper._plan import make_plan
from segkit.config import commands
from segkit.errors import UserError
from segkit.places import conf_folder

GROUPS = ("preprocessing", "reducer", "algorithm")
AXES = {
    "preprocessing": ["standard", "log_skewed"],
    "reducer": ["none", "pca", "umap"],
    "algorithm": ["kmeans", "agglomerative", "hdbscan"],
    "k": [3, 4],
}
VALUES = itertools.product(*AXES.values())
COMBINATIONS = [[f"{name}={value}" for name, value in zip(AXES, values, strict=True)] for values in VALUES]


@pytest.fixture
def composed():
    """Composes as Hydra does, and remembers what it was asked for."""
    commands.register()
    asked: list[list[str]] = []

    def one(overrides: list[str]):
        asked.append(overrides)
        return compose("run", ["data.generate.rows=60", *overrides], return_hydra_config=True)

    one.asked = asked
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        yield one


@pytest.fixture
def composer(composed) -> Composer:
    return Composer(composed, lambda name: name in (*GROUPS, "data", "experiment"))


def test_the_pages_of_a_grid_are_composed_once_each(composer, composed):
    for overrides in COMBINATIONS:
        composer(overrides)
    assert len(composed.asked) == 1 + 2 + 3 + 3


@pytest.mark.parametrize("overrides", COMBINATIONS[::5], ids=" ".join)
def test_what_is_put_together_is_what_hydra_composes(composer, composed, overrides):
    config, choices = composer(overrides)
    whole = composed(overrides)
    expected = OmegaConf.to_container(whole, resolve=False)
    del expected["hydra"]
    assert OmegaConf.to_container(config, resolve=False) == expected
    assert dict(choices) == dict(whole.hydra.runtime.choices)


def test_a_page_that_reaches_beyond_its_place_is_composed_with_the_others(tmp_path: Path):
    (tmp_path / "reducer").mkdir()
    (tmp_path / "reducer" / "wide.yaml").write_text("# @package _global_\n# Asks for more.\nreducer: x\nseed: 7\n")
    commands.register()
    search = f"hydra.searchpath=[file://{tmp_path}]"
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        whole = functools.partial(compose, "run", return_hydra_config=True)
        composer = Composer(lambda overrides: whole(overrides=[search, *overrides]), lambda name: name in GROUPS)
        config, _ = composer(["preprocessing=standard", "reducer=wide", "k=5"])
    assert (config.reducer, config.k) == ("x", 5)


def test_repeats_are_dropped(composer):
    plan = make_plan([*COMBINATIONS, *COMBINATIONS], composer)
    assert len(plan.jobs) == 2 * 3 * (2 * 2 + 1)  # hdbscan takes no k
    assert len({job.label.fingerprint for job in plan.jobs}) == len(plan.jobs)


def test_one_embedding_of_each_kind_starts_first_and_another_of_the_dearest_kind_later(composer):
    jobs = make_plan(COMBINATIONS, composer).jobs
    reducers = [job.label.params["reducer"] for job in jobs]
    assert reducers[:3] == ["umap", "pca", "none"]
    (second,) = {place for place in range(3, len(jobs)) if reducers[place] == "umap"} & {
        min(place for place, job in enumerate(jobs) if job.embedding == other)
        for other in {job.embedding for job in jobs} - {jobs[0].embedding}
    }
    assert set(reducers[3:second]) == {"none", "pca"}
    assert second < len(jobs) - 8  # its own jobs come after it
    assert len({job.embedding for job in jobs}) == 6


def test_a_job_that_is_composed_leaves_the_next_one_alone(composer):
    first, _ = composer(COMBINATIONS[0])
    first.algorithm.n_init = 99
    assert composer(COMBINATIONS[0])[0].algorithm.n_init == 10


def test_each_choice_of_features_is_understood_for_itself(composer):
    plan = make_plan([[f"features={one}", "k=3"] for one in ("all", "['income','spend_wine']")], composer)
    assert list(plan.choices) == ["all", "[income,spend_wine]"]
    assert [len(dataset.feature_columns) for dataset in plan.choices.values()][1] == 2
    assert plan.dataset is plan.choices["all"]
    assert [job.label.params["features"] for job in plan.jobs] == ["[income,spend_wine]", "all"]


@pytest.mark.parametrize(
    ("axis", "evened"),
    [
        (["preprocessing=standard", "preprocessing=minmax"], False),
        (["preprocessing=standard", "preprocessing=log_skewed"], True),
        (["preprocessing=power"], True),
        (["preprocessing.logs=all"], True),
    ],
)
def test_a_plan_knows_whether_long_tails_are_seen_to(composer, axis: list[str], evened: bool):
    assert make_plan([[one, "k=3"] for one in axis], composer).evens_tails == evened


def test_what_is_not_installed_is_left_out_and_named(composed, monkeypatch) -> None:
    monkeypatch.setattr(_plan, "is_installed", lambda name: name != "survey")
    plan = make_plan([["algorithm=latent_class"], ["algorithm=kmeans"]], Composer(composed, GROUPS.__contains__))
    assert [job.label.params["algorithm"] for job in plan.jobs] == ["kmeans"]
    assert plan.left_out == ("survey",)
    with pytest.raises(UserError, match="no algorithm of the sweep is installed") as nothing:
        make_plan([["algorithm=latent_class"]], Composer(composed, GROUPS.__contains__))
    assert nothing.value.mend == "pip install 'segkit[survey]'"
