"""A table that is brought: kept if it can be read, else refused in words with nothing left."""

import asyncio
import errno
import gzip
import io
import socket
import time
from pathlib import Path

import pandas as pd
import pytest

from segkit.app.brought.uploads import streamed
from segkit.app.settings import TooLarge


def test_a_table_is_kept_as_it_came(client, some_customers):
    table = client.table("customers.csv", some_customers)
    folder = client.folder / "mlruns" / "app" / table.removeprefix("/tables/")
    assert (folder / "customers.csv").read_bytes() == some_customers
    assert 'title="customers.csv"' in client.get("/").text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty (0 bytes)"),
        ("head.csv", b"a,b\n", "no rows"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "not a table"),
        ("note.docx", b"hello there", "not read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(client, name, content, words):
    answer = client.bring(name, content)
    assert answer.status == 422
    assert words in answer.json["problem"]
    assert answer.json["problem"].startswith(name)
    assert client.kept == []


def test_a_table_above_the_limit_is_refused(serve):
    client = serve(largest=1_000_000)
    answer = client.bring("large.csv", b"a,b\n" + b"1,2\n" * 300_000)
    assert answer.status == 413
    assert "larger than 1 MB" in answer.json["problem"]
    assert client.kept == []


def test_the_limit_holds_for_what_does_not_say_how_long_it_is(serve):
    client = serve(largest=1_000_000)
    parts = (b"1,2\n" * 50_000 for _ in range(10))
    answer = client.ask("PUT", "/tables?name=large.csv", parts, accept="application/json")
    assert answer.status == 413
    assert client.kept == []


def test_nothing_is_left_of_what_breaks_off(client):
    with socket.create_connection(("127.0.0.1", client.port)) as sending:
        head = f"PUT /tables?name=half.csv HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nContent-Length: 1000\r\n\r\n"
        sending.sendall(head.encode() + b"a,b\n1,2\n")
        until(lambda: client.kept)
    until(lambda: not client.kept)


def until(holds) -> None:
    """Waits for what happens soon."""
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sent(client, text: bytes, head: str, ends: bool) -> bytes:
    """What is answered to a request that is written by hand, and broken off after the text where it `ends` there."""
    with socket.create_connection(("127.0.0.1", client.port)) as sending:
        start = f"PUT /tables?name=by_hand.csv HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nConnection: close\r\n"
        sending.sendall(f"{start}{head}\r\n\r\n".encode() + text)
        if ends:
            sending.shutdown(socket.SHUT_WR)
        sending.settimeout(20)
        return b"".join(iter(lambda: sending.recv(65536), b""))


def test_without_a_length_or_a_body_it_is_empty(client):
    answer = sent(client, b"", "Accept: application/json", ends=False)
    assert answer.startswith(b"HTTP/1.1 422")
    assert b"empty (0 bytes)" in answer
    assert client.kept == []


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Transfer-Encoding: chunked", b"8\r\na,b\n1,2\n\r\n"),
        ("Transfer-Encoding: chunked", b"400\r\na,b\n1,2\n"),
        ("Transfer-Encoding: chunked", b"no length\r\na,b\n"),
        ("Content-Length: 1000", b"a,b\n1,2\n"),
        ("Content-Length: -1", b"a,b\n1,2\n"),
        ("Content-Length: many", b"a,b\n1,2\n"),
        ("Content-Length: 3\r\nContent-Length: 9", b"a,b\n1,2\n"),
    ],
)
def test_nothing_is_left_of_a_body_that_is_cut_off_or_lies(client, head, text):
    assert b" 201 " not in sent(client, text, head, ends=True)[:20]
    until(lambda: not client.kept)


def test_of_what_says_that_it_is_too_large_nothing_is_written(tmp_path):
    async def body():
        yield b"a,b\n1,2\n"

    with pytest.raises(TooLarge):
        asyncio.run(streamed(body(), tmp_path / "large.csv", declared=2000, largest=1000))
    assert (tmp_path / "large.csv").read_bytes() == b""


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("x" * 300 + ".csv", "x" * 180 + ".csv"),
        ("\u5ba2" * 300 + ".csv", "\u5ba2" * 60 + ".csv"),
        ("a\x00b\nc\x1b[31m\x7f.csv", "a_b_c_31m_.csv"),
        ("\u202egnp.csv", "_gnp.csv"),
        ("a" + " " * 40 + "b.csv", "a" + " " * 40 + "b.csv"),
        ("..csv.csv", "csv.csv"),
        ("C:\\shop\\June.csv", "June.csv"),
    ],
)
def test_any_name_becomes_one_that_a_file_can_have(client, some_customers, name, kept):
    table = client.table(name, some_customers)
    folder = client.folder / "mlruns" / "app" / table.removeprefix("/tables/")
    assert [path.name for path in folder.iterdir() if path.suffix == ".csv"] == [kept]
    assert client.get(f"{table}/understood").status == 200


