"""The registered model as MLflow loads it: where only its requirements are installed it scores as `segkit score`."""

import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path

import mlflow.pyfunc
import numpy as np
import pandas as pd
import pytest
from mlflow.exceptions import MlflowException
from packaging.requirements import Requirement

from benchmarks.kinds import KINDS, raw_customers, raw_log
from benchmarks.served import register
from segkit.scoring.scored import scored_table
from segkit.tracking.store import open_store

# What loading a model must not cost, and what must not be needed for it.
UNWANTED = {"umap", "numba", "matplotlib", "hydra", "omegaconf", "skrub", "fastcluster", "openpyxl", "sqlalchemy"}
CODE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import mlflow.pyfunc, pandas
for kind, place in json.loads(sys.argv[2]).items():
    model = mlflow.pyfunc.load_model(place)
    model.predict(pandas.read_parquet(f"{kind}.parquet")).to_parquet(f"{kind}-scored.parquet")
import segkit
print(json.dumps({"modules": sorted(sys.modules), "segkit": segkit.__file__}))
"""


def raw(kind: str) -> pd.DataFrame:
    return raw_log(60) if kind == "log" else raw_customers(72)


def expected(kind: str) -> pd.DataFrame:
    scorer = KINDS[kind]()
    scored = scored_table(scorer, scorer.customers_in(raw(kind)))
    return scored if kind == "log" else scored.drop(columns="row" if "row" in scored else "customer_id")


@pytest.fixture(scope="module")
def places(new_folder):
    """Where the registered model of each kind lies."""
    store = open_store(str(new_folder() / "mlruns"))
    for kind, made in KINDS.items():
        register(store, kind, made())
    uris = {kind: store.client.get_model_version_download_uri(kind, "1") for kind in KINDS}
    return {kind: Path(uri.removeprefix("file://")) for kind, uri in uris.items()}


@pytest.fixture(scope="module")
def installed(places, tmp_path_factory):
    """A folder with the distributions that the model's requirements come to, and no others."""
    folder = tmp_path_factory.mktemp("installed")
    asked = (next(iter(places.values())) / "requirements.txt").read_text().split()
    for distribution in needed([Requirement(line).name for line in asked]):
        for top in {path.parts[0] for path in distribution.files or () if path.parts[0] != ".."}:
            link = folder / top
            if not link.exists():
                link.symlink_to(Path(str(distribution.locate_file(top))))
    assert not (folder / "segkit").exists()
    return folder


def needed(names: list[str]) -> list[importlib.metadata.Distribution]:
    found: dict[str, importlib.metadata.Distribution] = {}
    while names:
        name = re.sub(r"[-_.]+", "-", names.pop()).lower()
        if name not in found:
            found[name] = importlib.metadata.distribution(name)
            asked = [Requirement(line) for line in found[name].requires or ()]
            names += [one.name for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    return list(found.values())


def test_code_and_requirements_suffice_for_every_kind(places, installed, own_place):
    for kind in places:
        raw(kind).to_parquet(f"{kind}.parquet")
    # Nothing but the standard library is on the path: no site-packages, no working directory.
    asked = [str(installed), json.dumps({kind: str(place) for kind, place in places.items()})]
    done = subprocess.run([sys.executable, "-I", "-S", "-c", CODE, *asked], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert Path(said["segkit"]).parts[-3:-1] == ("code", "segkit")
    assert not {name.partition(".")[0] for name in said["modules"]} & UNWANTED
    for kind in places:
        pd.testing.assert_frame_equal(pd.read_parquet(f"{kind}-scored.parquet"), expected(kind), atol=1e-9, rtol=0)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"log"}))
def test_a_customer_alone_is_scored_as_in_a_batch_and_as_in_the_table(places, kind):
    model = mlflow.pyfunc.load_model(str(places[kind]))
    together = model.predict(raw(kind))
    pd.testing.assert_frame_equal(together, expected(kind), atol=1e-9, rtol=0)
    alone = pd.concat([model.predict(raw(kind).iloc[[row]]) for row in range(0, 72, 9)])
    pd.testing.assert_frame_equal(alone, together.iloc[::9], atol=1e-9, rtol=0)


def test_the_date_that_ages_are_counted_to_can_be_given(places):
    model = mlflow.pyfunc.load_model(str(places["kmeans"]))
    later = model.predict(raw("kmeans"), params={"as_of": "2027-01-01"})
    pd.testing.assert_frame_equal(later, KINDS["kmeans"]().score(raw("kmeans"), "2027-01-01"), atol=1e-9, rtol=0)
    assert not np.allclose(later["confidence"], model.predict(raw("kmeans"))["confidence"], atol=1e-3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda table: table.drop(columns=["income"]), "lacks columns that the model needs: income"),
        (lambda table: table.assign(signed_up=1704153600000), "1 of 1 cells of signed_up cannot be read"),
        (lambda table: table.assign(signed_up="01/31/2024"), "1 of 1 cells of signed_up cannot be read"),
        (lambda table: table.assign(income="52.000,50"), "1 of 1 cells of income cannot be read"),
    ],
)
def test_what_is_refused_is_refused_in_words(places, change, words):
    with pytest.raises(MlflowException, match=words) as refused:
        mlflow.pyfunc.load_model(str(places["kmeans"])).predict(change(raw("kmeans").head(1)))
    assert refused.value.error_code == "INVALID_PARAMETER_VALUE"


def test_a_model_names_no_place_of_the_machine_that_made_it(places):
    for place in places.values():
        told = [path.read_text() for path in place.glob("*.*") if path.is_file()] + [(place / "MLmodel").read_text()]
        assert not [text for text in told if re.search(r"(^|[\s\"'])(file:)?/\w", text)]
