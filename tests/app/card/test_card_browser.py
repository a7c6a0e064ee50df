"""The card in a real browser: filters by mouse and keyboard that outlast a reload, and nothing in the console."""

import re


def left(page) -> list[int]:
    """Of the segment and of everyone, how many the filters leave; before any there are the whole numbers."""
    words = page.locator("#explore .left").inner_text().replace(",", "")
    found = re.search(r"leave (?:about )?(\d+) of this.* and (?:about )?(\d+) of all", words) or re.search(
        r"All (\d+) customers of this segment against all (\d+)", words
    )
    return [int(one) for one in found.groups()]


def column(page, title: str):
    return page.locator("fieldset", has=page.locator("legend", has_text=re.compile(f"^{title}$")))


def drag(page, target, start, end) -> None:
    """With the mouse over a part of the target; places are shares of its width and height."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    for place, act in ((start, page.mouse.down), (end, page.mouse.up)):
        page.mouse.move(box["x"] + place[0] * box["width"], box["y"] + place[1] * box["height"])
        act()


def test_filters_by_mouse_and_keyboard_outlast_a_reload(page, served):
    client, table = served
    page.goto(f"{client.address}{table}/answer")
    page.locator("#segments").scroll_into_view_if_needed()
    page.locator(f'a[href="{table}/segments/1"]').click()
    page.locator(".panels fieldset").first.wait_for()
    everyone = left(page)
    drag(page, page.locator(".panels svg").first, (0.3, 0.5), (0.7, 0.5))
    brushed = left(page)
    assert 0 < brushed[1] < everyone[1]
    assert "#on." in page.url
    chooser = page.locator(".panels fieldset").nth(1).locator("select, input").first
    chooser.focus()
    page.keyboard.press("Space" if chooser.get_attribute("type") == "checkbox" else "ArrowDown")
    both = left(page)
    assert both[1] < brushed[1]
    drag(page, page.locator("canvas"), (0.02, 0.02), (0.6, 0.98))
    boxed = left(page)
    assert boxed[1] < both[1]
    chips = page.locator(".chips button").all_inner_texts()
    assert len(chips) == 3
    page.reload()
    page.locator(".panels fieldset").first.wait_for()
    assert left(page) == boxed
    assert page.locator(".chips button").all_inner_texts() == chips
    with page.expect_download() as download:
        page.locator("a.kept").click()
    assert len(download.value.path().read_text().splitlines()) == boxed[0] + 1
    page.get_by_role("button", name="Clear all filters").click()
    assert left(page) == everyone
    assert page.url.endswith("/segments/1")


def test_the_card_fits_and_everything_has_a_name(page, served, fits):
    client, table = served
    page.goto(f"{client.address}{table}/segments/0")
    page.locator(".panels fieldset").first.wait_for()
    page.get_by_text("Beside the other segments").click()
    page.locator(".beside img").first.wait_for()
    fits(page)
