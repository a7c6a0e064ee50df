"""The contract of every configuration page: it composes, builds, fits, is stored, read back and scores newcomers."""

import copy
import itertools
from collections import Counter
from pathlib import Path

import mlflow.pyfunc
import numpy as np
import pandas as pd
import pytest
from hydra import compose, initialize_config_dir
from hydra.core.hydra_config import HydraConfig
from mlflow.models import Model
from mlflow.pyfunc import PythonModelContext
from omegaconf import OmegaConf
from sklearn.base import clone
from sklearn.cluster import HDBSCAN
from sklearn.datasets import make_moons

from segkit.cache import cached
from segkit.config import commands
from segkit.config.datasets import brief_of, load_dataset
from segkit.config.pieces import build_model, fit_rows, make
from segkit.config.stored import rule_of
from segkit.data import make_customers
from segkit.errors import UserError
from segkit.evaluation import customer_silhouettes, evaluate, fit_measures
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from segkit.scoring.scorer import make_scorer
from segkit.scoring.scorer_file import load_scorer, save_scorer
from segkit.selection import Guarded
from segkit.tracking.model_files import write_model
from tests.one_space import OneSpace

CONF = conf_folder()


def pages(group: str) -> list[str]:
    return sorted(path.stem for path in (CONF / group).glob("*.yaml"))


def composed(page: str, *overrides: str):
    commands.register()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return compose(page, list(overrides), return_hydra_config=True)


def model_of(config) -> SegmentationModel:
    steps = (make(config, step) for step in ("algorithm", "reducer", "preprocessing"))
    return SegmentationModel(*steps, fit_rows=fit_rows(config))


@pytest.fixture(scope="module")
def as_mlflow(known, tmp_path_factory):
    """Scores customers with the scorer in a file as MLflow does with a stored model, of which it is the only part that
    differs from one algorithm to the other."""
    place = tmp_path_factory.mktemp("model")
    write_model(make_scorer(SegmentationModel().fit(known), {}), Model(), place)
    loaded = mlflow.pyfunc.load_model(str(place))

    def scores(path: Path, customers: pd.DataFrame) -> pd.DataFrame:
        loaded.unwrap_python_model().load_context(PythonModelContext({"scorer": str(path)}, {}))
        return loaded.predict(customers)

    return scores


@pytest.fixture(scope="module")
def steps():
    """The estimator of every algorithm's and reducer's page, and for each reducer a space that algorithms share."""
    groups = ("algorithm", "reducer")
    made = {(group, page): make(composed("run", f"{group}={page}"), group) for group in groups for page in pages(group)}
    return made, {reducer: OneSpace() for reducer in pages("reducer")}


@pytest.fixture(scope="module")
def known():
    return make_customers(80, seed=3).drop(columns=["customer_id", "truth"])


@pytest.fixture(scope="module")
def newcomers():
    return make_customers(15, seed=4).drop(columns=["customer_id", "truth"])


@pytest.mark.parametrize("page", sorted(path.stem for path in CONF.glob("*.yaml") if path.stem != "quiet"))
def test_every_command_has_a_page_that_composes(page):
    assert composed(page)


