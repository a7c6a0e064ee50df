"""Screen A: what was understood, what can be said of it, and that it is what the command line would do."""

import json
import shlex

import numpy as np
import pandas as pd
import pytest

from segkit.app.table.understood import about

SCRIPT = "<script>alert(1)</script>"


def columns_of(parts, page: str) -> dict[str, str]:
    """Column -> the use that its select shows."""
    return chosen_in(parts, page, "use")


def chosen_in(parts, page: str, name: str) -> dict[str, str]:
    """Column -> what its select of this name shows, where something was chosen."""
    found, column, select = {}, "", ""
    for tag, said in parts(page).tags:
        if tag == "input" and said.get("name") == "column":
            column = said["value"]
        if tag == "select":
            select = said["name"]
        if tag == "option" and "selected" in said and select == name:
            found[column] = said["value"]
    return found


@pytest.fixture
def table(client, some_customers) -> str:
    return client.table("customers.csv", some_customers)


def test_it_shows_rows_columns_and_boxes(client, table, parts):
    page = client.get(f"{table}/understood")
    assert page.status == 200
    assert "120 customers" in " ".join(parts(page.text).text.split()).replace("customers 120", "120 customers")
    uses = columns_of(parts, page.text)
    assert (uses["income"], uses["customer_id"]) == ("segment_on", "id")


def test_a_column_moves_and_stays_there(client, table, parts):
    answer = client.post(f"{table}/understood", what="move", column="income", use="describe_with", place="4")
    assert (answer.status, answer.headers["location"]) == (303, f"{table}/understood#column-4")
    assert columns_of(parts, client.get(f"{table}/understood").text)["income"] == "describe_with"


def test_what_the_command_line_refuses_is_refused_and_not_kept(client, table, parts):
    answer = client.post(f"{table}/understood", what="move", column="incom", use="outcome")
    assert answer.status == 422
    assert "did you mean income" in parts(answer.text).text
    assert "incom=" not in client.get(f"{table}/understood").text


@pytest.fixture
def coded(client) -> str:
    """A table in which a number is a code, and a word a rank."""
    draw = np.random.default_rng(0)
    frame = {
        "region": draw.integers(1, 6, 90),
        "size": draw.choice(["S", "M", "L, large"], 90),
        "spent": draw.exponential(30, 90).round(2),
        "visits": draw.poisson(5, 90),
    }
    return client.table("coded.csv", pd.DataFrame(frame).to_csv(index=False).encode())


def test_a_number_that_is_a_code_can_be_told_to_be_one(client, coded, parts):
    answer = client.post(f"{coded}/understood", what="read", column="region", kind="categorical", place="0")
    assert (answer.status, answer.headers["location"]) == (303, f"{coded}/understood#column-0")
    page = client.get(f"{coded}/understood").text
    assert chosen_in(parts, page, "kind") == {"region": "categorical"}
    assert "categorical: stated" in parts(page).text
    assert "data.kind.region=categorical" in parts(page).text
    client.post(f"{coded}/understood", what="read", column="region", kind="")
    page = client.get(f"{coded}/understood").text
    assert chosen_in(parts, page, "kind") == {}
    assert "data.kind" not in parts(page).text


def test_a_rank_has_its_levels_in_lines(client, coded, parts):
    said = {"what": "read", "column": "size", "kind": "ordinal"}
    assert client.post(f"{coded}/understood", **said, levels="S\r\nM\r\n\r\nL, large\r\n").status == 303
    page = client.get(f"{coded}/understood").text
    assert chosen_in(parts, page, "kind") == {"size": "ordinal"}
    assert "S\nM\nL, large</textarea>" in page
    back = next(said["value"] for _, said in parts(page).tags if said.get("name") == "said")
    assert back == 'data.levels.size=["S", "M", "L, large"]'
    assert client.post(f"{coded}/understood", what="back", said=back).status == 303
    assert chosen_in(parts, client.get(f"{coded}/understood").text, "kind") == {}


def test_levels_are_offered_in_their_order(client, coded):
    page = client.get(f"{coded}/understood").text
    assert "1\n2\n3\n4\n5</textarea>" in page
    assert "L, large\nM\nS</textarea>" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"column": "size", "kind": "ordinal", "levels": "S\nM"}, "lacks L, large"),
        ({"column": "size", "kind": "ordinal", "levels": "S"}, "needs its levels"),
        ({"column": "size", "kind": "numeric"}, "reads no cell"),
        ({"column": "size", "kind": "categoric"}, "did you mean categorical"),
        ({"column": "sizes", "kind": "categorical"}, "did you mean size"),
    ],
)
def test_a_kind_that_cannot_be_is_refused_and_not_kept(client, coded, parts, said, words):
    answer = client.post(f"{coded}/understood", what="read", **said)
    assert answer.status == 422
    assert words in parts(answer.text).text
    assert chosen_in(parts, client.get(f"{coded}/understood").text, "kind") == {}


def test_a_mend_is_taken_only_from_what_was_found(client, table):
    assert client.post(f"{table}/understood", what="accept", mend="tracking.folder=/tmp/elsewhere").status == 422
    assert "elsewhere" not in client.get(f"{table}/understood").text


