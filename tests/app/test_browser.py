"""The main way through the app in a real browser: from a table to its answer, with nothing but clicks."""

import re

import pytest


def bring(page, client, name: str, content: bytes) -> None:
    page.goto(client.address)
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": content})


@pytest.mark.slow
def test_from_a_table_to_its_answer(page, client, some_customers):
    bring(page, client, "shop.csv", some_customers)
    page.wait_for_url("**/understood", timeout=60_000)
    assert "what we understood" in page.locator("h1").inner_text()
    truth = page.get_by_label("What truth is for")
    truth.focus()
    truth.select_option("truth")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#column-"))
    assert page.locator(".said code").inner_text() == "data.use.truth=truth"
    page.get_by_role("button", name="A first look").click()
    page.wait_for_url("**/answer")
    page.locator(".verdict").wait_for(timeout=240_000)
    assert "recommend" in page.locator(".verdict").inner_text()
    page.get_by_role("link", name="The report").click()
    assert "who the segments are" in page.locator("h1").inner_text()


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


def test_names_are_not_run(page, client):
    rows = "\n".join(f"{n},{n % 7},{n % 5}" for n in range(60))
    bring(page, client, "odd.csv", f"<script>document.title='run'</script>,b,c\n{rows}\n".encode())
    page.wait_for_url("**/understood", timeout=60_000)
    assert "what we understood" in page.title()


@pytest.mark.parametrize("wide", [390, 1280])
def test_pages_fit_and_can_be_used_by_keyboard(page, client, some_customers, wide):
    page.set_viewport_size({"width": wide, "height": 800})
    bring(page, client, "shop.csv", some_customers)
    page.wait_for_url("**/understood", timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    fields = "input:not([type=hidden]), select, button"
    has_name = "one.labels?.length || one.ariaLabel || one.textContent.trim()"
    nameless = f"[...document.querySelectorAll('{fields}')].filter((one) => !({has_name})).length"
    assert page.evaluate(nameless) == 0