@pytest.mark.parametrize("page", sorted(CONF.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_page_says_what_it_is_for(page):
    lines = page.read_text().splitlines()
    assert next(line for line in lines if "@package" not in line).startswith("# ")


@pytest.mark.parametrize("preprocessing", pages("preprocessing"))
def test_preprocessing(preprocessing, known, newcomers, as_mlflow, tmp_path):
    model = model_of(composed("run", f"preprocessing={preprocessing}"))
    fits_stores_and_scores(model, known, newcomers.head(6), as_mlflow, tmp_path)


@pytest.mark.parametrize("reducer", pages("reducer"))
@pytest.mark.parametrize("algorithm", pages("algorithm"))
def test_algorithm_on_reducer(algorithm, reducer, steps, known, newcomers, as_mlflow, tmp_path):
    made, spaces = steps
    model = SegmentationModel(made["algorithm", algorithm], made["reducer", reducer], stages=spaces[reducer])
    fits_stores_and_scores(model, known, newcomers.head(4), as_mlflow, tmp_path)


@pytest.mark.parametrize("algorithm", pages("algorithm"))
def test_nothing_that_assigns_has_an_entry_for_every_customer(algorithm, steps):
    customers = make_customers(101, seed=3).drop(columns=["customer_id", "truth"])  # a prime: no array by chance
    shapes = list(lengths_in(SegmentationModel(steps[0]["algorithm", algorithm]).fit(customers).assigner_))
    assert shapes
    assert not [shape for shape in shapes if len(customers) in shape]


def lengths_in(thing, seen=None):
    """The shape of every array inside."""
    seen = set() if seen is None else seen
    if id(thing) in seen or isinstance(thing, type):
        return
    seen.add(id(thing))
    if hasattr(thing, "shape"):
        yield thing.shape
    inside = thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list | tuple) else ()
    for part in (*inside, *getattr(thing, "__dict__", {}).values()):
        yield from lengths_in(part, seen)


def fits_stores_and_scores(model, known, newcomers, as_mlflow, folder: Path) -> None:
    model.fit(known)
    path = folder / "model.skops"
    save_scorer(make_scorer(model, {0: "first"}), path)
    scorer = load_scorer(path)
    together = scorer.score(newcomers)
    pd.testing.assert_frame_equal(as_mlflow(path, newcomers.assign(other=1)), together, rtol=0, atol=1e-9)
    assert (together["segment"].to_numpy() == model.predict(newcomers)).all()
    alone = [scorer.score(newcomers.iloc[[row]]) for row in range(len(newcomers))]
    assert [int(one["segment"].iloc[0]) for one in alone] == together["segment"].tolist()
    assert np.allclose([one["confidence"].iloc[0] for one in alone], together["confidence"], atol=1e-9)
    assert together["confidence"].between(0, 1).all()


@pytest.fixture(scope="module")
def grid_of():
    """Every configuration of a grid over one reducer, composed once a page as the sweeper does it."""
    algorithms = {name: composed("run", f"algorithm={name}").algorithm for name in pages("algorithm")}
    # Between numbers of segments nothing is shared but the tree.
    all_of_one = [*itertools.product(algorithms, (3,)), ("agglomerative", 4)]
    # Nothing of an algorithm goes into a stage but the tree: two show that another preprocessing has its own stages.
    some_of_another = [("kmeans", 3), ("agglomerative", 3), ("agglomerative", 4)]

    def configs(*reducer: str):
        for preprocessing, tried in (("standard", all_of_one), ("robust", some_of_another)):
            config = composed("run", "data.generate.rows=200", f"preprocessing={preprocessing}", *reducer)
            for algorithm, k in tried:
                OmegaConf.update(config, "k", k)
                OmegaConf.update(config, "algorithm", copy.deepcopy(algorithms[algorithm]), merge=False)
                yield config

    return configs


@pytest.mark.parametrize("reducer", [("reducer=none",), ("reducer=umap", "+reducer.n_epochs=30")])
def test_shared_stages_give_what_unshared_ones_give(reducer, grid_of, store):
    for config in grid_of(*reducer):
        dataset = load_dataset(config)
        shared = build_model(config, dataset, store)
        alone = clone(shared).set_params(stages=None)
        found, expected = (measured(model.fit(dataset.features), dataset.features) for model in (shared, alone))
        assert (shared.labels_ == alone.labels_).all()
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)
    stages = Counter(entry.step for entry in cached(store.cache))
    assert stages == {"preprocessing": 2, "tree": 2} | ({"reducer": 2} if "none" not in reducer[0] else {})


def measured(model: SegmentationModel, customers: pd.DataFrame) -> dict[str, float]:
    """All measures of a fit, and what it would say of ten customers."""
    space, labels = model.embedding_, model.labels_
    measures = evaluate(space, labels, customer_silhouettes(space, labels))
    measures |= fit_measures(model.pipeline_["algorithm"], space) | {"agreement": model.assigner_.agreement_}
    return measures | dict(enumerate(model.predict_proba(customers.head(10)).ravel()))