def test_columns_that_say_one_thing_are_counted_once(client, parts):
    rng = np.random.default_rng(0)
    base = rng.normal(size=200)
    frame = {f"spend_{one}": (base + rng.normal(scale=0.2, size=200)).round(3) for one in ("wine", "meat", "fish")}
    frame |= {
        "age": rng.integers(20, 70, 200),
        "visits": rng.poisson(5, 200),
        "distance": rng.exponential(3, 200).round(2),
    }
    table = client.table("shop.csv", pd.DataFrame(frame).to_csv(index=False).encode())
    page = client.get(f"{table}/understood").text
    assert "Count once" in parts(page).text
    mend = next(
        said["value"] for tag, said in parts(page).tags if said.get("name") == "mend" and "blocks" in said["value"]
    )
    assert client.post(f"{table}/understood", what="accept", mend=mend).status == 303
    page = client.get(f"{table}/understood").text
    assert "Count once" not in parts(page).text
    assert mend in page
    client.post(f"{table}/understood", what="back", said=shlex.split(mend)[0])
    assert "Count once" in parts(client.get(f"{table}/understood").text).text


def test_the_brief_is_two_questions(client, table, parts):
    assert client.post(f"{table}/understood", what="brief", most="5", smallest="10").status == 303
    text = parts(client.get(f"{table}/understood").text).text
    assert "3 to 5 segments, none under 10 customers" in text
    assert client.post(f"{table}/understood", what="brief", most="several", smallest="").status == 422


def test_a_start_takes_the_brief_along(client, table, parts, monkeypatch):
    from segkit.app.running import work

    begun = []
    monkeypatch.setattr(work, "start", lambda folder, arguments: begun.extend(arguments))
    answer = client.post(f"{table}/start", what="brief", most="4", smallest="", depth="first")
    assert (answer.status, answer.headers["location"]) == (303, f"{table}/answer")
    assert "brief.most_segments=4" in begun
    assert "3 to 4 segments" in parts(client.get(f"{table}/understood").text).text
    assert client.post(f"{table}/start", most="40", smallest="", depth="first").status == 422


def test_names_are_never_html(client, parts):
    rows = "\n".join(f"{n},{n % 7},{n % 5}" for n in range(60))
    table = client.table("odd.csv", f"{SCRIPT},b,c\n{rows}\n".encode())
    for use in ("describe_with", "segment_on"):
        assert client.post(f"{table}/understood", what="move", column=SCRIPT, use=use).status == 303
        page = client.get(f"{table}/understood").text
        assert SCRIPT not in page
        assert columns_of(parts, page)[SCRIPT] == use


def test_whatever_a_column_is_called_it_can_be_moved(client, parts):
    names = ["a=b", "Annual Income (k$)", "x,y", "it's", "[list]", "a.b", 'say "hi"', "über 1", "back\\slash", "{}"]
    frame = pd.DataFrame({name: np.arange(60) % (7 + place) for place, name in enumerate(names)})
    table = client.table("odd.csv", frame.assign(b=np.arange(60) % 5).to_csv(index=False).encode())
    for name in names:
        assert client.post(f"{table}/understood", what="move", column=name, use="describe_with").status == 303
        assert client.post(f"{table}/understood", what="read", column=name, kind="categorical").status == 303
    page = client.get(f"{table}/understood").text
    assert {columns_of(parts, page)[name] for name in names} == {"describe_with"}
    assert chosen_in(parts, page, "kind") == dict.fromkeys(names, "categorical")
    for one in [said["value"] for _, said in parts(page).tags if said.get("name") == "said"]:
        assert client.post(f"{table}/understood", what="back", said=one).status == 303
    page = client.get(f"{table}/understood").text
    assert {columns_of(parts, page)[name] for name in names} == {"segment_on"}
    assert chosen_in(parts, page, "kind") == {}


def test_the_command_shown_is_what_a_start_does(client, table, parts):
    from segkit.app.brought.tables import Tables
    from segkit.app.table.understood import sweep_arguments

    client.post(f"{table}/understood", what="move", column="truth", use="truth")
    brought = Tables(client.folder / "mlruns" / "app").get(table.removeprefix("/tables/"))
    shown = parts(client.get(f"{table}/understood").text).text
    assert shlex.join(["segkit", "sweep", *sweep_arguments(brought, "first")]) in shown
    assert "about" in shown
    assert "24 ways to segment" in shown


def test_what_was_said_is_on_disk(client, table):
    client.post(f"{table}/understood", what="move", column="income", use="outcome")
    page = client.folder / "mlruns" / "app" / table.removeprefix("/tables/") / "page.json"
    assert json.loads(page.read_text())["said"]["uses"] == {"income": "outcome"}


def test_a_log_of_purchases_becomes_customers_by_a_click(client, parts):
    rng = np.random.default_rng(0)
    log = pd.DataFrame(
        {
            "client_id": rng.integers(0, 60, 900),
            "order_date": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 150, 900), unit="D"),
            "amount": rng.exponential(30, 900).round(2),
        }
    )
    table = client.table("orders.csv", log.to_csv(index=False).encode())
    page = parts(client.get(f"{table}/understood").text)
    assert "lines of a log" in page.text
    assert "No customer was found in the table twice" not in page.text
    mend = next(said["value"] for _, said in page.tags if said.get("name") == "mend" and "data.log" in said["value"])
    assert client.post(f"{table}/understood", what="accept", mend=mend).status == 303
    page = parts(client.get(f"{table}/understood").text)
    assert "60 customers" in page.text.replace("customers 60", "60 customers")
    back = next(said["value"] for _, said in page.tags if said.get("name") == "said")
    assert client.post(f"{table}/understood", what="back", said=back).status == 303
    assert "data.log.customer" not in [
        said.get("value") for _, said in parts(client.get(f"{table}/understood").text).tags
    ]


def test_the_demo_customers_need_no_file(client):
    answer = client.post("/demo")
    assert answer.status == 303
    assert "2,000" in client.get(answer.headers["location"]).text


def test_times_are_told_roughly():
    assert [about(seconds) for seconds in (3, 34, 100)] == ["about 10 seconds", "about 40 seconds", "about 2 minutes"]
