"""`segkit score` as it is typed: into files and databases, what is refused, and that nothing is left half-written."""

import json
import sqlite3

import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import make_customers, make_dataset
from segkit.model import SegmentationModel
from segkit.runs import run

NEW = make_customers(60, seed=4).drop(columns="truth")


@pytest.fixture(scope="module")
def scorer():
    table = make_customers(200, seed=1).drop(columns=["truth", "response"])
    return run(make_dataset("shop", table), SegmentationModel(KMeans(3, n_init=1, random_state=0))).scorer


@pytest.fixture
def score(segkit, scorer, monkeypatch, own_place):
    """The command in a folder with `new.csv`, of a store whose champion is the scorer."""
    version = type("Version", (), {"model": "shop", "version": 3})()
    monkeypatch.setattr("segkit.config.stored.store_of", lambda *a, **k: None)
    monkeypatch.setattr("segkit.tracking.registry.versions.find_version", lambda *a: version)
    monkeypatch.setattr("segkit.tracking.registry.versions.version_scorer", lambda *a: scorer)
    NEW.to_csv(own_place / "new.csv", index=False)
    return lambda *words: segkit("score", *words)


def test_json_says_it_all(score, own_place):
    (own_place / "stop (1).csv").write_text(f"customer_id\n{NEW['customer_id'][2]}\n")
    asked = ["outlier=true", "suppress=stop (1).csv", "control=0.2", "campaign=Spring, 20 % off"]
    done = score("input=new.csv", "output=out.csv", "format=json", *asked)
    assert done.code == 0, done.err
    summary, written = json.loads(done.out), pd.read_csv(own_place / "out.csv")
    assert summary["rows"] == len(written) == 60
    assert (summary["model"], summary["output"]) == ("shop/3", "out.csv")
    assert summary["suppressed"] == written["suppressed"].sum() == 1
    assert summary["control"] == written["control"].sum()
    assert summary["columns"]["extra"] == ["response", "contact_cost", "spend_total"]


def test_a_database_out_and_in(score, own_place):
    into = ["output=sqlite:///shop.db", "output_table=scored"]
    assert score("input=new.csv", *into).code == 0
    again = score("input=new.csv", *into)
    assert again.code == 2
    assert "replace=true" in again.err
    with sqlite3.connect(own_place / "shop.db") as connection:
        NEW.to_sql("customers", connection, index=False)
    done = score("input=sqlite:///shop.db", "query=SELECT * FROM customers", *into, "replace=true")
    assert done.code == 0, done.err
    assert "sqlite:///shop.db scored" in done.out
    with sqlite3.connect(own_place / "shop.db") as connection:
        assert pd.read_sql("SELECT * FROM scored", connection)["customer_id"].tolist() == NEW["customer_id"].tolist()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["output=new.csv"], "output=new.csv is the table to score"),
        (["output=out.csv", "output_table=t"], "is no database"),
        (["output=sqlite:///shop.db"], "output_table=scored"),
        (["output=out.csv", "absent=zero"], "absent=unknown"),
        (["output=out.csv", "control=0.1"], "campaign="),
        (["output=out.csv", "suppress=gone.csv"], "there is no file gone.csv"),
        (["output=out.csv", "control=2", "campaign=a"], "10 % as 0.1"),
        (["output=out.csv", "query=SELECT 1"], "is no database"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(score, own_place, words, problem):
    done = score("input=new.csv", *words)
    assert done.code == 2
    assert problem in done.err
    assert len(done.err.strip().splitlines()) <= 3
    assert not [path.name for path in own_place.glob("*out*")]
    assert (own_place / "new.csv").read_text() == NEW.to_csv(index=False)
