"""The main way through the app in a real browser: from a table to its answer, with nothing but clicks."""

import re

import pytest

from segkit.data import make_customers


def bring(page, client, name: str, content: bytes) -> None:
    page.goto(client.address)
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})


@pytest.fixture(params=["customers", "bank_churn"])
def table(request, real_data) -> tuple[str, bytes, str]:
    """A file's name and content, and a column with its use."""
    if request.param == "bank_churn":
        return "bank.csv", real_data("Churn_Modelling.csv").read_bytes(), "Exited"
    return "customers.csv", make_customers().to_csv(index=False).encode(), "truth"


@pytest.mark.slow
def test_from_a_table_to_its_customers_scored(page, client, table, command):
    name, content, column = table
    bring(page, client, name, content)
    page.wait_for_url("**/understood", timeout=60_000)
    assert "what we understood" in page.locator("h1").inner_text()
    move_by_keyboard(page, column, "outcome" if column == "Exited" else "truth")
    page.get_by_role("button", name="A first look").click()
    page.wait_for_url("**/answer")
    page.locator(".verdict").wait_for(timeout=240_000)
    assert "recommend" in page.locator(".verdict").inner_text()
    page.get_by_role("link", name="The report").click()
    assert "who the segments are" in page.locator("h1").inner_text()
    page.go_back()
    promote(page, "Ann")
    assert "by Ann" in page.locator("section", has_text="The champion: version 1").inner_text()
    assert downloaded(page, name, content) == scored_on_the_command_line(client, command, name, content)


def move_by_keyboard(page, column: str, use: str) -> None:
    where = page.get_by_label(f"What {column} is for")
    where.focus()
    where.select_option(use)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#column-"))
    assert page.locator(".said code").inner_text() == f"data.use.{column}={use}"


def promote(page, by: str) -> None:
    """Promote what is recommended, having seen who would move."""
    page.get_by_role("link", name="Promote", exact=True).click()
    page.get_by_label("Who signs").fill(by)
    page.get_by_role("button", name="Promote").click()
    page.wait_for_url("**/models/*", timeout=60_000)


def downloaded(page, name: str, content: bytes) -> str:
    """The file as it is downloaded when it has been scored."""
    page.get_by_role("link", name="Score a file").first.click()
    page.get_by_label("probabilities").check()
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.wait_for_url("**/scores/*", timeout=60_000)
    page.locator("#counts").wait_for(timeout=120_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    return download.value.path().read_text()


def scored_on_the_command_line(client, command, name: str, content: bytes) -> str:
    (client.folder / name).write_bytes(content)
    outcome = command(client.folder, "score", f"input={name}", "output=same.csv", "probabilities=true")
    assert outcome.code == 0, outcome.err
    return (client.folder / "same.csv").read_text()


def test_a_button_that_is_pressed_twice_is_pressed_once(page, client):
    page.goto(client.address)
    page.get_by_role("button", name="Take the demo customers").dblclick()
    page.wait_for_url("**/understood", timeout=60_000)
    assert len(client.kept) == 1


def test_what_is_no_table_is_refused_on_the_page(chromium, client):
    page = chromium.new_page()
    bring(page, client, "picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.locator(".wrong b").wait_for()
    assert page.locator(".wrong").inner_text().startswith("picture.csv is")
    page.close()
    assert client.kept == []


def test_a_table_above_the_limit_is_not_even_sent(page, serve):
    client = serve(largest=1000)
    bring(page, client, "large.csv", b"a,b\n" + b"1,2\n" * 1000)
    page.locator(".wrong b").wait_for()
    assert "is larger than" in page.locator(".wrong").inner_text()


def test_a_column_is_dropped_on_another_box(page, client, some_customers):
    bring(page, client, "shop.csv", some_customers)
    page.wait_for_url("**/understood", timeout=60_000)
    page.locator("li[data-drag]", has_text="income").drag_to(page.locator(".box[data-use=outcome] h3"))
    page.wait_for_url(re.compile("#column-"))
    assert page.get_by_label("What income is for").input_value() == "outcome"


def test_a_number_is_told_to_be_a_rank(page, client, some_customers):
    bring(page, client, "shop.csv", some_customers)
    page.wait_for_url("**/understood", timeout=60_000)
    column = page.locator("li[data-drag]", has_text="kids_at_home")
    column.locator("summary").click()
    column.get_by_label("It is").select_option("a rank")
    assert column.get_by_label("levels in lines").input_value().splitlines()[:2] == ["0", "1"]
    column.get_by_role("button", name="Read kids_at_home so").click()
    page.wait_for_url(re.compile("#column-"))
    assert page.locator(".said code").inner_text().startswith('data.levels.kids_at_home=["0", "1"')


def test_two_runs_are_compared_by_clicks(page, served, fits):
    client, table = served
    page.goto(f"{client.address}{table}/compare")
    fits(page)
    page.locator(".crossing td a").first.click()
    page.wait_for_url(re.compile(r"from=\d+&to=\d+#who"))
    count = int(page.locator(".crossing td.chosen a").inner_text().split()[0])
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the list").click()
    assert len(downloading.value.path().read_text().splitlines()) == count + 1
    page.get_by_label("Run B").select_option(index=3)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url(re.compile("compare[?]a="))
    assert page.locator(".verdict").inner_text()


def test_a_table_is_deleted_by_clicks(page, client, some_customers):
    table = client.table("shop.csv", some_customers)
    page.goto(client.address)
    page.get_by_role("link", name="Delete shop.csv").click()
    page.wait_for_url(f"**{table}/delete")
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url(f"{client.address}/")
    assert client.kept == []


def test_names_are_not_run(page, client):
    rows = "\n".join(f"{n},{n % 7},{n % 5}" for n in range(60))
    bring(page, client, "odd.csv", f"<script>document.title='run'</script>,b,c\n{rows}\n".encode())
    page.wait_for_url("**/understood", timeout=60_000)
    assert "what we understood" in page.title()


def test_pages_of_models_fit(page, promoted, answered, answered_runs, fits):
    promote = f"{answered[1]}/promote?run={answered_runs[0][0]}"
    for address in ("/models/shop", "/models/shop/score", "/models/shop/rollback", promote):
        page.goto(f"{promoted.address}{address}")
        fits(page)


def test_a_promotion_is_sent_once_however_often_it_is_clicked(page, promoted, answered, answered_runs):
    sent = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    page.goto(f"{promoted.address}{answered[1]}/promote?run={answered_runs[0][0]}")
    page.get_by_role("button", name="Promote").dblclick()
    page.wait_for_url("**/models/*", timeout=60_000)
    assert len(sent) == 1
    assert "The champion: version 1" in page.locator("main").inner_text()


def test_what_we_understood_fits_and_can_be_used_by_keyboard(page, client, some_customers, fits):
    bring(page, client, "shop.csv", some_customers)
    page.wait_for_url("**/understood", timeout=60_000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    fits(page)
