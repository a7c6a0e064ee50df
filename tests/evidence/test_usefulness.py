"""What segments tell of something that was not fitted: worked out by hand where there is a way, and never too much."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.evidence.usefulness import kind_of, separation, separation_words, targets_of, usefulness

RNG = np.random.default_rng(0)
FOUR = np.repeat([0, 1, 2, 3], 500)
RATES = np.array([0.1, 0.2, 0.4, 0.8])


def bernoulli(rates: np.ndarray, seed: int = 0) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).random(len(rates)) < rates)


def test_the_area_is_that_of_the_rates_of_the_segments():
    """With rates .2 and .8 in halves: .8 * .8 of pairs right, 2 * .8 * .2 tied."""
    labels = np.repeat([0, 1], 500)
    answered = pd.Series(np.tile(np.arange(500) % 10, 2) < np.where(labels == 0, 2, 8))
    assert separation(labels, answered) == pytest.approx(0.64 + 0.16, abs=0.01)


def test_the_share_explained_is_that_between_the_segments():
    """Means -1 and 1 and noise of variance 1: half of the variance lies between."""
    labels = np.repeat([0, 1], 2000)
    values = pd.Series(np.where(labels == 0, -1.0, 1.0) + RNG.normal(size=4000))
    assert separation(labels, values) == pytest.approx(0.5, abs=0.02)


def test_of_more_answers_each_is_told_from_the_others():
    spoken = pd.Series(np.array(["a", "b", "c", "d"])[FOUR])
    assert separation(FOUR, spoken) == 1
    assert separation(FOUR // 2, spoken) == pytest.approx(5 / 6, abs=0.01)  # 1 against a third tied, each


def test_segments_that_say_nothing_are_not_flattered():
    """Hundreds of them fit any answer; on customers withheld they tell none."""
    labels = RNG.integers(0, 400, 2000)
    assert separation(labels, bernoulli(np.full(2000, 0.2))) == pytest.approx(0.5, abs=0.05)
    assert separation(labels, pd.Series(RNG.lognormal(0, 2, 2000))) < 0.03


def test_nothing_is_explained_less_than_not_at_all():
    shares = [separation(RNG.integers(0, 4, 500), pd.Series(RNG.normal(size=500))) for _ in range(20)]
    assert min(shares) == 0


def test_chance_is_a_half_on_average():
    areas = [separation(RNG.integers(0, 4, 500), bernoulli(np.full(500, 0.15), seed)) for seed in range(60)]
    assert np.mean(areas) == pytest.approx(0.5, abs=0.02)


def test_a_segment_of_a_few_leans_on_the_mean_of_all():
    values = pd.Series(np.append(RNG.normal(size=1000), [300.0, 320.0]))
    labels = np.append(np.zeros(1000, dtype=int), [1, 1])
    with_neighbours = separation(
        np.append(np.zeros(1000, dtype=int), [1] * 60),
        pd.Series(np.append(RNG.normal(size=1000), RNG.normal(310, 10, 60))),
    )
    assert separation(labels, values) < 0.4
    assert with_neighbours > 0.9


def test_the_numbers_of_segments_and_the_words_of_answers_do_not_matter():
    answered = bernoulli(RATES[FOUR])
    area = separation(FOUR, answered)
    assert separation(9 - 3 * FOUR, answered) == pytest.approx(area)
    assert separation(FOUR, answered.map({True: "yes", False: "no"})) == pytest.approx(area)
    assert separation(FOUR, answered.astype(float)) == pytest.approx(area)
    assert separation(FOUR, ~answered) == pytest.approx(area, abs=0.01)


def test_the_same_is_measured_each_time():
    values = pd.Series(RNG.normal(size=2000))
    assert separation(FOUR, values) == separation(FOUR, values)


def test_gaps_are_left_out_and_the_unassigned_are_a_segment():
    answered = bernoulli(RATES[FOUR]).astype(float)
    gaps = pd.concat([answered, pd.Series([np.nan] * 300)], ignore_index=True)
    assert separation(np.append(FOUR, [7] * 300), gaps) == separation(FOUR, answered)
    assert separation(FOUR - 1, answered) == separation(FOUR, answered)


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ([1.0, 2.0] * 30, "binary"),
        (["yes", "no"] * 30, "binary"),
        ([True, False] * 30, "binary"),
        (list(range(60)), "numeric"),
        (["a", "b", "c"] * 30, "categorical"),
        (["a", "b"] * 30 + ["c"], "categorical"),
        ([1.0] * 60, ""),
        ([None] * 60, ""),
        (["yes"] * 60 + ["no"] * 5, ""),
        ([0.0] * 60 + [1.0, 2.0, 3.0], ""),
        ([f"name {row}" for row in range(60)], ""),
    ],
)
def test_what_a_target_is_and_whether_it_can_be_measured(target, kind):
    values = pd.Series(target)
    assert kind_of(values) == kind
    assert np.isnan(separation(np.arange(len(values)) % 2, values)) == (kind == "")


def test_levels_that_nobody_has_do_not_count():
    answers = pd.Series(["yes", "no"] * 30).astype(pd.CategoricalDtype(["yes", "no", "perhaps"]))
    assert kind_of(answers) == "binary"
    assert separation(np.arange(60) % 2, answers) == 1


def test_each_target_has_its_number():
    targets = pd.DataFrame(
        {"churned": bernoulli(RATES[FOUR]), "constant": 1, "spent": RATES[FOUR] + RNG.normal(size=2000)}
    )
    found = usefulness(FOUR, targets)
    assert list(found) == ["churned", "constant", "spent"]
    assert found["churned"] == separation(FOUR, targets["churned"]) > 0.7
    assert np.isnan(found["constant"])


def test_a_measure_that_is_missing_is_said_so():
    assert separation_words("binary", float("nan")) == "not measurable"
    assert separation_words("binary", 1.0) == "AUC 1.00"


def test_targets_are_what_was_neither_fitted_nor_made_of_what_was():
    table = pd.DataFrame(RNG.integers(1, 90, (60, 4)), columns=["wine", "meat", "age", "profit"]).assign(
        churned=["y", "n"] * 30
    )
    stated = {"derive": {"spent": {"total": ["wine", "meat"]}}}

    def found(use: dict[str, str]) -> list[str]:
        dataset = make_dataset("shop", table, stated=Stated(**stated, use={"churned": "outcome", **use}))
        return list(targets_of(dataset))

    assert found({"profit": "value"}) == ["churned", "profit"]
    assert found({"spent": "value"}) == ["churned"]
    assert found({"spent": "value", "wine": "describe_with", "meat": "describe_with"}) == ["churned", "spent"]
