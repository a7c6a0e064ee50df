"""What a run is named by: where the seed counts and where it does not."""

import pytest
from hydra import compose, initialize_config_dir

from segkit.config import commands
from segkit.config.labels import run_fingerprint, stage_keys
from segkit.places import conf_folder


@pytest.fixture
def composed():
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        yield lambda *overrides: compose("run", list(overrides))


@pytest.mark.parametrize(
    ("overrides", "counts"),
    [
        (["algorithm=kmeans"], True),
        (["algorithm=agglomerative"], False),
        (["algorithm=agglomerative", "algorithm.fit_rows=200"], True),  # of 300 customers
        (["algorithm=agglomerative", "algorithm.fit_rows=300"], False),
        (["algorithm=agglomerative", "reducer=umap"], True),
        (["algorithm=agglomerative", "preprocessing=donors"], True),
        (["algorithm=agglomerative", "preprocessing=no_outliers"], True),
        (["algorithm=agglomerative", "preprocessing=quantile"], False),
    ],
)
def test_the_seed_counts_where_something_is_drawn(composed, customers, overrides: list[str], counts: bool) -> None:
    marks = {run_fingerprint(composed(*overrides, f"seed={seed}"), customers) for seed in (0, 1)}
    assert len(marks) == 1 + counts


def test_what_runs_are_measured_by_is_the_same_for_every_seed(composed, customers) -> None:
    first, second = (stage_keys(composed(f"seed={seed}"), customers) for seed in (0, 1))
    assert first["lookalikes"] == second["lookalikes"]
    assert first["tree"] != second["tree"]
