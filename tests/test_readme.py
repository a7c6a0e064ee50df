"""Every command in the README and the docs is run from its text."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def command_lines() -> list[str]:
    return [line for block in blocks(README, "bash") for line in block.splitlines() if line.strip()]


WRITTEN = [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md")]
# test_play.py runs the commands of this page, and looks at what they say.
PLAYED = "six_months"
PAGES = sorted(p for p in (ROOT / "docs").glob("*.md") if "```bash" in p.read_text() and p.stem != PLAYED)


def as_run_here(line: str) -> str:
    """The environment is already active, wide sweeps are tried with one k, and customers and finalists are fewer."""
    if line.startswith("make "):
        target = line.split()[1]
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        line = "segkit sweep experiment=quick" if target == "sweep" else "true"
    if "experiment=quick" in line and " k=" not in line:
        line += " k=4 preprocessing=standard"
    if line.startswith("segkit sweep ") and "selection" not in line:
        line += " selection.fewest_finalists=2"
    generated = re.match("segkit (run|sweep) ", line) and not re.search("data=|data.generate", line)
    return f"{line} data.generate.rows=300" if generated else "true" if line.startswith("source ") else line


@pytest.fixture
def user(own_place, store):
    """A directory with what the README tells the reader to write, and segkit on the path."""
    (own_place / "mine" / "algorithm").mkdir(parents=True)
    (own_place / "mine" / "algorithm" / "halving.yaml").write_text(blocks(README, "yaml")[0])
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def typed(user, segkit, quick_reports):
    """Does what a line of a page says: in a shell, or in this process, which has long imported what it takes.

    A sweep in a shell has workers; here they would have to import and to compile all of it once more, for each sweep.
    """

    def do(line: str, in_shell: bool) -> None:
        if in_shell or not line.startswith("segkit "):
            done = subprocess.run(["bash", "-c", line], env=user, capture_output=True, text=True)
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        else:
            words = shlex.split(line)[1:]
            outcome = segkit(*words, *(["hydra/launcher=basic"] if words[0] == "sweep" else []))
            assert outcome.code == 0, f"{line}\n{outcome.out}\n{outcome.err}"

    return do


@pytest.mark.slow
def test_the_commands_in_the_readme_work_in_their_order(typed):
    """The first of each command in a shell, as the reader's."""
    seen: set[str] = set()
    for line in map(as_run_here, command_lines()):
        command = " ".join(line.split()[:2])
        typed(line, in_shell=command not in seen)
        seen.add(command)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_in_the_documents_work_in_their_order(typed, page):
    for line in [line for block in blocks(page.read_text(), "bash") for line in block.splitlines()]:
        typed(as_run_here(line), in_shell="segkit_dask" in line)  # its workers would be forked from this process


def test_the_python_in_the_readme_works(user):
    for block in blocks(README, "python"):
        subprocess.run([sys.executable, "-c", block], check=True, capture_output=True)


def test_the_readme_is_short_and_its_links_lead_somewhere():
    assert len(README.splitlines()) <= 150
    for page in WRITTEN:
        for target, _, place in links(page):
            found = page.parent / target if target else page
            assert found.exists(), f"{page.name}: {target}"
            assert not place or place in headings(found), f"{page.name}: {target}#{place}"


def test_every_page_and_picture_is_led_to():
    led_to = {(page.parent / target).resolve() for page in WRITTEN for target, *_ in links(page)}
    from_the_readme = {(ROOT / target).resolve() for target, *_ in links(ROOT / "README.md")}
    assert {*ROOT.glob("docs/*.md"), ROOT / "docs" / "notebook.ipynb"} <= from_the_readme
    assert {*ROOT.glob("docs/images/*")} <= led_to


def links(page: Path) -> list[tuple[str, str, str]]:
    """Where a page's links lead within the project: the file, "" for the page itself, and the heading."""
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text())
    return [target.partition("#") for target in targets if "://" not in target]


def headings(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_every_command_of_the_program_is_known_to_the_documents():
    from segkit.cli import commands

    for line in command_lines():
        words = line.split()
        assert words[0] != "segkit" or words[1] in commands()