@pytest.mark.parametrize("name", ["", ".", "...", "/", "csv"])
def test_a_table_without_a_name_is_read_all_the_same(client, some_customers, name):
    assert client.get(f"{client.table(name, some_customers)}/understood").status == 200


@pytest.mark.parametrize(
    "name",
    ["page.json", "work.json", "answer.json", "page.lock", "work.lock", "work.log", "x.csv.exe", "x." + "y" * 300],
)
def test_no_table_takes_the_place_of_what_the_app_keeps(client, some_customers, name):
    answer = client.bring(name, some_customers)
    assert answer.status == 422
    assert "not read" in answer.json["problem"]
    assert client.kept == []


def workbook(rows: int) -> bytes:
    """A workbook of one number over and over, which packs well."""
    file = io.BytesIO()
    pd.DataFrame({"a": [1.5] * rows, "b": [2] * rows}).to_excel(file, index=False)
    return file.getvalue()


def parquet(rows: int) -> bytes:
    file = io.BytesIO()
    pd.DataFrame({"a": [1.5] * rows, "b": [2] * rows}).to_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zeros.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 60_000)),
        ("zeros.xlsx", workbook(3_000)),
        ("zeros.parquet", parquet(20_000)),
    ],
)
def test_what_unpacks_to_more_than_may_be_is_refused(serve, name, content):
    client = serve(largest=len(content) + 100)
    answer = client.bring(name, content)
    assert answer.status == 413
    assert "unpacks to more than" in answer.json["problem"]
    assert client.kept == []


def test_what_is_packed_and_not_too_large_is_kept(client, some_customers):
    client.table("shop.csv.gz", gzip.compress(some_customers))
    client.table("shop.csv", gzip.compress(some_customers))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(b"a,b\n" + b"1,2\n" * 900)[:30], "cannot be unpacked"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "packed twice"),
    ],
    ids=["cut off", "packed twice"],
)
def test_what_is_packed_badly_is_refused_in_words(client, content, words):
    answer = client.bring("shop.csv.gz", content)
    assert answer.status == 422
    assert words in answer.json["problem"]
    assert client.kept == []


@pytest.mark.parametrize(("name", "head"), [("a.xlsx", b"PK\x03\x04"), ("a.parquet", b"PAR1")])
def test_a_broken_head_is_refused_in_words(client, name, head):
    answer = client.bring(name, head + bytes(200))
    assert answer.status == 422
    assert answer.json["problem"].startswith(name)


def test_a_full_disk_is_told_in_words(client, some_customers):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", full)
        answer = client.bring("shop.csv", some_customers)
    assert answer.status == 422
    assert answer.json["problem"] == "shop.csv cannot be kept: No space left on device"
    assert client.kept == []


@pytest.mark.parametrize("name", ["../../away.csv", "/etc/away.csv", "..\\away.csv", "a/../../away.csv"])
def test_a_name_never_leads_out_of_its_folder(client, some_customers, name):
    table = client.table(name, some_customers)
    folder = client.folder / "mlruns" / "app" / table.removeprefix("/tables/")
    assert (folder / "away.csv").is_file()
    assert not [path for path in client.folder.rglob("away.csv") if path.parent != folder]


def test_two_tables_of_one_name_stay_apart(client, some_customers):
    other = b"\n".join(some_customers.splitlines()[:80])
    first, second = client.table("customers.csv", some_customers), client.table("customers.csv", other)
    client.post(f"{first}/understood", what="move", column="income", use="outcome")
    assert "120" in client.get(f"{first}/understood").text
    assert "data.use.income=outcome" in client.get(f"{first}/understood").text
    assert "data.use.income=outcome" not in client.get(f"{second}/understood").text
