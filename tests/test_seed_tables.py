"""Runs over their seeds as tables."""

from segkit.over_seeds import SeedGroup, Spread, with_same_labels
from segkit.records import FINISHED, RunRecord
from segkit.seed_tables import seeds_table, seeds_text

RUNS = tuple(RunRecord(seed, seed, FINISHED, {"seed": seed}) for seed in "01")
GMM = SeedGroup("gmm-4", {}, RUNS, {"silhouette_macro": Spread(0.25, 0.125), "segments": Spread(4.5, 0.7071)})
PLAIN = SeedGroup("kmeans-4", {}, RUNS, {"silhouette_macro": Spread(0.5, 0.0)})


def test_each_measure_stands_under_its_title_as_mean_and_spread() -> None:
    table = seeds_table([with_same_labels(GMM, [1.0, 0.5]), PLAIN])
    assert table.columns.tolist() == ["run", "seeds", "macro silhouette", "segments", "same labels"]
    assert table.iloc[0].tolist() == ["gmm-4", 2, "0.250 ± 0.125", "4.5 ± 0.7", "0.750 ± 0.354"]
    assert table.iloc[1].tolist() == ["kmeans-4", 2, "0.500 ± 0.000", "", ""]


def test_a_terminal_is_told_the_first_of_many_and_nothing_where_there_is_one_seed() -> None:
    assert seeds_text([]) == []
    lines = "\n".join(seeds_text([GMM] * 12)).splitlines()
    assert lines[1] == "over seeds, mean ± standard deviation:"
    assert len(lines) == 2 + 1 + 10 + 1
    assert lines[-1].startswith("  ... and 2 more")
