"""Tables and models that somebody made to do harm: names stay text, files stay in their folder, nothing runs."""

import ast
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.hostile import TABLE, check_all_is_text, hostile

pytestmark = pytest.mark.usefixtures("quick_reports")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory, store_template, command) -> Path:
    folder = tmp_path_factory.mktemp("around") / "in"
    folder.mkdir()
    shutil.copytree(store_template, folder / "mlruns")
    hostile().to_csv(folder / TABLE, index=False)
    data = ("data=table", f'data.path="{TABLE}"', "data.name='../../ev<b>il'")
    sweep = ("sweep", "hydra/launcher=basic", "reducer=none", "preprocessing=standard", "algorithm=kmeans", "k=3")
    later = (("promote", "force=true"), *(("report", f"format={form}") for form in ("html", "sql", "list")))
    scored = ("score", f'input="{TABLE}"', "output=scored.csv")
    for asked in ((*sweep, *data, "evidence=false"), ("explore", *data), *later, ("compare", "format=html"), scored):
        done = command(folder, *asked)
        assert done.code == 0, (asked, done.err)
    return folder


def test_nothing_is_written_outside_the_folder(folder: Path) -> None:
    assert [path.name for path in folder.parent.iterdir()] == ["in"]
    assert {path.suffix for path in folder.iterdir()} >= {".csv", ".html", ".sql"}
    assert not [
        path for path in folder.rglob("*") if "evil" in path.name and path.suffix not in (".html", ".sql", ".csv")
    ]


def test_names_and_levels_are_text_on_every_page(folder: Path, parts) -> None:
    pages = [path for path in folder.rglob("*.html") if "/code/" not in str(path)]
    assert len(pages) >= 3
    for page in pages:
        check_all_is_text(page.read_text(), parts)
    assert any("alert(1)" in parts(page.read_text()).text for page in pages)


def test_descriptions_in_mlflow_hold_no_tags(folder: Path) -> None:
    from segkit.tracking.store import open_store

    store = open_store(str(folder / "mlruns"))
    runs = store.client.search_runs([store.experiment_id])
    notes = [run.data.tags.get("mlflow.note.content", "") for run in runs]
    models = [model.description or "" for model in store.client.search_registered_models()]
    assert any(notes)
    assert models
    for note in (*notes, *models):
        assert not re.search(r"<(script|img|svg)", note), note


def test_no_cell_of_a_list_or_of_scores_is_a_formula(folder: Path) -> None:
    tables = [path for path in folder.glob("*.csv") if path.name != TABLE]
    assert {path.name[:4] for path in tables} >= {"list", "scor"}
    for path in tables:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert not [cell for cell in (*cells.columns, *cells.iloc[:, 0]) if cell.startswith(("=", "@"))], path


def test_names_in_sql_stay_names(folder: Path) -> None:
    said = next(folder.glob("*.sql")).read_text()
    for line in said.splitlines():
        bare = re.sub(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'", "", line)
        assert "DROP TABLE" not in bare or line.lstrip().startswith("--"), line


class Runs:
    """What leaves a mark when it is unpickled."""

    def __reduce__(self):
        return Path.touch, (Path("ran"),)


def test_a_model_whose_files_were_exchanged_runs_nothing_of_them(folder: Path, command) -> None:
    """Scoring reads only the scorer's own file, whatever `MLmodel` names and whatever lies beside it."""
    import cloudpickle

    changed = 0
    for mlmodel in (folder / "mlruns").rglob("MLmodel"):
        mlmodel.write_text(mlmodel.read_text().replace("mlflow.pyfunc.model", "evil"))
        (mlmodel.parent / "evil.py").write_text("open('ran', 'w')\n")
        (mlmodel.parent / "python_model.pkl").write_bytes(cloudpickle.dumps(Runs()))
        changed += 1
    done = command(folder, "score", f'input="{TABLE}"', "output=again.csv")
    assert changed
    assert done.code == 0, done.err
    assert not (folder / "ran").exists()
    for scorer in (folder / "mlruns").rglob("model.skops"):
        scorer.write_bytes(cloudpickle.dumps(Runs()))
    refused = command(folder, "score", f'input="{TABLE}"', "output=third.csv")
    assert refused.code == 2, refused.err
    assert not (folder / "ran").exists()
    assert not (folder / "third.csv").exists()


# Jobs handed to workers, by the launcher that started them and in a folder of the user's alone.
HANDED_OVER = {"_piece.py", "_elsewhere.py", "_composer.py"}
UNSAFE = {
    *("pickle.load", "pickle.loads", "cloudpickle.load", "cloudpickle.loads", "joblib.load", "dill.load", "torch.load"),
    *("pd.read_pickle", "pandas.read_pickle", "marshal.loads", "shelve.open", "os.system", "eval", "exec"),
    *("yaml.unsafe_load", "yaml.full_load", "mlflow.sklearn.load_model", "mlflow.pyfunc.load_model"),
}
# Loaders of YAML that make nothing but text, numbers, lists and mappings.
SAFE_YAML = {"said.py", "edited.py"}


def calls_in(source: str) -> set[str]:
    """What is called, and `allow_pickle` and `shell` where they are said to be true."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found.add(ast.unparse(node.func))
            found |= {str(key.arg) for key in node.keywords if ast.unparse(key.value) == "True"}
    return found


def test_no_pickle_is_opened_and_no_text_run_but_what_a_launcher_hands_its_workers() -> None:
    unsafe = UNSAFE | {"allow_pickle", "shell"}
    seen, yaml_loads = set(), set()
    for room in ("segkit", "experiments", "hydra_plugins", "conf"):
        for path in (ROOT / room).rglob("*.py"):
            calls = calls_in(path.read_text())
            seen |= {path.name} if calls & unsafe else set()
            yaml_loads |= {path.name} if "yaml.load" in calls else set()
    assert seen == HANDED_OVER
    assert yaml_loads == SAFE_YAML
    assert calls_in("import numpy as np\nnp.load(a, allow_pickle=True)") & unsafe
