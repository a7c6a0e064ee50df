"""On real tables short rules give at least four customers in five the model's segment, and the query gives the same."""

from collections.abc import Callable
from typing import NamedTuple

import duckdb
import numpy as np
import pytest
from hydra import compose, initialize_config_dir
from sklearn.cluster import KMeans

from segkit.activation.asking import make_typing_tool
from segkit.activation.columns import question_columns, rule_columns
from segkit.activation.rules import learn_rules
from segkit.activation.sql import as_sql
from segkit.config import commands
from segkit.config.datasets import load_dataset
from segkit.data import Dataset
from segkit.evidence.reading import read_columns
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from segkit.preprocessing.features import reading_steps

FILES = {
    "mall": "Mall_Customers.csv",
    "wholesale": "Wholesale_customers.csv",
    "customer_personality": "marketing_campaign.csv",
    "bank_churn": "Churn_Modelling.csv",
}


class Segmented(NamedTuple):
    dataset: Dataset
    labels: np.ndarray


@pytest.fixture(params=FILES)
def segmented(request, real_data: Callable) -> Segmented:
    """A real table in four segments, as `segkit run` finds them."""
    commands.register()
    path = f"data.path='{real_data(FILES[request.param])}'"
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        dataset = load_dataset(compose("run", [f"data={request.param}", path]))
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    model = SegmentationModel(KMeans(4, n_init=2, random_state=0), columns=columns, features=features)
    return Segmented(dataset, model.fit(dataset.features).predict(dataset.features))


def test_rules_query_and_questions_hold(segmented):
    dataset, labels = segmented
    typed = read_columns(dataset, rule_columns(dataset))
    rules = learn_rules(typed, labels)
    assert rules.fidelity >= 0.8
    id_column = next(iter(dataset.used_as("id")), "")
    with duckdb.connect() as connection:
        connection.register("customers", dataset.table)
        found = connection.execute(as_sql(rules, {}, dataset.columns, "customers", id_column, dataset.as_of)).df()
    assert found["segment"].tolist() == rules.segments_of(typed).tolist()
    assert np.mean(found["segment"] == labels) == pytest.approx(rules.on_table, abs=1e-9)
    assert rules.on_table >= rules.fidelity - 0.01
    asked = make_typing_tool(read_columns(dataset, question_columns(dataset)), labels, dataset.columns, dataset.as_of)
    assert asked.placed_right >= 0.8
    assert len(asked.questions) <= 8
