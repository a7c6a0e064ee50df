"""The rules of the house: who may import what, and that nothing heavy comes uninvited."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted([*ROOT.glob("segkit/**/*.py"), *ROOT.glob("experiments/*.py"), *ROOT.glob("hydra_plugins/**/*.py")])


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_only_tracking_imports_mlflow(path):
    assert "mlflow" not in imported(path) or place(path).startswith("segkit/tracking/")


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_hydra_stays_at_the_edge(path):
    edge = ("experiments/", "hydra_plugins/", "segkit/config/")
    assert not imported(path) & {"hydra", "omegaconf"} or place(path).startswith(edge)


@pytest.mark.parametrize("path", [path for path in SOURCES if place(path).startswith("segkit/")], ids=place)
def test_the_library_does_not_know_its_commands(path):
    assert not imported(path) & {"experiments", "hydra_plugins"}


@pytest.mark.parametrize("path", sorted(ROOT.glob("experiments/[a-z]*.py")), ids=place)
def test_commands_are_thin(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree)
    assert len(path.read_text().splitlines()) <= 60
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def test_no_module_is_a_bag():
    assert not [place(path) for path in SOURCES if path.stem in ("utils", "helpers", "common", "misc", "manager")]


def modules_after(*command: str) -> set[str]:
    show = "import sys; sys.stderr.write('\\n'.join(sys.modules))"
    code = f"import sys, atexit; atexit.register(lambda: exec({show!r})); {command[0]}"
    done = subprocess.run([sys.executable, "-c", code, *command[1:]], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_importing_the_package_imports_nothing_heavy():
    heavy = {"numpy", "pandas", "sklearn", "mlflow", "hydra", "umap", "matplotlib"}
    assert not modules_after("import segkit") & heavy


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--cfg", "job"], ["run", "--help"]])
def test_questions_are_answered_without_heavy_imports(arguments):
    loaded = modules_after("from segkit.cli import main; main()", *arguments)
    assert not loaded & {"umap", "mlflow", "matplotlib.pyplot", "sklearn", "numba"}


def test_the_core_works_without_hydra_and_mlflow():
    loaded = modules_after(
        "from segkit import SegmentationModel; from segkit.data import make_customers; "
        "SegmentationModel().fit(make_customers(100).drop(columns='customer_id'))"
    )
    assert not loaded & {"hydra", "omegaconf", "mlflow", "matplotlib.pyplot", "umap"}


def test_reading_a_sweep_imports_nothing_that_fits_or_draws():
    loaded = modules_after("import segkit.config.stored, segkit.tracking.read, segkit.answer")
    assert not loaded & {"umap", "numba", "matplotlib", "sklearn", "skops"}
