"""A registered model's page: promote, roll back, and who moves, shown before anything changes."""

import re
import sqlite3
from contextlib import closing

import pytest

from segkit.errors import UserError, WorkFailed


@pytest.fixture
def unpromoted(answered, copy_store, serve, own_place, quick_code):
    copy_store(answered[0], own_place)
    return serve(), f"{answered[1]}/promote"


def versions(client) -> list[int]:
    from segkit.tracking.registry.versions import versions
    from segkit.tracking.store import open_store

    return [found.version for found in versions(open_store(str(client.folder / "mlruns")), "shop")]


def champions(client) -> list[int]:
    from segkit.tracking.registry.versions import champions
    from segkit.tracking.store import open_store

    return champions(open_store(str(client.folder / "mlruns")), "shop")


def test_the_answer_leads_to_the_promotion_of_each_contender(unpromoted, answered, answered_runs):
    client, promote = unpromoted
    page = client.get(f"{answered[1]}/answer").text
    assert set(re.findall(rf'href="{promote}\?run=(\w+)"', page)) >= {run for run, _ in answered_runs[:2]}


def test_a_look_at_a_promotion_changes_nothing(unpromoted, answered_runs, parts):
    client, promote = unpromoted
    text = parts(client.get(f"{promote}?run={answered_runs[0][0]}").text).text
    assert f"Promote {answered_runs[0][1]}" in text
    assert "The first version of shop" in text
    assert "Who signs" in text
    assert "None yet" in parts(client.get("/models").text).text


def test_a_promotion_is_signed_and_done_once(unpromoted, answered_runs, parts):
    client, promote = unpromoted
    run = answered_runs[0][0]
    done = [client.post(promote, run=run, alias="champion", by="Ann") for _ in range(2)]
    assert [one.status for one in done] == [303, 303]
    assert {one.headers["location"] for one in done} == {"/models/shop"}
    assert (versions(client), champions(client)) == ([1], [1])
    page = parts(client.get("/models/shop").text).text
    assert "The champion: version 1" in page
    assert "by Ann" in page
    assert "is the champion of shop already" in parts(client.get(f"{promote}?run={run}").text).text


def test_the_best_of_the_sweep_is_promoted_where_no_run_is_named(unpromoted, answered_runs, parts):
    client, promote = unpromoted
    assert f"Promote {answered_runs[0][1]}" in parts(client.get(promote).text).text


def test_who_would_move_is_shown_before(promoted, answered, answered_runs, parts):
    promote = f"{answered[1]}/promote"
    text = parts(promoted.get(f"{promote}?run={answered_runs[0][0]}").text).text
    assert "From version 2 of shop" in text
    assert re.search(r"\d+ % of 120 customers change segment", text)
    assert "that one comes back" in text
    assert champions(promoted) == [1, 2]


def test_a_challenger_leaves_the_champion(promoted, answered, answered_runs, parts):
    promote = f"{answered[1]}/promote"
    done = promoted.post(promote, run=answered_runs[0][0], alias="challenger", by="")
    assert (done.status, done.headers["location"]) == (303, "/models/shop?shown=1")
    text = parts(promoted.get("/models/shop").text).text
    assert "The champion: version 2" in text
    assert "The challenger: version 1" in text


def test_another_name_has_versions_of_its_own(promoted, answered, answered_runs, parts):
    asked = f"run={answered_runs[0][0]}&model=other%20shop"
    assert "The first version of other shop" in parts(promoted.get(f"{answered[1]}/promote?{asked}").text).text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("run=0123", "there is no run 0123"),
        ("model=a/b", "cannot be the name of a model"),
        ("run=%27x", "there is no run"),
    ],
)
def test_what_cannot_be_promoted_is_said_in_words(promoted, answered, parts, asked, words):
    page = promoted.get(f"{answered[1]}/promote?{asked}")
    assert page.status == 200
    assert "This cannot be promoted" in page.text
    assert words in parts(page.text).text
    assert '<h2 id="sign">' not in page.text
    refused = promoted.post(f"{answered[1]}/promote", **dict(part.split("=") for part in asked.split("&")))
    assert refused.status == 422
    assert versions(promoted) == [2, 1]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("chosen_run", WorkFailed("best is not worth promoting: it eats all\n  force=true promotes it all the same")),
        (
            "plan",
            UserError("the model reads other columns than the champion of shop: it needs also age", "model=OTHER"),
        ),
    ],
)
def test_refusals_are_said_with_their_mend_and_without_a_button(promoted, answered, parts, monkeypatch, step, error):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(f"segkit.app.models.promoting.{step}", refuse)
    text = parts(promoted.get(f"{answered[1]}/promote").text).text
    assert all(words.strip() in text for words in str(error).split("\n"))
    assert "Who signs" not in text


