"""The evidence on one pipeline, all of it."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import LogColumns, make_dataset
from segkit.evidence import gathering
from segkit.evidence.gathering import gather
from segkit.evidence.lookalikes import null_test
from segkit.evidence.next_period import next_period
from segkit.evidence.usefulness import usefulness
from segkit.stages import SharedStages

KEYS = {"preprocessing": "p", "reducer": "r", "rows": "p", "tree": "t", "lookalikes": "l"}


@pytest.fixture(autouse=True)
def few_draws(monkeypatch) -> list[int]:
    """Three lookalikes do; returns how many rows they were drawn from, each time."""
    drawn: list[int] = []

    def tested(typed, preprocessing):
        drawn.append(len(typed))
        return null_test(typed, preprocessing, draws=3)

    monkeypatch.setattr(gathering, "null_test", tested)
    return drawn


def test_clear_segments_are_stable_and_their_lookalikes_hold_none(groups, kmeans) -> None:
    found = gather(groups, kmeans(3))
    assert set(found.metrics) == {
        *("stability", "stability_min", "prediction_strength"),
        *("lookalike_p", "lookalike_best", "lookalike_usual"),
    }
    assert min(found.metrics["stability"], found.metrics["stability_min"]) > 0.95
    assert found.metrics["lookalike_p"] == pytest.approx(1 / 4)
    assert found.metrics["lookalike_best"] > found.metrics["lookalike_usual"]


def test_each_segment_has_its_row_and_the_weakest_its_metric(groups, kmeans) -> None:
    found = gather(groups, kmeans(5))
    table = found.tables["stability"]
    assert list(found.tables) == ["stability"]
    assert table["segment"].tolist() == [0, 1, 2, 3, 4]
    assert table["comes_out_again"].min() == pytest.approx(found.metrics["stability_min"])
    assert found.metrics["stability"] < 0.95


def test_the_model_need_not_be_fitted_and_is_fitted_on_everyone(groups, kmeans) -> None:
    model = kmeans(3)
    gather(groups, model)
    assert len(model.labels_) == len(groups.table)


def test_lookalikes_are_searched_once_for_all_that_share_a_preprocessing(groups, kmeans, tmp_path, few_draws) -> None:
    stages = SharedStages(tmp_path, KEYS)
    found = [gather(groups, kmeans(k).set_params(stages=stages)).metrics for k in (3, 4)]
    assert few_draws == [len(groups.table)]
    for name in ("lookalike_p", "lookalike_best", "lookalike_usual"):
        assert found[0][name] == found[1][name]
    assert found[0]["stability"] != found[1]["stability"]


def test_what_came_after_an_earlier_day_is_told_of_that_days_segments(kmeans) -> None:
    rng = np.random.default_rng(0)
    often, seldom = rng.integers(0, 360, (40, 12)), rng.integers(0, 150, (80, 2))
    days = {f"o{who}": found for who, found in enumerate(often)} | {
        f"s{who}": found for who, found in enumerate(seldom)
    }
    lines = pd.DataFrame([(who, day) for who, found in days.items() for day in found], columns=["who", "day"])
    lines = lines.assign(day=pd.Timestamp("2024-01-01") + pd.to_timedelta(lines["day"], "D"), paid=10.0)
    log = LogColumns("who", "day", amount="paid")
    before, after = (make_dataset("shop", lines, as_of=as_of, log=log) for as_of in ("2024-06-30", ""))
    found = gather(after, kmeans(2), before=(before, kmeans(2)))
    labels = kmeans(2).fit(before.features).predict(before.features)
    told = usefulness(labels, next_period(before, after))
    assert found.metrics["useful_bought_again"] == told["bought_again"] > 0.9
    assert {name for name in found.metrics if name.startswith("useful_")} == {f"useful_{name}" for name in told}
    assert "useful_bought_again" not in gather(after, kmeans(2)).metrics
