"""`segkit monitor`, as it is typed: keep, watch, refit, and what it keeps in the store."""

import json
from pathlib import Path

import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.tracking.read import find_sweep
from segkit.tracking.store import open_store

AXES = ("preprocessing=standard", "reducer=none", "algorithm=kmeans", "k=3,4", "data.generate.rows=400")
SPENDING = ["spend_wine", "spend_fruit", "spend_meat", "spend_fish", "spend_sweets", "spend_gold"]


@pytest.fixture(scope="module")
def promoted(new_folder, command) -> Path:
    """A champion with three segments of 400 customers."""
    folder = new_folder()
    swept = command(folder, "sweep", *AXES, "evidence=false", "hydra/launcher=basic", "format=json")
    assert swept.code == 0, swept.err
    runs = json.loads(command(folder, "compare", "format=json").out)["runs"]
    chosen = next(run["run_id"] for run in runs if str(run["params"]["k"]) == "3")
    done = command(folder, "promote", f"run={chosen}", "force=true")
    assert done.code == 0, done.err
    make_customers(400).to_csv(folder / "then.csv", index=False)
    return folder


@pytest.fixture
def shop(promoted, copy_store, own_place, segkit):
    """Its copy in the test's own folder, and the command."""
    copy_store(promoted, own_place)
    make_customers(400).to_csv("then.csv", index=False)
    return segkit


def monitored(segkit, path: str, *more: str):
    done = segkit("monitor", f"input={path}", "format=json", *more)
    return done.code, json.loads(done.out) if done.out else done.err


def test_customers_who_have_not_changed_are_kept(shop):
    strangers = make_customers(300, seed=5)
    strangers.assign(customer_id="N" + strangers["customer_id"]).to_csv("new.csv", index=False)
    code, said = monitored(shop, "new.csv", "date=2025-07-31")
    assert (code, said["decision"], said["date"]) == (0, "keep", "2025-07-31")
    assert (said["model"], said["moved"]) == ("customers/1", None)
    assert {"segment", "name", "customers", "share", "low", "high", "before"} <= set(said["segments"][0])
    assert said["reform"]["agreement"] <= 1
    assert said["reform"]["one_more"]["segments"]
    assert [one["outcome"] for one in said["outcomes"]] == ["response"] * 3


def test_a_moved_column_is_watched_and_who_moved_is_told(shop):
    table = make_customers(400)
    table["income"] *= 1.6
    table.to_csv("june.csv", index=False)
    code, said = monitored(shop, "june.csv", "date=2025-06-30", "reform=false")
    assert (code, said["decision"], said["reform"]) == (0, "watch", None)
    assert said["reasons"][0]["says"].startswith("income has moved far")
    assert said["moved"]["since"] == "the fit"
    assert said["moved"]["customers"] == 400
    assert 0 < said["moved"]["share"] < 0.3
    assert sum(row["customers"] for row in said["moved"]["table"]) == 400
    assert monitored(shop, "june.csv", "date=2025-07-31", "reform=false")[1]["moved"]["since"] == "2025-06-30"


def test_another_population_asks_for_a_refit_with_exit_code_3(shop):
    table = make_customers(400)
    strange = table.index % 3 == 0
    table.loc[strange, SPENDING] = table.loc[strange, SPENDING] * 12 + 4000
    table.loc[strange, "purchases_catalog"] = 25
    table.to_csv("strange.csv", index=False)
    done = shop("monitor", "input=strange.csv", "date=2025-08-31", "reform=false")
    assert done.code == 3
    assert "refit" in done.out.splitlines()[0]
    assert "unlike all of the fit" in done.out
    past = shop("monitor", "history=true")
    assert (past.code, "2025-08-31  version 1  refit" in past.out) == (0, True)


def test_what_is_kept_holds_tables_pictures_and_the_trend(shop, own_place):
    assert shop("monitor", "input=then.csv", "date=2025-06-30", "reform=false").code == 0
    assert shop("monitor", "input=then.csv", "date=2025-06-30", "reform=false").code == 0
    store = open_store(str(own_place / "mlruns"))
    kept = store.client.search_runs([store.experiment_id], "tags.`segkit.kind` LIKE 'monitor%'")
    assert sorted(run.info.run_name for run in kept) == ["customers 2025-06-30", "monitor customers"]
    dated = next(run.info.run_id for run in kept if run.info.run_name != "monitor customers")
    files = {item.path for folder in ("", "tables", "plots") for item in store.client.list_artifacts(dated, folder)}
    assert {"monitor.json", "tables/labels.csv", "tables/columns.csv", "plots/psi.png", "plots/shares.png"} <= files
    assert find_sweep(store).data == "customers"
    assert shop("compare").code == 0


def test_the_period_before_may_be_scored_or_raw(shop):
    assert shop("score", "input=then.csv", "output=scored.csv").code == 0
    for previous in ("scored.csv", "then.csv"):
        said = monitored(shop, "then.csv", "reform=false", f"previous={previous}")[1]["moved"]
        assert (said["since"], said["customers"], said["share"]) == (previous, 400, 0.0)


def test_a_table_that_is_older_by_months_has_only_aged(shop):
    said = monitored(shop, "then.csv", "as_of=2025-09-30", "reform=false")[1]
    aged = {one["name"] for one in said["columns"] if one["aged"]}
    assert (said["decision"], said["date"], said["as_of"]) == ("keep", "2025-09-30", "2025-09-30")
    assert aged == {"days_since_signed_up"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "input is needed"),
        (("input=nowhere.csv",), "there is no file"),
        (("input=then.csv", "date=soon"), "is not a date"),
        (("input=few.csv",), "lacks columns"),
        (("input=then.csv", "previous=few.csv"), "lacks columns"),
        (("input=then.csv", "model=others"), "no registered model"),
        (("input=then.csv", "limits.psi=1"), "psi"),
        (("input=then.csv", "limits.psi_watch=-1"), "limits.psi_watch=-1 is no limit"),
    ],
)
def test_wrong_input_is_answered_and_leaves_nothing(shop, own_place, arguments, says):
    pd.DataFrame({"customer_id": [1], "income": [2]}).to_csv("few.csv", index=False)
    done = shop("monitor", *arguments)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err
    assert shop("monitor", "history=true").out.strip().endswith("has not been monitored yet")


def test_a_store_that_names_no_estimator_is_not_built(shop, monkeypatch):
    from segkit.config import monitored as module

    kept = module.kept_config

    def foreign(*arguments, **more):
        config = kept(*arguments, **more)
        config.algorithm = {"_target_": "os.system", "command": "touch broken"}
        return config

    monkeypatch.setattr(module, "kept_config", foreign)
    said = monitored(shop, "then.csv")[1]
    assert said["reform"] is None
    assert "os.system, which is no estimator" in said["notes"][0]
    assert not Path("broken").exists()


def test_a_failure_to_write_is_no_half_of_a_date(shop, own_place, monkeypatch):
    def broken(*arguments):
        raise OSError("disk full")

    monkeypatch.setattr("segkit.tracking.monitoring._write_files", broken)
    assert shop("monitor", "input=then.csv", "reform=false").code == 1
    assert "not been monitored" in shop("monitor", "history=true").out