@pytest.mark.parametrize(("said", "most"), [("fit_rows: 50", 50), ("fit_rows: null", None), ("", 20_000)])
def test_a_method_of_ones_own_is_one_page_that_may_say_how_many_customers_it_takes(said, most, known, tmp_path):
    page = tmp_path / "algorithm" / "graph.yaml"
    page.parent.mkdir()
    page.write_text(f"_target_: sklearn.cluster.SpectralClustering\nn_clusters: ${{k}}\nrandom_state: 0\n{said}\n")
    config = composed("run", "algorithm=graph", f"hydra.searchpath=['file://{tmp_path}']")
    assert fit_rows(config) == most
    assert model_of(config).fit(known).kept_.sum() == min(most or 80, 80)


FILES = {
    "bank_churn": "Churn_Modelling.csv",
    "credit_card": "CC_GENERAL.csv",
    "customer_personality": "marketing_campaign.csv",
    "mall": "Mall_Customers.csv",
    "online_retail": "online_retail.parquet",
    "wholesale": "Wholesale_customers.csv",
}


@pytest.mark.parametrize("data", [name for name in pages("data") if name != "table"])
def test_data_set_loads(data, real_data):
    path = [f"data.path='{real_data(FILES[data])}'"] if data in FILES else []
    dataset = load_dataset(composed("run", f"data={data}", *path))
    assert dataset.feature_columns
    assert dataset.name == data
    assert dataset.used_as("id") or data == "wholesale"


def test_a_preset_refuses_another_table(tmp_path):
    make_customers(50).to_csv(tmp_path / "shop.csv", index=False)
    with pytest.raises(UserError, match="not the table that data=mall describes"):
        load_dataset(composed("run", "data=mall", "data.path=shop.csv"))


def test_table_takes_the_name_of_its_file(tmp_path):
    make_customers(50).to_csv(tmp_path / "my shop.csv", index=False)
    dataset = load_dataset(composed("run", "data=table", "data.path='my shop.csv'"))
    assert dataset.name == "my shop"


@pytest.mark.parametrize("brief", pages("brief"))
def test_brief(brief):
    assert brief_of(composed("run", f"brief={brief}").brief).fewest_segments >= 2


@pytest.mark.parametrize("selection", pages("selection"))
def test_selection_rule(selection):
    rule = rule_of(composed("run", f"selection={selection}").selection)
    assert isinstance(rule, Guarded)
    assert rule.name == selection


@pytest.mark.parametrize("experiment", pages("experiment"))
def test_experiment_names_axes_that_exist(experiment):
    config = composed("run", f"experiment={experiment}")
    HydraConfig.instance().set_config(config)
    params = config.hydra.sweeper.params
    for axis, values in params.items():
        step, _, key = axis.partition(".")
        if key:
            swept = [composed("run", f"{step}={page}")[step] for page in str(params[step]).split(",")]
            assert all(key in page for page in swept)
        else:
            assert axis == "k" or set(str(values).split(",")) <= set(pages(axis))


def test_a_page_for_every_command():
    from segkit.cli import commands

    assert set(commands()) - {"sweep"} <= {path.stem for path in CONF.glob("*.yaml")}


def test_segments_of_odd_shape_are_assigned_by_trees_and_survive_storage(tmp_path):
    points = pd.DataFrame(make_moons(300, noise=0.05, random_state=0)[0], columns=["a", "b"])
    model = SegmentationModel(HDBSCAN(min_cluster_size=30, copy=True)).fit(points)
    path = tmp_path / "model.skops"
    save_scorer(make_scorer(model, {}), path)
    assert type(model.assigner_.classifier_).__name__ == "ExtraTreesClassifier"
    assert (load_scorer(path).score(points)["segment"].to_numpy() == model.predict(points)).all()


@pytest.mark.parametrize(
    ("group", "page"), [(group, page) for group in ("algorithm", "reducer") for page in pages(group)]
)
def test_whatever_draws_draws_with_the_seed(group: str, page: str) -> None:
    made = make(composed("run", f"{group}={page}", "seed=7"), group)
    params = made.get_params() if hasattr(made, "get_params") else {}
    assert {value for name, value in params.items() if name.rpartition("__")[2] == "random_state"} <= {7}
