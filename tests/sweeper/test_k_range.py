"""`k=auto`, from what is typed to the runs that come of it."""

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser
from omegaconf import OmegaConf

from hydra_plugins.segkit_sweeper._k_range import filled_in
from segkit.config.arguments import hydra_arguments
from segkit.tracking.read import find_sweep, sweep_runs
from segkit.tracking.store import open_store

TYPED = ("reducer=none", "algorithm=kmeans", "data.generate.rows=150", "hydra/launcher=basic", "evidence=false")


@pytest.mark.parametrize(
    ("typed", "ks"),
    [
        ("k=auto", ["2", "3", "4"]),
        ("k=AUTO", ["2", "3", "4"]),
        ("k=3,auto,9", ["3", "2", "4", "9"]),
        ("k=choice(auto)", ["2", "3", "4"]),
        ("k=5,6", ["5", "6"]),
        ("k=range(3,5)", ["3", "4"]),
    ],
)
def test_auto_stands_for_every_k_of_the_range(typed: str, ks: list[str]) -> None:
    (override,) = OverridesParser.create().parse_overrides(hydra_arguments([typed]))
    (filled,) = filled_in([override], OmegaConf.create({"k_range": [2, 3, 4]}))
    assert list(filled.sweep_string_iterator()) == ks


def test_auto_on_the_page_of_an_experiment_is_filled_in_too() -> None:
    overrides = OverridesParser.create().parse_overrides(["k=auto", "reducer=none"])
    filled, reducer = filled_in(overrides, OmegaConf.create({"k_range": [2, 3]}))
    assert list(filled.sweep_string_iterator()) == ["2", "3"]
    assert reducer is overrides[1]


def ks_of(folder) -> list[tuple[str, int | None]]:
    store = open_store(str(folder / "mlruns"))
    return sorted((run.params["algorithm"], run.k) for run in sweep_runs(store, find_sweep(store).parent))


@pytest.mark.parametrize("word", ["run", "sweep"])
def test_a_command_with_auto_is_a_sweep_of_what_else_is_asked(segkit, own_place, store, word: str) -> None:
    done = segkit(word, *TYPED, "k=auto", "k_range=[2,3,4]")
    assert done.code == 0, done.err
    assert ks_of(own_place) == [("kmeans", 2), ("kmeans", 3), ("kmeans", 4)]
    assert "k: " in done.out


def test_auto_has_the_last_word_over_an_experiments_k(segkit, own_place, store) -> None:
    given = ("experiment=quick", "preprocessing=standard", "reducer=none", "algorithm=kmeans,hdbscan")
    done = segkit("sweep", *given, *TYPED[2:], "k=auto", "k_range=[2,6]")
    assert done.code == 0, done.err
    assert ks_of(own_place) == [("hdbscan", None), ("kmeans", 2), ("kmeans", 6)]
