"""Scoring a file in parts: the very rows that scoring it at once gives, and a line for whatever is odd about it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from segkit.data import LogColumns, make_customers, make_dataset
from segkit.data.read import read_table
from segkit.data.write import FileWriter
from segkit.errors import UserError
from segkit.model import SegmentationModel
from segkit.runs import run
from segkit.scoring.asked import Asked, read_suppressed
from segkit.scoring.edits import Divided, Locked, Renumbered
from segkit.scoring.into import Input, score_into
from segkit.scoring.scored import scored_table
from segkit.scoring.scorer import Scorer
from segkit.scoring.summary import summary_text
from segkit.segments import UNSURE

TABLE = make_customers(240, seed=2).drop(columns=["truth", "response", "contact_cost", "spend_total"])
NEW = make_customers(90, seed=7).drop(columns=["truth", "response", "contact_cost", "spend_total"])
CORE = ["segment", "segment_name", "confidence", "second_segment"]


def scorer_of(table: pd.DataFrame, log: LogColumns | None = None) -> Scorer:
    model = SegmentationModel(KMeans(3, n_init=2, random_state=0))
    return run(make_dataset("shop", table, log=log), model).scorer


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return scorer_of(TABLE)


@pytest.fixture
def score(scorer: Scorer, tmp_path: Path) -> Any:
    """Writes a table, scores it 25 rows at a time, and gives back what was written and said."""

    def scored(table: pd.DataFrame, asked: Asked | None = None, by: Scorer = scorer, **words: Any) -> Any:
        table.to_csv(tmp_path / "in.csv", index=False, **words.pop("written", {}))
        return score_file(by, tmp_path / "in.csv", asked or Asked(), **words)

    return scored


def score_file(scorer: Scorer, path: Path, asked: Asked, rows: int = 25, **words: str) -> tuple[pd.DataFrame, Any]:
    out = path.with_name("out.parquet")
    summary = score_into(FileWriter(out), scorer, Input(str(path), **words), asked, rows)
    return pd.read_parquet(out), {"model": "shop/1", "output": "out.parquet", **summary}


def test_in_parts_as_at_once_in_the_same_order(scorer, score, tmp_path):
    found, summary = score(NEW)
    pd.testing.assert_frame_equal(found, scored_table(scorer, read_table(tmp_path / "in.csv")), check_dtype=False)
    assert summary["rows"] == sum(one["customers"] for one in summary["segments"].values()) == 90
    assert summary["columns"] == {"renamed": {}, "missing": [], "extra": []}
    assert summary_text(summary).splitlines()[0] == (
        f"90 customers scored with shop/1 -> out.parquet, dates counted to {scorer.as_of}"
    )


def test_separators_and_encodings_are_recognised(score):
    plain, _ = score(NEW)
    german, _ = score(NEW, written={"sep": ";", "encoding": "utf-16"})
    pd.testing.assert_frame_equal(german, plain)


def test_parquet_and_a_query_give_the_same(scorer, score, tmp_path):
    plain, _ = score(NEW)
    NEW.to_parquet(tmp_path / "new.parquet")
    pd.testing.assert_frame_equal(score_file(scorer, tmp_path / "new.parquet", Asked())[0], plain)
    from sqlalchemy import create_engine

    address = f"sqlite:///{tmp_path / 'shop.db'}"
    NEW.to_sql("customers", create_engine(address), index=False)
    given = Input(address, "SELECT * FROM customers")
    score_into(FileWriter(tmp_path / "sql.parquet"), scorer, given, Asked(), 7)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "sql.parquet"), plain)


def test_the_newest_date_of_all_parts_counts_for_each(scorer, score, tmp_path):
    later = NEW.assign(signed_up=NEW["signed_up"].where(NEW.index < 89, "15-12-2025"))
    found, summary = score(later)
    assert summary["as_of"] == "2025-12-15"
    pd.testing.assert_frame_equal(found, scored_table(scorer, read_table(tmp_path / "in.csv")), check_dtype=False)
    fixed, summary = score(later, as_of="2025-07-01")
    assert summary["as_of"] == "2025-07-01"
    expected = scored_table(scorer, read_table(tmp_path / "in.csv"), "2025-07-01")
    pd.testing.assert_frame_equal(fixed, expected, check_dtype=False)
    assert not np.allclose(found["confidence"], fixed["confidence"])


def test_what_was_locked_before_later_dates_is_scored_in_parts_as_at_once(scorer, score, tmp_path):
    days = pd.to_datetime(NEW["signed_up"], format="%d-%m-%Y")
    early = scorer_of(TABLE.assign(signed_up=TABLE["signed_up"].str.replace(r"\d{4}$", "2010", regex=True)))
    assert early.as_of < days.dt.strftime("%Y-%m-%d").max() < scorer.as_of
    locked = replace(scorer, edits=(Locked(early, (0,)),))
    found, summary = score(NEW, by=locked)
    pd.testing.assert_frame_equal(found, scored_table(locked, read_table(tmp_path / "in.csv")), check_dtype=False)
    assert summary["as_of"] == scorer.as_of


def test_an_as_of_that_is_no_date(score):
    with pytest.raises(UserError, match="as_of=soon is not a date"):
        score(NEW, as_of="soon")


def test_ids_are_kept_as_they_are_written(score):
    ids = [f"{number:05d}" for number in range(88)] + ["NA", "x"]
    assert score(NEW.assign(customer_id=ids))[0]["customer_id"].tolist() == ids
    big = [2**53 + 1 + number for number in range(90)]
    assert score(NEW.assign(customer_id=big))[0]["customer_id"].tolist() == big


def test_gaps_and_repeats_among_ids_are_said(score):
    ids = NEW["customer_id"].where(NEW.index > 1).where(NEW.index != 50, NEW["customer_id"][40])
    found, summary = score(NEW.assign(customer_id=ids))
    assert len(found) == 90
    assert (summary["without_id"], summary["repeated_ids"]) == (2, 1)
    text = summary_text(summary)
    assert "2 customers (2.2 %) without an id" in text
    assert "1 customer (1.1 %) with an id that stands in a row before" in text


def test_without_an_id_column_rows_are_numbered_through(score):
    found, summary = score(NEW.drop(columns="customer_id"))
    assert found["row"].tolist() == list(range(90))
    assert "no ids: the rows are numbered" in summary_text(summary)


def test_other_names_extra_and_missing_columns_are_said(score):
    table = NEW.rename(columns={"spend_wine": "Spend Wine", "customer_id": "Customer ID"}).assign(note="x")
    found, summary = score(table.drop(columns="education"), absent="unknown")
    assert found["customer_id"].tolist() == NEW["customer_id"].tolist()
    text = summary_text(summary)
    assert "columns taken: Spend Wine as spend_wine, Customer ID as customer_id" in text
    assert "columns missing, so nothing is known of them: education" in text
    assert "columns not needed: note" in text
    same, _ = score(NEW.assign(education=np.nan))
    assert found[CORE].equals(same[CORE])


def test_missing_columns_are_an_error_unless_said(score, tmp_path):
    with pytest.raises(UserError, match="lacks columns that the model needs: education"):
        score(NEW.drop(columns="education"))
    assert not (tmp_path / "out.parquet").exists()


def test_bad_cells_and_unknown_levels_are_said(score):
    table = NEW.assign(
        income=NEW["income"].astype(object).where(NEW.index % 30 > 0, "n/a?"),
        marital_status=NEW["marital_status"].where(NEW.index % 20 > 0, "Complicated"),
    )
    _, summary = score(table)
    assert summary["unread"] == {"income": 3}
    text = summary_text(summary)
    assert "cells that could not be read and count as missing: 3 of income" in text
    assert "levels not met at fitting: 5 of marital_status (Complicated)" in text


@pytest.mark.parametrize("first", [0, 40])
def test_a_mistyped_column_leaves_what_was_there(score, tmp_path, first):
    (tmp_path / "out.parquet").write_text("old")
    income = NEW["income"].astype(object).where(NEW.index < first, "35.296,19")
    with pytest.raises(UserError, match="of income cannot be read as they were at fitting"):
        score(NEW.assign(income=income))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.parquet"]
    assert (tmp_path / "out.parquet").read_text() == "old"


def test_unsure_customers_are_said(score):
    found, summary = score(NEW)
    assert summary["low_confidence"] == int((found["confidence"] < UNSURE).sum())


def test_everything_that_can_be_asked(scorer, score):
    odd = NEW.copy()
    odd.loc[3, ["spend_wine", "spend_meat"]] = 10**7
    stop = frozenset({NEW["customer_id"][0], "nobody"})
    asked = Asked(True, True, True, stop, 0.3, "spring")
    found, summary = score(odd, asked)
    extra = ["outlier", "p_0", "p_1", "p_2", "suppressed", "control", "why"]
    assert found.columns.tolist() == ["customer_id", *CORE, *extra]
    plain, _ = score(odd)
    pd.testing.assert_frame_equal(found[plain.columns], plain)
    assert found["outlier"][3]
    assert found["suppressed"].tolist() == [True] + [False] * 89
    assert not found["control"][0]
    assert np.allclose(found[["p_0", "p_1", "p_2"]].max(axis=1), found["confidence"])
    names = found["segment_name"]
    assert all(why.startswith(name) for why, name in zip(found["why"], names, strict=True))
    text = summary_text(summary)
    assert f"outliers, unlike all whom the model was fitted on: {found['outlier'].sum()} (" in text
    assert "suppressed: 1; the list has 2" in text
    assert f"control group: {found['control'].sum()} (" in text


def test_alone_a_customer_gets_the_same_answers_as_in_a_crowd(score):
    asked = Asked(True, True, True, None, 0.3, "spring")
    crowd, _ = score(NEW, asked)
    for place in (0, 89):
        alone, _ = score(NEW.iloc[[place]], asked)
        assert alone.drop(columns=["confidence", "p_0", "p_1", "p_2"]).iloc[0].tolist() == (
            crowd.drop(columns=["confidence", "p_0", "p_1", "p_2"]).iloc[place].tolist()
        )


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (Asked(control=0.1), "needs the name of its campaign"),
        (Asked(control=10, campaign="a"), "is no share of customers"),
    ],
)
def test_what_cannot_be_told_is_refused(score, asked, problem):
    with pytest.raises(UserError, match=problem):
        score(NEW, asked)


def test_lists_of_ids_need_ids(score):
    with pytest.raises(UserError, match="need the customers' ids"):
        score(NEW.drop(columns="customer_id"), Asked(suppressed=frozenset({"a"})))


def test_an_older_model_says_what_it_does_not_know(scorer, score):
    with pytest.raises(UserError, match="fit it anew"):
        score(NEW, Asked(outlier=True), by=replace(scorer, usual_range=None))
    with pytest.raises(UserError, match="what is usual"):
        score(NEW, Asked(why=True), by=replace(scorer, usual={}))


def test_merged_and_divided_segments_have_reasons(scorer, score):
    merged = replace(scorer, edits=(Renumbered({2: 1}),))
    found, _ = score(NEW, Asked(why=True), by=merged)
    assert set(found["segment"]) == {0, 1}
    divided = replace(scorer, edits=(Divided(0, scorer, {0: 7, 1: 8, 2: 9}),))
    found, _ = score(NEW, Asked(outlier=True, probabilities=True, why=True), by=divided)
    assert np.allclose(found.filter(like="p_").sum(axis=1), 1)
    assert found["why"].str.contains(", because of ").mean() > 0.5


def test_within_a_segment_nothing_is_told_of_the_others(scorer, score):
    inner = replace(scorer_of(TABLE.head(120)), outer=scorer, segment=0)
    found, _ = score(NEW, Asked(outlier=True, why=True, probabilities=True), by=inner)
    outside = found["segment"] == -1
    assert 0 < outside.sum() < 90
    assert (found["why"][outside] == "").all()
    assert (found["why"][~outside] != "").all()
    p = found.filter(like="p_")
    assert np.allclose(p.max(axis=1)[~outside], found["confidence"][~outside])
    assert (p.max(axis=1)[outside] < 0.6).all()


def test_a_log_gives_its_customers(tmp_path):
    days = pd.date_range("2024-01-01", periods=60).strftime("%d.%m.%Y")
    log = pd.DataFrame({"who": [f"{i % 20:03d}" for i in range(60)], "day": days, "paid": np.arange(60) % 7 + 1.5})
    scorer = scorer_of(log, LogColumns("who", "day", amount="paid"))
    log.loc[60] = ["999", days[0], -3.0]
    log.to_csv(tmp_path / "log.csv", index=False)
    found, summary = score_file(scorer, tmp_path / "log.csv", Asked(outlier=True, why=True, probabilities=True), rows=6)
    whole = scored_table(scorer, scorer.customers_in(read_table(tmp_path / "log.csv", text=["who"])))
    pd.testing.assert_frame_equal(found[whole.columns], whole, check_dtype=False)
    last = found.iloc[-1]
    assert (last["who"], last["segment"], last["why"], last["outlier"]) == ("999", -1, "", False)
    assert np.isnan(last["p_0"])
    assert summary["without_purchase"] == 1
    assert "1 customer (4.8 %) without a purchase: unassigned" in summary_text(summary)
    found, _ = score_file(scorer, tmp_path / "log.csv", Asked(), as_of="2024-01-10")
    assert len(found) == 11


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("customer_id,note\n007,a\n8,b\n", {"007", "8"}),
        ("customer_id\nC1\n\nC2\n", {"C1", "C2"}),
        ("C1\nC2\n", {"C1", "C2"}),
    ],
)
def test_suppressed_ids_come_with_or_without_a_header(tmp_path, text, ids):
    (tmp_path / "stop.txt").write_text(text)
    assert read_suppressed(str(tmp_path / "stop.txt"), "customer_id") == ids


def test_a_list_without_the_ids_is_refused(tmp_path):
    (tmp_path / "stop.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match="has no column customer_id"):
        read_suppressed(str(tmp_path / "stop.csv"), "customer_id")
