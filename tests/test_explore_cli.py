"""`segkit explore` from end to end: the page, the run in MLflow, what is printed, and what is refused."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from segkit.data import make_customers
from segkit.tracking.exploration import KIND, PAGE

ROOT = Path(__file__).parent.parent


@pytest.fixture
def explored(segkit, store, own_place):
    make_customers(150).to_csv(own_place / "shop one.csv", index=False)
    return segkit("explore", "data=table", "data.path=shop one.csv", "data.use.truth=truth", "format=json")


def test_the_page_its_run_and_what_is_printed(explored, segkit, store, own_place):
    assert explored.code == 0, explored.err
    told = json.loads(explored.out)
    page = own_place / "explore-shop_one.html"
    assert told["output"] == str(page)
    assert (told["data"], told["customers"]) == ("shop one", 150)
    assert {"column", "box", "kind", "use", "because"} == set(told["columns"][0])
    assert {"topic", "columns", "text", "mend"} == set(told["findings"][0])

    run = store.client.get_run(told["run_id"])
    assert (run.info.run_name, run.info.status) == ("explore shop one", "FINISHED")
    assert (run.data.tags["segkit.data"], run.data.tags[KIND]) == ("shop one", "exploration")
    assert "pandas" in run.data.tags["segkit.versions"]
    assert told["findings"][0]["text"] in run.data.tags["mlflow.note.content"]
    files = {item.path for item in store.client.list_artifacts(told["run_id"])}
    assert files == {PAGE, "columns.csv", "findings.csv"}
    kept = store.client.download_artifacts(told["run_id"], PAGE)
    assert page.read_text(encoding="utf-8") == Path(kept).read_text(encoding="utf-8")
    findings = pd.read_csv(store.client.download_artifacts(told["run_id"], "findings.csv"))
    assert findings["text"].tolist() == [finding["text"] for finding in told["findings"]]
    assert told["run_id"] in told["link"]
    assert told["link"].partition("?")[0].endswith(PAGE)

    # An exploration is no sweep, and nothing of a sweep's.
    for command in (["compare"], ["promote"]):
        outcome = segkit(*command)
        assert (outcome.code, "there is no sweep" in outcome.err) == (2, True)
    outcome = segkit("promote", f"run={told['run_id']}")
    assert (outcome.code, "is a look at a table" in outcome.err) == (2, True)


def test_people_are_told_the_boxes_the_first_findings_and_the_place(segkit, store, own_place):
    outcome = segkit("explore", "data.generate.rows=150", "preprocessing=log_skewed", "output=look.html")
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("customers: 150 customers")
    assert "segment on" in outcome.out
    assert "worth knowing" in outcome.out
    assert "log_skewed" not in outcome.out  # it is done already
    assert str(own_place / "look.html") in outcome.out
    assert "http://127.0.0.1:5000" in outcome.out
    assert (own_place / "look.html").stat().st_size < 1_000_000


@pytest.mark.parametrize(
    ("arguments", "named", "mend"),
    [
        (["output=nowhere/x.html"], "nowhere", "make it first"),
        (["output=x.pdf"], ".pdf", ".html"),
        (["output=."], "folder", "name a file"),
        (["data=table", "data.path=nope.csv"], "nope.csv", ""),
        (["data=table"], "data.path", "data.path="),
        (["format=csv"], "csv", "json"),
        (["k=3"], "k", ""),
        (["features=[incom]"], "incom", "did you mean income"),
        (["tracking.folder=/proc/nowhere"], "/proc/nowhere", ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_input_is_answered_shortly_and_nothing_is_written(segkit, own_place, arguments, named, mend):
    outcome = segkit("explore", *arguments)
    assert outcome.code == 2, outcome
    assert 1 <= len(outcome.err.strip().splitlines()) <= 3
    assert "Traceback" not in outcome.err
    assert named in outcome.err
    assert mend in outcome.err
    assert not outcome.out
    assert not list(own_place.glob("**/*.html"))


@pytest.mark.parametrize("arguments", [["--help"], ["explore", "--help"]], ids=" ".join)
def test_help_imports_nothing_of_it(arguments):
    watched = "{'skrub', 'jinja2.environment', 'segkit.explore'} & set(sys.modules)"
    code = f"import sys; from segkit.cli import main; main(); print(sorted({watched}), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("modules", "places"),
    [
        (r"skrub|segkit\.explore", ("segkit/explore/", "experiments/explore.py")),
        (r"segkit\.compared", ("segkit/compared/", "segkit/report/", "segkit/config/compared.py", "segkit/app/")),
        (
            r"jinja2|markupsafe|segkit\.pages\.template",
            (
                "segkit/explore/",
                "segkit/compared/",
                "segkit/report/",
                "segkit/pages/",
                "segkit/plots/segments/",
                "segkit/app/",
            ),
        ),
    ],
    ids=["explore", "compare", "pages"],
)
def test_what_makes_a_page_is_imported_by_its_command_alone(modules, places):
    sources = [path for folder in ("segkit", "experiments", "hydra_plugins") for path in (ROOT / folder).rglob("*.py")]
    importing = re.compile(rf"^\s*(from|import) ({modules})\b", re.MULTILINE)
    found = {path.relative_to(ROOT).as_posix() for path in sources if importing.search(path.read_text())}
    assert found
    assert all(place.startswith(places) for place in found)
    late = [path for path in (ROOT / "segkit" / "explore").glob("*.py") if "\nimport skrub" in path.read_text()]
    assert not late
