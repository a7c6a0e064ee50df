"""Segments of one half-year in the next, on a small log whose customers are known, and on a part of a real one."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hydra import initialize_config_dir

from benchmarks import backtest
from benchmarks.backtest import GONE, Halves, moved, rfm_bands, stayed
from benchmarks.real_files import DATA
from segkit.config import commands
from segkit.data import LogColumns, Stated, make_dataset
from segkit.evidence import gathering
from segkit.evidence.lookalikes import null_test
from segkit.places import conf_folder

MIDDLE, END = "2024-06-30", "2024-12-31"
ONE_RUN = [["preprocessing=log_skewed", "reducer=none", "algorithm=kmeans", "k=3"]]


@pytest.fixture
def composed(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr(gathering, "null_test", partial(null_test, draws=2))
    monkeypatch.setattr(backtest, "_DRAWS", 20)
    commands.register()
    with initialize_config_dir(str(conf_folder()), version_base="1.3"):
        yield


def log_of(lives: dict[str, list[tuple[str, float]]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(who, day, paid) for who, lines in lives.items() for day, paid in lines], columns=["who", "day", "paid"]
    )


def halves_of(log: pd.DataFrame) -> Halves:
    derive = {"recency": {"days_since": "last_order"}}
    stated = Stated(derive=derive, use={"first_order": "leave_out", "last_order": "leave_out"})

    def made(as_of: str, since: str = ""):
        columns = LogColumns("who", "day", amount="paid", since=since)
        return make_dataset("shop", log, as_of=as_of, stated=stated, log=columns)

    return Halves(made(MIDDLE), made(END), made(END, "2024-07-01"))


@pytest.fixture
def shop() -> Halves:
    """Eager customers come monthly in both halves, lazy ones once, and only some of these come again."""
    rng, lives = np.random.default_rng(0), {}
    for number in range(300):
        eager = number % 3 == 0
        months = (
            range(1, 13)
            if eager
            else [int(rng.integers(1, 7)), *([int(rng.integers(7, 13))] if number % 3 == 1 else [])]
        )
        lives[f"c{number}"] = [
            (f"2024-{month:02d}-{rng.integers(1, 29):02d}", float(rng.gamma(9, 10 if eager else 3))) for month in months
        ]
    return halves_of(log_of(lives))


FEW = {
    "a": [("2024-01-05", 5.0), ("2024-08-01", 7.0)],
    "b": [("2024-03-05", 3.0)],
    "new": [("2024-09-09", 4.0)],
}


def test_the_second_half_knows_nothing_of_the_first() -> None:
    found = halves_of(log_of(FEW))
    assert dict(zip(found.before.ids, found.before.table["amount"], strict=True)) == {"a": 5.0, "b": 3.0}
    assert dict(zip(found.after.ids, found.after.table["amount"], strict=True)) == {"a": 12.0, "b": 3.0, "new": 4.0}
    assert dict(zip(found.second.ids, found.second.table["amount"], strict=True)) == {"a": 7.0, "new": 4.0}


def test_bands_are_of_about_as_many_and_their_limits_stay(shop: Halves) -> None:
    then, again = rfm_bands(shop.before, shop.before, 3)
    assert np.array_equal(then, again)
    assert set(then) == {0, 1, 2}
    assert np.bincount(then).min() > 50
    amount = shop.before.table["amount"].groupby(then).mean()
    assert amount.is_monotonic_decreasing


def test_who_bought_nothing_is_gone_and_newcomers_do_not_count() -> None:
    found = halves_of(log_of(FEW))
    table = moved(found.before, found.second, np.array([0, 1]), np.array([1, 0]))
    assert table.loc[0].to_dict() == {GONE: 0, 1: 1}
    assert table.loc[1].to_dict() == {GONE: 1, 1: 0}


def test_staying_is_of_those_who_came_and_beside_what_chance_would_give() -> None:
    table = pd.DataFrame({GONE: [50, 1], 0: [30, 10], 1: [10, 50]})
    found = stayed(table)
    assert found["stay"] == pytest.approx(0.8)
    assert found["by chance"] == pytest.approx(0.4 * 0.4 + 0.6 * 0.6)
    assert found["kappa"] == pytest.approx((0.8 - 0.52) / 0.48)


def test_segments_that_nobody_stays_in_are_counted_too() -> None:
    assert stayed(pd.DataFrame({GONE: [0, 0], 0: [30, 10]}))["stay"] == pytest.approx(0.75)


def test_what_comes_of_a_log_whose_eager_customers_come_again(shop: Halves, composed) -> None:
    found = backtest.backtest(shop, ONE_RUN)
    assert found.run == "log_skewed-none-kmeans-3"
    assert found.moved.to_numpy().sum() == found.segments["customers"].sum() == 300
    assert found.segments["came_again"].max() == 1.0
    assert found.segments["came_again"].min() < 0.7
    assert found.against.index[:2].tolist() == ["log_skewed-none-kmeans-3", "3 RFM bands"]
    assert found.against.loc[found.run, "bought_again"] > 0.65
    assert set(found.lead) == {"bought_again", "best_fifth", "log_next_amount"}
    assert backtest.text("shop", shop, found).startswith("shop: 300 customers by 2024-06-30, then to 2024-12-31")


def test_a_segmentation_is_not_ahead_of_itself(shop: Halves) -> None:
    labels = np.arange(300) % 3
    targets = pd.DataFrame({"bought": (labels == 1).astype(float)})
    assert backtest.lead(labels, labels, targets) == {"bought": "+0.000 (+0.000 to +0.000)"}


@pytest.mark.skipif(not (DATA / "CDNOW_master.txt").exists(), reason=f"no CDNOW_master.txt in {DATA}")
def test_every_tenth_line_of_a_real_log_can_be_told_from_its_first_half(composed, tmp_path) -> None:
    lines = (DATA / "CDNOW_master.txt").read_text().splitlines(keepends=True)
    part = tmp_path / "part.txt"
    part.write_text("".join([lines[0], *(line for line in lines[1:] if line[1:6].endswith("7"))]))
    halves = backtest.halves("cdnow", (f"data.path={part}",))
    found = backtest.backtest(halves, ONE_RUN)
    assert found.segments["came_again_low"].max() > found.segments["came_again_high"].min()
    assert found.against.loc["log_skewed-none-kmeans-3", "bought_again"] > 0.6
