"""The pictures of the documents, made anew: `python docs/screenshots.py [NAME ...]`, all of them without a name.

It sweeps the demo customers in the app in a temporary folder, promotes the best run, monitors it, and looks at the app
and at the MLflow UI in Chromium. Another picture is one more line in PICTURES.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from segkit.data import make_customers

IMAGES = Path(__file__).parent / "images"
# MLflow's assistant, which stands in the way of what is to be seen.
CLOSED = "localStorage.setItem('mlflow.assistant.panelOpen_v1', 'false')"
CLOSED += "; localStorage.setItem('mlflow.assistant.fab.autoOpenedOnFirstLoad_v1', 'true')"
PATIENCE = 60_000
LONGEST_SWEEP = 600_000


class Picture(NamedTuple):
    """A page by its address, what must be there before it is taken, what is clicked first, and its size."""

    address: str
    shows: str
    click: str = ""
    width: int = 1400
    height: int = 900


# Addresses begin with {table}, the demo table's in the app, {scored}, a scored file's there, with what `segkit ui`
# calls its links, or with {trend}.
PICTURES = {
    "app_understood": Picture("{table}/understood", "#brief", width=1280),
    "app_answer": Picture("{table}/answer", ".verdict", width=1280),
    "app_card": Picture("{table}/segments/2", ".panels svg", width=1280),
    "app_promote": Picture("{table}/answer", ".verdict", "text=Promote this one instead", width=1280),
    "app_scored": Picture("{scored}", "#counts", width=1280),
    "mlflow_sweep": Picture("{the sweep}", "text=Stable but", "text=Show more", height=1150),
    "mlflow_runs": Picture("{runs, ranked}", "[col-id='attributes.`Run Name`'] a", width=1500),
    "mlflow_charts": Picture("{charts}", "svg text:has-text('reducer')", height=950),
    "mlflow_against_k": Picture("{against k}", ".js-plotly-plot .main-svg", height=950),
    "mlflow_model": Picture("{model customers}", "text=The champion is version", width=1280),
    "mlflow_trend": Picture("{trend}", ".js-plotly-plot .main-svg", height=1400),
}


def main(names: list[str]) -> None:
    """Make the named pictures, or all."""
    if unknown := set(names) - set(PICTURES):
        sys.exit(f"no picture is called {', '.join(unknown)}; there are {', '.join(PICTURES)}")
    wanted = {name: PICTURES[name] for name in names or PICTURES}
    of_app = {name: one for name, one in wanted.items() if one.address.startswith(("{table}", "{scored}"))}
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), browser_page() as page:
        with served("app", until="http") as app:
            table = swept(page, app["address"])
            trend = promoted_and_monitored()
            take(page, of_app, {"table": table, "scored": scored(page, app["address"])})
        with served("ui", until="model customers") as links:
            trend = trend.replace("http://127.0.0.1:5000", links["address"]).replace("?", "/model-metrics?")
            take(page, {name: one for name, one in wanted.items() if name not in of_app}, {**links, "trend": trend})


@contextlib.contextmanager
def browser_page() -> Iterator[Page]:
    """A page in the system's Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        page.add_init_script(f"try {{ {CLOSED} }} catch {{ }}")
        yield page
        browser.close()


@contextlib.contextmanager
def served(command: str, until: str) -> Iterator[dict[str, str]]:
    """What a command that serves prints: its address, and its links by what they show, up to the line `until`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    asked = [sys.executable, "-m", "segkit", command, f"port={port}"]
    server = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    places = {"address": f"http://127.0.0.1:{port}"}
    try:
        for line in server.stdout:
            if named := re.match(r"\s+(\S.*?)\s+(http\S+)$", line):
                places[named[1]] = named[2]
            if line.strip().startswith(until):
                break
        else:
            sys.exit(f"segkit {command} ended before it could be looked at")
        yield places
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def swept(page: Page, app: str) -> str:
    """The address of the demo customers in the app, once the sweep that was started there has its answer."""
    page.goto(app)
    page.get_by_role("button", name="Take the demo customers").click()
    page.wait_for_url("**/understood", timeout=PATIENCE)
    page.get_by_role("button", name="A first look").click()
    page.locator(".verdict").wait_for(timeout=LONGEST_SWEEP)
    return page.url.rpartition("/")[0]


def scored(page: Page, app: str) -> str:
    """The address of the customers of the last month, once the app has scored them."""
    page.goto(f"{app}/models/customers/score")
    page.set_input_files("#file", "new.csv")
    page.locator("#counts").wait_for(timeout=PATIENCE)
    return page.url


def promoted_and_monitored() -> str:
    """The address of the run that draws the trend of three months in which customers buy ever more rarely."""
    told = segkit("promote")
    for month, rarer in (("07", 1.0), ("08", 1.2), ("09", 1.6)):
        customers = make_customers(800, seed=int(month)).drop(columns="response")
        customers["days_since_purchase"] *= rarer
        customers.to_csv("new.csv", index=False)
        told = segkit("monitor", "input=new.csv", f"as_of=2025-{month}-15")
    return re.findall(r"http\S+", told)[-1]


def segkit(*arguments: str) -> str:
    """What a command prints; 3 is how monitoring says that a model is to be fitted anew."""
    done = subprocess.run([sys.executable, "-m", "segkit", *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    return done.stdout


def take(page: Page, pictures: dict[str, Picture], places: dict[str, str]) -> None:
    """Look at pages and keep what is seen."""
    for name, picture in pictures.items():
        page.set_viewport_size({"width": picture.width, "height": picture.height})
        page.goto("about:blank")
        page.goto(picture.address.format(**places))
        page.locator(picture.shows).first.wait_for(timeout=PATIENCE)
        if picture.click:
            page.locator(picture.click).first.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(2500)  # what slides and fades has come to rest
        (IMAGES / f"{name}.png").write_bytes(few_colours(page.screenshot()))
        print(f"{name}.png  {os.path.getsize(IMAGES / f'{name}.png') // 1000} KB")


def few_colours(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the commonest colours as they are, and others spread over the rest."""
    drawn = Image.open(BytesIO(png)).convert("RGB")
    commonest = sorted(drawn.getcolors(drawn.width * drawn.height) or [], reverse=True)[:128]
    spread = drawn.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in commonest for part in colour] + spread[:384])
    written = BytesIO()
    drawn.quantize(palette=palette, dither=Image.Dither.NONE).save(written, "png", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
