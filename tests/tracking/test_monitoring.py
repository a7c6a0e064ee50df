"""Dates of a model in the store: one lasting run that draws them, each date once."""

import pandas as pd
import pytest

from segkit.errors import UserError
from segkit.tracking.monitoring import Entry, log_monitoring
from segkit.tracking.past import labels_before, past_dates, past_text
from segkit.tracking.read import find_run, find_sweep
from segkit.tracking.registry.versions import Version


def entry(date: str, psi: float = 0.1, decision: str = "keep", version: int = 1, model: str = "shop") -> Entry:
    labels = pd.Series([0, 1], index=pd.Index(["a", "b"], name="customer_id"), name="segment")
    numbers = {"decision": 0.0, "psi/income (net)": psi}
    table = {"columns": pd.DataFrame({"name": ["income"], "psi": [psi]})}
    about = Version(model, version, "run", ("champion",))
    return Entry(about, date, decision, "nothing has changed", "**keep**", numbers, labels, {"date": date}, table)


def curve(store, run_id: str) -> list[tuple[int, float]]:
    points = store.client.get_metric_history(run_id, "psi/income _net_")
    return sorted((point.step, point.value) for point in points)


def active_runs(store) -> int:
    return len(store.client.search_runs([store.experiment_id]))


def test_the_lasting_run_draws_every_date_at_its_day(store):
    for date, psi in (("2026-05-31", 0.1), ("2026-06-30", 0.2), ("2026-07-31", 0.3)):
        trend = log_monitoring(store, entry(date, psi))
    assert curve(store, trend) == [(0, 0.1), (30, 0.2), (61, 0.3)]
    times = [point.timestamp for point in store.client.get_metric_history(trend, "decision")]
    assert pd.Timestamp(min(times), unit="ms").date().isoformat() == "2026-05-31"
    assert active_runs(store) == 4


def test_the_same_date_again_takes_the_place_of_the_first(store):
    for date in ("2026-05-31", "2026-06-30"):
        log_monitoring(store, entry(date))
    trend = log_monitoring(store, entry("2026-06-30", psi=0.4, decision="watch"))
    assert curve(store, trend) == [(0, 0.1), (30, 0.4)]
    assert [(past.date, past.decision) for past in past_dates(store, "shop")] == [
        ("2026-05-31", "keep"),
        ("2026-06-30", "watch"),
    ]
    assert active_runs(store) == 3


def test_an_earlier_date_may_come_later(store):
    log_monitoring(store, entry("2026-05-31", 0.2))
    trend = log_monitoring(store, entry("2026-04-30", 0.1))
    assert curve(store, trend) == [(-31, 0.1), (0, 0.2)]


def test_dates_hang_under_the_lasting_run_of_their_model(store):
    trend = log_monitoring(store, entry("2026-05-31"))
    other = log_monitoring(store, entry("2026-05-31", model="bank"))
    parents = [store.client.get_run(past_dates(store, name)[0].run_id).data.tags for name in ("shop", "bank")]
    assert [tags["mlflow.parentRunId"] for tags in parents] == [trend, other]


def test_the_labels_before_are_those_of_the_same_version(store):
    log_monitoring(store, entry("2026-04-30"))
    log_monitoring(store, entry("2026-05-31", version=2))
    one, two = (Version("shop", number, "run", ()) for number in (1, 2))
    labels, date = labels_before(store, one, "2026-06-30")
    assert (date, labels.to_dict()) == ("2026-04-30", {"a": 0, "b": 1})
    assert labels_before(store, two, "2026-06-30")[1] == "2026-05-31"
    assert labels_before(store, one, "2026-04-30") is None


def test_they_pass_for_no_run_and_no_sweep(store):
    trend = log_monitoring(store, entry("2026-05-31"))
    with pytest.raises(UserError, match="there is no sweep"):
        find_sweep(store)
    with pytest.raises(UserError):
        find_run(store, trend)


def test_what_was_cut_short_counts_for_nothing(store):
    log_monitoring(store, entry("2026-05-31"))
    left = store.client.create_run(store.experiment_id, tags={"segkit.kind": "monitor date", "segkit.model": "shop"})
    assert left.info.status == "RUNNING"
    assert len(past_dates(store, "shop")) == 1
    assert "2026-05-31" in past_text("shop", past_dates(store, "shop"))
    log_monitoring(store, entry("2026-06-30"))
    assert store.client.get_run(left.info.run_id).info.lifecycle_stage == "deleted"
