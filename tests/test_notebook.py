"""The notebook in the documents runs from its first cell to its last, with neither Hydra nor MLflow."""

import json
import subprocess
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).parent.parent / "docs" / "notebook.ipynb"
# Every cell in one namespace, as Jupyter does it, and the last one's value told; how good the rules of a report are is
# tested elsewhere.
PROGRAM = """
import json, sys
from segkit.activation import stand_ins
stand_ins._STAND_INS = 600
names = {}
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), "cell", "exec"), names)
print(len(names["page"]), names["content"].recommendation)
assert not {"mlflow", "hydra", "omegaconf"} & set(sys.modules), "imported by the library"
"""


def test_every_cell_works(own_place) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(NOTEBOOK)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=own_place)
    assert done.returncode == 0, done.stderr
    assert "These are 4 segments" in done.stdout


def test_it_is_kept_without_results() -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in cells if cell["cell_type"] == "code")
    assert [cell["cell_type"] for cell in cells].count("code") > 8
