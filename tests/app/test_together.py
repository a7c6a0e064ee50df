"""Two people at once, in requests that really come side by side: each is answered in words, and nothing is lost."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from segkit.app.running import work


def together(*asks: Callable[[], Any]) -> list[Any]:
    """What each answers, asked at the same moment."""
    ready, answers = threading.Barrier(len(asks)), [None] * len(asks)

    def ask(place: int) -> None:
        ready.wait(10)
        answers[place] = asks[place]()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert None not in answers
    return answers


def until(holds: Callable[[], Any]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def folder_of(client, table: str):
    return client.folder / "mlruns" / "app" / table.removeprefix("/tables/")


def said_of(client, table: str) -> dict[str, Any]:
    return json.loads((folder_of(client, table) / "page.json").read_text())["said"]


@pytest.fixture
def table(client, some_customers) -> str:
    return client.table("customers.csv", some_customers)


def test_of_two_starts_one_begins_and_the_other_is_told(client, table, sleeper, parts):
    answers = together(*[lambda: client.post(f"{table}/start", depth="first")] * 2)
    assert sorted(answer.status for answer in answers) == [303, 422]
    refused = next(answer for answer in answers if answer.status == 422)
    assert "being worked on already" in parts(refused.text).text
    assert client.get(f"{table}/progress").json["state"] == "running"


def test_two_tables_are_segmented_side_by_side(client, table, sleeper, some_customers):
    other = client.table("others.csv", some_customers)
    answers = together(*(lambda one=one: client.post(f"{one}/start", depth="first") for one in (table, other)))
    assert [answer.status for answer in answers] == [303, 303]
    until(lambda: all(client.get(f"{one}/progress").json["state"] == "running" for one in (table, other)))
    client.post(f"{other}/stop")
    until(lambda: client.get(f"{other}/progress").json["state"] == "stopped")
    assert client.get(f"{table}/progress").json["state"] == "running"


def test_of_two_who_say_something_both_are_heard(client, table):
    columns = ["income", "age", "tenure_days", "kids_at_home"]
    known = [one for one in columns if f'value="{one}"' in client.get(f"{table}/understood").text]
    assert len(known) > 1
    answers = together(
        *(lambda one=one: client.post(f"{table}/understood", what="move", column=one, use="outcome") for one in known)
    )
    assert {answer.status for answer in answers} == {303}
    assert said_of(client, table)["uses"] == dict.fromkeys(known, "outcome")


def test_what_is_said_of_two_tables_stays_apart(client, table, some_customers):
    other = client.table("others.csv", some_customers)
    together(
        lambda: client.post(f"{table}/understood", what="move", column="income", use="outcome"),
        lambda: client.post(f"{other}/understood", what="brief", most="5", smallest=""),
    )
    assert (said_of(client, table)["uses"], said_of(client, table)["most_segments"]) == ({"income": "outcome"}, None)
    assert (said_of(client, other)["uses"], said_of(client, other)["most_segments"]) == ({}, 5)


def test_it_can_be_stopped_while_it_starts(client, table, sleeper):
    for _ in range(3):
        together(
            lambda: client.post(f"{table}/start", depth="first"),
            lambda: client.post(f"{table}/stop"),
        )
        assert client.post(f"{table}/stop").status == 303
        until(lambda: client.get(f"{table}/progress").json["state"] == "stopped")


def test_nobody_else_is_ended_while_its_number_is_not_known_yet(sleeper):
    ended = []
    work.start(sleeper, [])
    known = work._values(sleeper)["pid"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work.os, "kill", lambda pid, signal: ended.append(pid))
        work._note(sleeper, work._NOT_YET, [])
        with pytest.raises(work.UserError, match="only just beginning"):
            work.stop(sleeper)
        assert ended == []
        work._note(sleeper, known, [])
        work.stop(sleeper)
    assert ended == [known]


def test_what_is_deleted_while_another_looks_at_it_is_said(client, table, parts):
    looks = [lambda: client.get(f"{table}/understood")] * 3
    deleted, *answers = together(lambda: client.post(f"{table}/delete"), *looks)
    assert deleted.status == 303
    assert {answer.status for answer in answers} <= {200, 422}
    for address in ("understood", "answer", "progress", "report", "compare", "delete"):
        answer = client.get(f"{table}/{address}")
        assert answer.status == 422
        assert "there is no such table" in parts(answer.text).text
    assert client.kept == []


def test_what_is_said_of_a_table_that_is_deleted_meanwhile_leaves_nothing(client, table, parts):
    says = [lambda: client.post(f"{table}/understood", what="move", column="income", use="outcome")] * 3
    deleted, *answers = together(lambda: client.post(f"{table}/delete"), *says)
    assert deleted.status == 303
    assert {answer.status for answer in answers} <= {303, 422}
    assert all("no such table" in parts(answer.text).text for answer in answers if answer.status == 422)
    assert client.kept == []


def test_a_start_and_a_deletion_exclude_each_other(client, some_customers, sleeper, parts):
    for turn in range(3):
        table = client.table(f"customers {turn}.csv", some_customers)
        started, deleted = together(
            lambda table=table: client.post(f"{table}/start", depth="first"),
            lambda table=table: client.post(f"{table}/delete"),
        )
        assert sorted([started.status, deleted.status]) == [303, 422]
        refused = started if started.status == 422 else deleted
        assert any(words in parts(refused.text).text for words in ("no such table", "being worked on already"))
        assert folder_of(client, table).exists() == (started.status == 303)


def test_of_two_deletions_one_is_told_that_it_is_gone(client, table, parts):
    answers = together(*[lambda: client.post(f"{table}/delete")] * 2)
    assert sorted(answer.status for answer in answers) == [303, 422]
    assert client.kept == []


def test_the_list_can_be_looked_at_while_tables_come_and_go(client, some_customers):
    tables = [client.table(f"{place}.csv", some_customers) for place in range(3)]
    answers = together(
        *(lambda one=one: client.post(f"{one}/delete") for one in tables), *[lambda: client.get("/")] * 5
    )
    assert [answer.status for answer in answers] == [303] * 3 + [200] * 5
