"""How often short rules, and a few questions, give the segment of the model, on every real table.

`python -m benchmarks.activation [name of a page in conf/data ...]`: k-means with 3 to 5 segments, in the space of all
columns, of main directions, of evened tails, and (up to 5,000 customers) of UMAP; see tests/conftest.py for where the
tables are. Rules and questions are judged on customers withheld; the query is run in DuckDB on the table.
"""

import sys
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from hydra import compose, initialize_config_dir
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

from benchmarks.real_files import DATA
from segkit.activation.asking import make_typing_tool
from segkit.activation.columns import question_columns, rule_columns
from segkit.activation.rules import learn_rules
from segkit.activation.sql import as_sql
from segkit.activation.stand_ins import assigner_of
from segkit.config import commands
from segkit.config.datasets import load_dataset
from segkit.data import Dataset
from segkit.evidence.reading import read_columns
from segkit.model import SegmentationModel
from segkit.places import conf_folder
from segkit.preprocessing import ByKind
from segkit.preprocessing.features import reading_steps
from segkit.scoring.scorer import make_scorer

FILES = {
    "customer_personality": "marketing_campaign.csv",
    "bank_churn": "Churn_Modelling.csv",
    "wholesale": "Wholesale_customers.csv",
    "credit_card": "CC_GENERAL.csv",
    "mall": "Mall_Customers.csv",
    "online_retail": "online_retail.parquet",
}
_UMAP_ROWS = 5000


def load(page: str) -> Dataset:
    path = f"data.path='{DATA / FILES[page]}'"
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        return load_dataset(compose("run", [f"data={page}", path]))


def spaces(rows: int) -> Iterator[tuple[str, str, Any]]:
    yield from (("none", "standard", "passthrough"), ("none", "log_skewed", "passthrough"))
    yield "pca", "standard", PCA(0.8, random_state=0)
    if rows <= _UMAP_ROWS:
        import umap

        yield "umap", "standard", umap.UMAP(n_components=2, min_dist=0.0, n_jobs=1, random_state=0)


def measure(dataset: Dataset, reducer: Any, logs: str, k: int) -> dict[str, Any]:
    columns, features = reading_steps(dataset.columns, [c.name for c in dataset.feature_columns], dataset.as_of)
    model = SegmentationModel(KMeans(k, n_init=10, random_state=0), reducer, ByKind(logs=logs), columns, features)
    labels = model.fit(dataset.features).predict(dataset.features)
    typed = read_columns(dataset, rule_columns(dataset))
    rules = learn_rules(typed, labels, assigner_of(make_scorer(model, {}), typed))
    with duckdb.connect() as connection:
        connection.register("customers", dataset.table)
        found = connection.execute(as_sql(rules, {}, dataset.columns, "customers", "", dataset.as_of)).df()
    tool = make_typing_tool(read_columns(dataset, question_columns(dataset)), labels, dataset.columns, dataset.as_of)
    by_query = float(np.mean(found["segment"] == labels))
    said = {"rules": len(rules.rules), "withheld": rules.fidelity, "query": by_query, "lost": len(rules.lost)}
    return said | {"questions": len(tool.questions), "placed": tool.placed_right}


def main() -> None:
    commands.register()
    for page in sys.argv[1:] or FILES:
        dataset, rows = load(page), []
        for reducer, preprocessing, step in spaces(len(dataset.table)):
            logs = "skewed" if preprocessing == "log_skewed" else "none"
            for k in (3, 4, 5):
                rows.append({"space": f"{preprocessing}-{reducer}", "k": k, **measure(dataset, step, logs, k)})
        print(f"{page}\n{pd.DataFrame(rows).round(3).to_string(index=False)}\n", flush=True)


if __name__ == "__main__":
    main()
