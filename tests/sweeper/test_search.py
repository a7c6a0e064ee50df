"""A sweep that tries some of the combinations: which, in what order, and where it goes on."""

import itertools
from collections.abc import Callable, Mapping

import pytest
from hydra import compose, initialize_config_dir

from hydra_plugins.segkit_sweeper import _search
from hydra_plugins.segkit_sweeper._composer import Composer
from hydra_plugins.segkit_sweeper._plan import Job
from hydra_plugins.segkit_sweeper._search import SearchPlan, make_search
from hydra_plugins.segkit_sweeper._space import space_of
from segkit.config import commands
from segkit.errors import UserError
from segkit.places import conf_folder
from segkit.records import FAILED, FINISHED, RunRecord

Score = Callable[[Mapping[str, str]], float]
GROUPS = ("preprocessing", "reducer", "algorithm")
AXES = ("preprocessing=standard,robust,minmax", "reducer=none,pca", "algorithm=kmeans,agglomerative", "k=range(2,9)")
SETTINGS = {"method": "tpe", "trials": 12, "startup": 4, "batch": 4}


@pytest.fixture(scope="module")
def composer():
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        yield Composer(
            lambda pages: compose("run", ["data.generate.rows=60", *pages], return_hydra_config=True),
            lambda name: name in (*GROUPS, "data", "experiment"),
        )


def plan_of(composer, *arguments: str, score=None, **settings) -> SearchPlan:
    space = space_of(arguments or AXES)
    return make_search(space, composer, score or (lambda run: run.metrics["score"]), SETTINGS | settings, workers=2)


def near_six(params: Mapping[str, str]) -> float:
    """The better the nearer to k=6, in the space of pca."""
    return (params["reducer"] == "pca") - abs(int(params["k"]) - 6)


def carried_out(plan: SearchPlan, score: Score = near_six, fails: str = "") -> list[list[Job]]:
    """The batches of a search whose runs score so, those of one algorithm excepted, which fail."""
    done: list[RunRecord] = []
    batches: list[list[Job]] = []
    for jobs in plan.batches(lambda known=done: known):
        batches.append(list(jobs))
        done.extend(ended(job, score, fails) for job in jobs)
    return batches


def ended(job: Job, score: Score, fails: str) -> RunRecord:
    label = job.label
    status = FAILED if label.params["algorithm"] == fails else FINISHED
    found = {"score": float(score(label.params))}
    return RunRecord(label.fingerprint, label.name, status, label.params, found, label.fingerprint)


def names(batches: list[list[Job]]) -> list[set[str]]:
    return [{job.label.name for job in batch} for batch in batches]


def test_a_search_tries_as_many_as_it_is_asked_for_and_none_twice(composer) -> None:
    batches = carried_out(plan_of(composer, trials=10))
    assert [len(batch) for batch in batches] == [4, 4, 2]
    marks = [job.label.fingerprint for job in itertools.chain(*batches)]
    assert len(set(marks)) == 10


def test_it_draws_the_same_again_and_more_trials_go_on_where_fewer_ended(composer) -> None:
    fewer, more = plan_of(composer, trials=8), plan_of(composer, trials=16)
    assert fewer.sweep == more.sweep
    assert names(carried_out(fewer)) == names(carried_out(fewer)) == names(carried_out(more))[:2]


def test_it_goes_where_runs_did_well(composer) -> None:
    batches = carried_out(plan_of(composer, trials=24))
    late = [job.label.params for job in itertools.chain(*batches[3:])]
    near = [params for params in late if abs(int(params["k"]) - 6) <= 1]
    assert len(near) > len(late) * 0.6  # at random 3 of 7


def test_what_fails_is_avoided(composer) -> None:
    batches = carried_out(plan_of(composer, trials=24), fails="agglomerative")
    late = [job.label.params["algorithm"] for job in itertools.chain(*batches[3:])]
    assert late.count("kmeans") > late.count("agglomerative")


def test_another_space_data_brief_or_batch_is_another_search(composer) -> None:
    known = plan_of(composer).sweep
    others = [
        plan_of(composer, *AXES[:3], "k=range(2,8)"),
        plan_of(composer, *AXES, "seed=0,1"),
        plan_of(composer, *AXES, "data.generate.rows=61"),
        plan_of(composer, batch=6),
        plan_of(composer, brief={"fewest_segments": 2}),
    ]
    assert len({known, *(plan.sweep for plan in others)}) == 6
    assert plan_of(composer, *AXES, "format=json", "evidence=false").sweep == known


def test_a_space_that_holds_no_more_ends_the_search(composer) -> None:
    plan = plan_of(composer, "k=3,4,5", "reducer=none", "algorithm=kmeans,hdbscan", trials=40)
    found = sorted(job.label.name for job in itertools.chain(*carried_out(plan, score=len)))
    assert len(found) == 4  # hdbscan takes no k
    assert plan.total == 40


def test_a_combination_is_run_under_each_seed_and_judged_by_their_mean(composer) -> None:
    plan = plan_of(composer, "algorithm=kmeans,agglomerative", "k=3,4", "seed=0,1,2", trials=4)
    assert plan.total == 12
    jobs = list(itertools.chain(*carried_out(plan, score=len)))
    assert sorted(job.label.params["algorithm"] for job in jobs) == ["agglomerative"] * 2 + ["kmeans"] * 6
    trial = _search.Trial(0, tuple(job for job in jobs if job.label.params["algorithm"] == "kmeans")[:2])
    first, second = (job.label.fingerprint for job in trial.jobs)
    runs = {one: RunRecord(one, one, FINISHED, {}, {"score": score}) for one, score in ((first, 1.0), (second, 3.0))}
    assert trial.score(runs, lambda run: run.metrics["score"]) == 2.0
    assert trial.score({first: runs[first]}, lambda run: run.metrics["score"]) < -100


@pytest.mark.parametrize(("key", "number"), [("trials", 0), ("startup", -1), ("trials", None), ("batch", 0)])
def test_numbers_that_do_not_do_are_told(composer, key: str, number: object) -> None:
    with pytest.raises(UserError, match=f"search.{key}={number} does not do"):
        plan_of(composer, **{key: number})
