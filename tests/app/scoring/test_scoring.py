"""A file is scored in a process of its own and downloaded; whatever is wrong with it is said in words."""

import json
import time
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

import pytest

from segkit.app.running import work
from segkit.app.scoring.files import DAYS, Score, Scores
from segkit.app.scoring.going import going
from segkit.app.scoring.scoring import clear_away
from segkit.errors import UserError


@pytest.fixture
def unstarted(monkeypatch):
    """What would be started, as (folder, command, arguments): no process is."""
    begun = []
    monkeypatch.setattr(
        work, "start", lambda folder, arguments, command="sweep": begun.append((folder, command, list(arguments)))
    )
    return begun


@pytest.fixture
def finish(command, unstarted):
    """Does in this process what was started last."""

    def do(client) -> None:
        folder, name, arguments = unstarted[-1]
        outcome = command(client.folder, name, *arguments, f"tracking.folder={client.folder / 'mlruns'}", "format=json")
        (folder / work._ANSWER).write_text(outcome.out)
        (folder / work._LOG).write_text(outcome.err)
        told = {"pid": 0, "started": time.time(), "arguments": arguments}
        (folder / work._WORK).write_text(json.dumps(told))

    return do


def bring(client, name: str, content: bytes, **asked: str):
    said = "&".join(f"{key}={quote(value)}" for key, value in {"name": name, **asked}.items())
    return client.ask("PUT", f"/models/shop/score?{said}", content, accept="application/json")


def scored(client, finish, name: str, content: bytes, **asked: str) -> str:
    """Brings a file and has it scored; its address."""
    answer = bring(client, name, content, **asked)
    assert answer.status == 201, answer.text
    finish(client)
    return answer.json["address"]


def kept(client) -> list[str]:
    return [path.name for path in (client.folder / "mlruns" / "app" / "scores").glob("*")]


def test_a_file_is_scored_in_a_process_and_downloaded(promoted, some_customers, command):
    address = bring(promoted, "new (1).csv", some_customers).json["address"]
    deadline = time.monotonic() + 120
    while promoted.get(f"{address}/progress").json["state"] == work.RUNNING:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    page = promoted.get(address)
    assert "120 customers, with version 2 of shop" in page.text, page.text
    download = promoted.get(f"{address}/download")
    assert download.headers["content-disposition"].startswith("attachment")
    assert "new%20%281%29%20scored.csv" in download.headers["content-disposition"]
    (promoted.folder / "same.csv").write_bytes(some_customers)
    same = command(promoted.folder, "score", "input=same.csv", "output=out.csv", "model=shop/2")
    assert (same.code, download.text) == (0, (promoted.folder / "out.csv").read_text())


def test_what_is_asked_becomes_the_commands_arguments(promoted, some_customers, unstarted):
    asked = {"version": "/1", "why": "true", "outlier": "true", "format": "parquet"}
    assert bring(promoted, "new.csv", some_customers, **asked).status == 201
    folder, command, arguments = unstarted[-1]
    assert (command, arguments[2:]) == ("score", ["model=shop/1", "why=true", "outlier=true"])
    assert arguments[:2] == [
        f"input={folder / 'brought' / 'new.csv'}",
        f"output={folder / 'scored' / 'new scored.parquet'}",
    ]


def test_the_result_is_told(promoted, some_customers, finish, parts):
    more = b"\n".join(line + (b",mood" if not n else b",good") for n, line in enumerate(some_customers.splitlines()))
    address = scored(promoted, finish, "new.csv", more.replace(b"income", b"Income", 1), probabilities="true")
    text = parts(promoted.get(address).text).text
    assert "columns taken: Income as income" in text
    assert "columns not needed:" in text
    assert "mood" in text
    assert "segment_name" in text
    assert "p_0" in text
    assert "segkit score input=" in text
    assert f'href="{address}" title="new.csv"' in promoted.get("/models/shop/score").text


def test_shares_stand_beside_those_of_the_fit(promoted, some_customers, finish):
    from segkit.app.scoring.scored import scored_of

    address = scored(promoted, finish, "new.csv", b"\n".join(some_customers.splitlines()[:31]))
    score = Scores(promoted.folder / "mlruns" / "app" / "scores").get(address.removeprefix("/scores/"))
    shown = scored_of(score, work.work_of(score.folder).answer)
    assert shown.customers == sum(bar.segment.customers for bar in shown.bars) == 30
    assert sum(bar.fitted for bar in shown.bars) == pytest.approx(1)
    assert sum(score.customers.values()) == 120
    assert len(shown.rows) == 8


def test_parquet_is_shown_and_downloaded_too(promoted, some_customers, finish, parts):
    address = scored(promoted, finish, "new.csv", some_customers, format="parquet")
    assert "second_segment" in parts(promoted.get(address).text).text


