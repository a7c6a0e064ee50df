"""A table is deleted only after it was said what goes and what stays, and not while it is being segmented."""

from segkit.app.brought.tables import Tables


def test_it_is_asked_first_and_asking_changes_nothing(client, some_customers, parts):
    table = client.table("customers.csv", some_customers)
    text = parts(client.get(f"{table}/delete").text).text
    assert "What goes" in text
    assert "What stays" in text
    assert len(client.kept) == 1


def test_nothing_is_left_of_it(client, some_customers):
    table = client.table("shop.csv", some_customers)
    client.post(f"{table}/understood", what="move", column="income", use="outcome")
    assert "shop.csv" in client.get("/").text
    answer = client.post(f"{table}/delete")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert client.kept == []
    assert "shop.csv" not in client.get("/").text


def test_the_demo_customers_can_be_deleted(client, parts):
    table = client.post("/demo").headers["location"].removesuffix("/understood")
    assert "The file" not in parts(client.get(f"{table}/delete").text).text
    client.post(f"{table}/delete")
    assert client.kept == []


def test_other_tables_stay(client, some_customers):
    gone, stays = client.table("a.csv", some_customers), client.table("b.csv", some_customers)
    client.post(f"{gone}/delete")
    assert client.kept == [stays.removeprefix("/tables/")]
    assert client.get(f"{stays}/understood").status == 200


def test_not_while_its_sweep_runs(client, some_customers, sleeper, parts):
    table = client.table("customers.csv", some_customers)
    client.post(f"{table}/start", depth="first")
    assert "being segmented now" in parts(client.get(f"{table}/delete").text).text
    refused = client.post(f"{table}/delete")
    assert refused.status == 422
    assert "stop it first" in parts(refused.text).text
    assert client.get(f"{table}/progress").json["state"] == "running"


def test_its_runs_stay_in_the_store(served, parts, tmp_path):
    from segkit.tracking.read import find_sweep, sweep_runs
    from segkit.tracking.store import open_store

    client, table = served
    text = parts(client.get(f"{table}/delete").text).text
    store = open_store(str(client.folder / "mlruns"))
    sweep = find_sweep(store)
    assert f"All runs of the sweep {sweep.sweep[:6]} in MLflow" in text
    assert len(sweep_runs(store, sweep.parent)) == 4


def test_other_sites_delete_nothing(client, some_customers):
    table = client.table("customers.csv", some_customers)
    assert client.ask("POST", f"{table}/delete", b"", origin="http://evil.example").status == 403
    assert len(client.kept) == 1


def test_what_an_app_that_was_killed_left_goes_with_the_next(tmp_path):
    tables = Tables(tmp_path)
    left = tmp_path / ".gone-0123456789ab"
    left.mkdir()
    tables.delete(tables.keep(tables.new_folder(), "").id)
    assert list(tmp_path.iterdir()) == []
