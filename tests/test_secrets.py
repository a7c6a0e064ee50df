"""No address that is shown, kept or handed to a child process tells its password, key or signature."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

from segkit.errors import UserError
from segkit.secrets import masked
from segkit.tracking import server
from tests.opened import opened

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://me:{SECRET}@host/db",
        f"postgresql+psycopg2://me:p@{SECRET}@host:5432/db?sslmode=require",
        f"mysql://me:a/{SECRET}@host/db",
        f"http://me:{SECRET}@mlflow.example:5000",
        f"https://{SECRET}@shop.example/a.csv",
        f"s3://AKIA:{SECRET}@bucket/customers.csv",
        f"https://shop.example/a.csv?X-Amz-Signature={SECRET}&X-Amz-Date=2025",
        f"https://blob.example/a.csv?sv=2025&sig={SECRET}",
        f"snowflake://host/db?user=me&password={SECRET}",
        f"two: http://a:{SECRET}@b and postgresql://c:{SECRET}@d",
    ],
)
def test_secrets_are_masked_and_the_rest_stays(address: str) -> None:
    shown = masked(address)
    assert SECRET not in shown
    assert "***" in shown
    assert shown.partition("://")[0] == address.partition("://")[0]
    assert SECRET not in str(UserError(f"{address} cannot be read", f"try {address}"))


@pytest.mark.parametrize(
    "text", ["http://host:5000/a@b", "s3://bucket/a.csv", "sqlite:///shop.db", "ann@shop.example", "k=3", "a?b=c"]
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


@pytest.fixture
def shop(tmp_path, customers):
    """A web server on this machine that has a table: its address with an account and a signature."""
    (tmp_path / "web").mkdir()
    customers.table[["customer_id", "income", "spend_total"]].to_csv(tmp_path / "web" / "shop.csv", index=False)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(tmp_path / "web"))
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://me:{SECRET}@127.0.0.1:{running.server_port}/shop.csv?sig={SECRET}"
    running.shutdown()
    running.server_close()


def test_a_run_of_a_table_behind_a_password_tells_it_nowhere(own_place: Path, store, segkit, shop: str) -> None:
    done = segkit("run", "data=table", f"data.path='{shop}'", "k=3", "evidence=false")
    assert done.code == 0, done.err
    wrong = segkit("run", "data=table", f"data.path='{shop.replace('shop.csv', 'none.csv')}'", "debug=true")
    assert wrong.code == 2
    for said in (*done, *wrong):
        assert SECRET not in str(said)
    files = [path for path in own_place.rglob("*") if path.is_file()]
    assert any(path.name == "config.yaml" for path in files)
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path
        assert path.suffix != ".yaml" or SECRET not in opened(path).text, path


@pytest.mark.parametrize("key", ["tracking.cache=s3://AKIA:{}@bucket/x", "tracking.uri=foo://me:{}@host/db"])
def test_a_store_that_cannot_be_opened_is_said_without_its_secret(own_place, segkit, key: str) -> None:
    done = segkit("run", key.format(SECRET), "data.generate.rows=60")
    assert done.code in (1, 2)
    assert SECRET not in done.err + done.out


def test_the_store_of_the_ui_stands_in_no_command_line() -> None:
    assert not [word for word in server._command(5000) if "://" in word]
    assert server._command(5000)[server._command(5000).index("--host") + 1] == "127.0.0.1"
