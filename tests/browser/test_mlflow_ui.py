"""The pages of the MLflow UI that say which run is best and why, in a real browser: one server, one small sweep."""

import re
import signal
import subprocess
import sys

import pytest

AXES = ("reducer=none,pca", "algorithm=kmeans", "k=3,4", "data.generate.rows=200", "hydra/launcher=basic")
PATIENCE = 30_000


@pytest.fixture
def not_ours():
    """MLflow asks for users that a server without log-in does not know, and uses old ways of its table."""
    return "users/current", "AG Grid", "ResizeObserver"


@pytest.fixture(scope="module")
def links(chromium, new_folder, command, free_port):
    """What `segkit ui` prints, by title, while it serves a sweep whose best run is promoted."""
    folder = new_folder()
    for words in (("sweep", *AXES, "evidence=false"), ("promote", "force=true")):
        done = command(folder, *words)
        assert done.code == 0, done.err
    asked = [sys.executable, "-m", "segkit", "ui", f"port={free_port}"]
    server = subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield _printed(server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _printed(server) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in server.stdout:
        title, mark, path = line.strip().partition("http://")
        found[title.strip()] = mark + path
        if "model customers" in found:
            return found
    raise AssertionError("the server ended")


def test_the_table_of_runs_names_them_and_shows_what_speaks_for_and_against_each(page, links):
    page.goto(links["runs, ranked"])
    names = page.locator("[col-id='attributes.`Run Name`'] a")
    names.first.wait_for(timeout=PATIENCE)
    assert names.count() == 4
    assert re.fullmatch(r"standard-(pca|none)-kmeans-[34]", names.first.inner_text())
    for column in ("metrics.`rank`", "metrics.`silhouette_macro`", "tags.`segkit.guards`"):
        assert page.locator(f".ag-header-cell[col-id='{column}']").count() == 1
    ranks = page.locator(".ag-cell[col-id='metrics.`rank`']").all_inner_texts()
    assert [text.strip() for text in ranks] == ["1", "2", "3", "4"]
    assert "You're viewing a shared view" in page.locator("body").inner_text()


def test_the_charts_are_drawn_over_what_the_runs_were_made_of(page, links):
    page.set_viewport_size({"width": 1280, "height": 1800})  # charts below the edge are not drawn
    page.goto(links["charts"])
    page.get_by_text("Which is best, and why").wait_for(timeout=PATIENCE)
    page.locator("svg text", has_text="reducer").first.wait_for(timeout=PATIENCE)
    drawn = page.locator("svg text").all_text_contents()
    assert [name for name in ("preprocessing", "reducer", "algorithm", "segments") if name not in drawn] == []
    assert {"pca", "none", "kmeans"} <= set(drawn)
    page.get_by_text(re.compile("^segments vs")).first.wait_for(timeout=PATIENCE)


def test_the_score_is_drawn_against_k(page, links):
    page.goto(links["against k"])
    title = page.get_by_text(re.compile("silhouette_macro/standard-(pca|none)-kmeans vs silhouette_macro/"))
    title.first.wait_for(timeout=PATIENCE)
    page.locator(".js-plotly-plot .scatterlayer path.js-line, .js-plotly-plot canvas").first.wait_for(timeout=PATIENCE)


def test_the_sweeps_page_begins_with_the_answer_and_shows_a_picture(page, links):
    page.goto(links["the sweep"])
    answer = page.get_by_text(re.compile(r"^Best by trusted: standard-(pca|none)-kmeans-[34]"))
    answer.first.wait_for(timeout=PATIENCE)
    page.get_by_text("Show more").first.click()
    page.get_by_role("link", name="best run").wait_for()
    picture = page.locator("img[src*='get-artifact']").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector(\"img[src*='get-artifact']\").naturalWidth > 300", timeout=PATIENCE)


def test_the_experiment_says_what_its_sweeps_found(page, links):
    page.goto(links["all sweeps"])
    told = page.locator(".ag-cell[col-id='tags.`segkit.answer`']").first
    told.wait_for(timeout=PATIENCE)
    assert told.inner_text().startswith("Best by trusted: ")
    assert page.get_by_text("Customer segmentations, swept by segkit.").count() == 1


def test_the_registered_model_says_who_is_champion_and_how_to_score(page, links):
    page.goto(links["model customers"])
    page.get_by_text("The champion is version 1").wait_for(timeout=PATIENCE)
    assert "segkit score input=new.csv" in page.locator("body").inner_text()
    assert page.get_by_text("champion", exact=False).count() >= 2
