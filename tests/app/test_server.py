"""Who may ask for what: this machine's own pages only, and whatever goes wrong is answered in words."""

import re

import pytest

from tests.hostile import check_all_is_text, hostile


def test_the_first_screen_offers_to_bring_a_table(client, parts):
    page = client.get("/")
    assert page.status == 200
    assert "Choose a table" in parts(page.text).text
    assert "Take the demo customers" in parts(page.text).text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8600"])
def test_other_hosts_are_refused(client, host):
    assert client.get("/", host=host).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"origin": "http://localhost:1"},
    ],
)
def test_other_sites_change_nothing(client, headers):
    assert client.ask("POST", "/demo", b"", **headers).status == 403
    assert client.kept == []


def test_other_sites_change_nothing_anywhere(client):
    from segkit.app.server import SCREENS
    from segkit.app.settings import Settings

    settings = Settings({"folder": "nowhere"}, 1)
    changing = [(one.path, one.methods - {"GET", "HEAD"}) for every in SCREENS for one in every(settings).routes]
    asked = [(re.sub(r"\{\w+(:int)?\}", "1", path), method) for path, methods in changing for method in methods]
    assert {method for _, method in asked} == {"POST", "PUT"}
    for path, method in asked:
        for headers in ({"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site"}, {"host": "evil.example"}):
            assert client.ask(method, path, b"", **headers).status in (400, 403), (path, headers)
    assert client.kept == []


def test_reading_changes_nothing(client):
    assert client.get("/demo").status == 405
    assert client.kept == []


@pytest.mark.parametrize(
    "path",
    [
        "/tables/000000000000/understood",
        "/tables/../understood",
        "/tables/..%2f..%2fetc/understood",
        "/tables/%2e%2e/answer",
        "/nothing",
    ],
)
def test_what_is_not_there_is_said_in_words(client, path, parts):
    answer = client.get(path)
    assert answer.status in (404, 422)
    assert "there is no such" in parts(answer.text).text


def test_pages_say_what_they_may_load(client):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["app.css", "app.js", "favicon.svg", "favicon.ico"])
def test_style_script_and_sign_come_from_the_app(client, name):
    assert client.get(f"/{name}").status == 200


def test_a_form_that_is_too_large_is_refused(client, some_customers):
    table = client.table("customers.csv", some_customers)
    assert client.post(f"{table}/understood", what="move", column="x" * 1_100_000).status == 413


def test_a_mistake_of_ours_is_said_too(client, monkeypatch, parts):
    from segkit.app.running import work

    def broken(folder):
        raise ZeroDivisionError("by nothing")

    client.post("/demo")
    monkeypatch.setattr(work, "work_of", broken)
    answer = client.get("/")
    assert answer.status == 500
    assert "ZeroDivisionError: by nothing" in parts(answer.text).text


def test_a_hostile_table_is_text_on_every_page(client, parts):
    table = client.table("<img src=x onerror=alert(4)>.csv", hostile().to_csv(index=False).encode())
    pages = ["/", f"{table}/understood", *re.findall(rf'"({table}/[^"?#]+)"', client.get(f"{table}/understood").text)]
    assert len(pages) > 3
    for page in pages:
        check_all_is_text(client.get(page).text, parts)
    assert "alert(1)" in parts(client.get(f"{table}/understood").text).text