def test_an_alias_that_is_none_is_refused(promoted, answered, answered_runs):
    refused = promoted.post(f"{answered[1]}/promote", run=answered_runs[0][0], alias="v7", by="")
    assert (refused.status, "cannot be an alias" in refused.text) == (422, True)


def test_a_table_without_an_answer_has_nothing_to_promote(client, some_customers):
    table = client.table("customers.csv", some_customers)
    assert "has no answer yet" in client.get(f"{table}/promote").text


def test_the_models_page_tells_every_version_and_who_moved(promoted, answered_runs, parts):
    page = promoted.get("/models/shop?shown=2")
    found = parts(page.text)
    assert "Who moved when version 2 was made" in found.text
    assert "stay" in found.text.lower()
    for name in (answered_runs[0][1], answered_runs[1][1], "Ann", "Bob"):
        assert name in found.text
    links = {said.get("href") for tag, said in found.tags if tag == "a"}
    assert {"/models/shop/versions/1/report", "/models/shop/versions/2/segments/0", "/models/shop/score"} <= links
    assert "/#/models/shop" in found.text


def test_who_moved_is_a_picture_too(promoted):
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", promoted.port)
    connection.request("GET", "/models/shop/versions/2/migration.png")
    answer = connection.getresponse()
    assert answer.read().startswith(b"\x89PNG")
    assert promoted.get("/models/shop/versions/1/migration.png").status == 422


def test_the_report_on_a_version_opens(promoted, parts):
    assert "who the segments are" in parts(promoted.get("/models/shop/versions/1/report").text).text


def test_the_start_page_leads_to_the_models(promoted):
    assert '<a href="/models/shop">shop</a>' in promoted.get("/models").text


@pytest.mark.parametrize("path", ["/models/nobody", "/models/shop/versions/9/report", "/models/nobody/score"])
def test_a_model_that_there_is_not_is_said_in_words(promoted, path):
    assert promoted.get(path).status == 422


def test_a_rollback_shows_who_moves_and_then_is_done_once(promoted, parts):
    text = parts(promoted.get("/models/shop/rollback").text).text
    assert "to version 1" in text
    assert re.search(r"\d+ % of 120 customers change segment", text)
    assert champions(promoted) == [1, 2]
    done = [promoted.post("/models/shop/rollback", steps="1", given_up="2", to="1", by="Cleo") for _ in range(2)]
    assert [one.headers.get("location") for one in done] == ["/models/shop", "/models/shop"]
    assert champions(promoted) == [1]
    text = parts(promoted.get("/models/shop").text).text
    assert re.search(r"rolled back to version 1 on [\d -]+:\d\d by Cleo", text)
    assert "no earlier champion" in promoted.get("/models/shop/rollback").text


def test_a_rollback_of_another_champion_than_was_shown_is_refused(promoted):
    refused = promoted.post("/models/shop/rollback", steps="1", given_up="1", to="7", by="")
    assert (refused.status, "no longer the champion" in refused.text) == (422, True)
    assert champions(promoted) == [1, 2]


def test_a_model_that_there_is_not_is_said_on_every_screen(promoted, parts):
    for screen in (
        "",
        "/score",
        "/rollback",
        "/versions/1/report",
        "/versions/1/migration.png",
        "/versions/1/segments/0",
    ):
        refused = promoted.get(f"/models/shops{screen}")
        assert (refused.status, "did you mean shop" in parts(refused.text).text) == (422, True), screen
    assert promoted.post("/models/shops/rollback", steps="1", to="1").status == 422


def test_a_store_whose_tables_are_gone_is_told_in_words(promoted, answered, parts):
    assert promoted.get("/models").status == 200
    with closing(sqlite3.connect(promoted.folder / "mlruns" / "mlflow.db")) as store:
        store.executescript("DROP TABLE registered_models; DROP TABLE tags;")
    for address in ("/models", "/models/shop", "/models/shop/score", f"{answered[1]}/promote"):
        failed = promoted.get(address)
        text = parts(failed.text).text
        assert (failed.status, "the store cannot be used" in text, "SELECT" in text) == (500, True, False), address
    assert promoted.get("/").status == 200


@pytest.mark.parametrize("steps", ["0", "5"])
def test_more_steps_than_there_are_are_refused(promoted, steps):
    assert 'id="sign"' not in promoted.get(f"/models/shop/rollback?steps={steps}").text