def test_columns_that_are_missing_are_said_and_may_be(promoted, some_customers, finish, unstarted, parts):
    rows = [line.split(b",") for line in some_customers.splitlines()]
    place = rows[0].index(b"income")
    fewer = b"\n".join(b",".join(row[:place] + row[place + 1 :]) for row in rows)
    address = scored(promoted, finish, "new.csv", fewer)
    page = promoted.get(address)
    assert "the table lacks columns that the model needs: income" in parts(page.text).text
    assert "error:" not in parts(page.text).text
    assert promoted.get(f"{address}/download").status == 422
    promoted.post(f"{address}/again", absent="true")
    assert unstarted[-1][2][-1] == "absent=unknown"
    finish(promoted)
    assert "columns missing, so nothing is known of them: income" in parts(promoted.get(address).text).text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty (0 bytes)"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "not a table"),
    ],
)
def test_what_is_no_table_is_refused_and_nothing_is_left_of_it(promoted, name, content, words):
    answer = bring(promoted, name, content)
    assert answer.status == 422
    assert words in answer.json["problem"]
    assert answer.json["problem"].startswith(name)
    assert kept(promoted) == []


@pytest.mark.parametrize("asked", [{"version": "/9"}, {"version": "@nobody"}, {"version": "/../1"}, {"format": "docx"}])
def test_a_version_or_format_that_there_is_not_is_refused(promoted, some_customers, asked):
    assert bring(promoted, "new.csv", some_customers, **asked).status == 422
    assert kept(promoted) == []


def test_a_file_may_be_called_as_ours_are(promoted, finish, parts):
    address = scored(promoted, finish, "page.json", b'{"model": "other"}')
    assert "page.json" in parts(promoted.get(address).text).text
    assert "not scored" in promoted.get(address).text


def test_a_file_above_the_limit_is_refused(serve, crowned, copy_store, own_place):
    copy_store(crowned, own_place)
    client = serve(largest=1000)
    assert bring(client, "new.csv", b"1,2\n" * 1000).status == 413
    assert kept(client) == []


def test_a_file_is_deleted_with_what_came_of_it(promoted, some_customers, finish):
    address = scored(promoted, finish, "new.csv", some_customers)
    assert promoted.get(f"{address}/delete").status == 405
    assert promoted.post(f"{address}/delete").headers["location"] == "/models/shop/score"
    assert kept(promoted) == []
    assert "there is no such scored file" in promoted.get(address).text


@pytest.mark.parametrize("act", ["delete", "again"])
def test_what_is_being_scored_is_neither_deleted_nor_begun_again(promoted, some_customers, sleeper, act):
    address = bring(promoted, "new.csv", some_customers).json["address"]
    refused = promoted.post(f"{address}/{act}")
    assert (refused.status, "being worked on already" in refused.text) == (422, True)
    assert promoted.get(f"{address}/progress").json["state"] == work.RUNNING


@pytest.mark.parametrize(
    "address", ["/scores/000000000000", "/scores/..", "/scores/..%2f..%2fapp", "/scores/x/download"]
)
def test_what_is_not_there_is_said_in_words(promoted, address):
    answer = promoted.get(address)
    assert answer.status in (404, 422)
    assert "there is no such" in answer.text


def test_the_page_offers_aliases_and_versions(promoted):
    text = promoted.get("/models/shop/score?version=/1").text
    assert '<option value="@champion">champion (version 2)</option>' in text
    assert '<option value="/1" selected>version 1</option>' in text


@pytest.fixture
def a_score(own_place) -> Score:
    folder = own_place / "scores" / "0123456789ab"
    folder.mkdir(parents=True)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return Score(folder.name, folder, "new.csv", now, "shop", 3, ("why=true",), names={0: "Young"}, customers={0: 5})


def test_a_score_is_read_as_it_was_kept(a_score, own_place):
    scores = Scores(own_place / "scores")
    scores.keep(a_score)
    assert scores.get(a_score.id) == a_score
    assert (scores.of_model("shop"), scores.of_model("other")) == ([a_score], [])


def test_what_has_lain_there_long_is_cleared_away(a_score, own_place):
    scores = Scores(own_place / "scores")
    scores.keep(a_score)
    clear_away(scores)
    assert scores.of_model("shop") == [a_score]
    old = datetime.fromtimestamp(time.time() - (DAYS + 1) * 86400).astimezone().isoformat()
    scores.keep(replace(a_score, brought=old))
    clear_away(scores)
    with pytest.raises(UserError):
        scores.get(a_score.id)


@pytest.mark.parametrize(
    ("log", "says", "total"),
    [
        ("", "reading the file, 7 s", 0),
        ("500 of 900 customers scored  41 a second  about 4 s left\n", "500 of 900 customers, about 4 s left", 900),
        ("50,000 customers scored  41,000 a second\n", "50,000 customers, 7 s", 0),
    ],
)
def test_progress_is_told(log, says, total):
    told = going(work.Work(work.RUNNING, (), 0.0, 7.0, log))
    assert (told["says"], told["total"]) == (says, total)
