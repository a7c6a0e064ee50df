"""A table that is brought: kept if it can be read, else refused in words with nothing left."""

import socket
import time

import pytest


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
