"""The wheel works outside the checkout; the lock names no address and pins the build backend."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import segkit

ROOT = Path(__file__).parent.parent
PARTS = ("segkit", "hydra_plugins", "conf", "experiments")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_adds_no_generic_name(wheel):
    names = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"segkit", "hydra_plugins"}


def test_the_wheel_holds_all_that_the_checkout_needs_at_work(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = subprocess.run(["git", "ls-files", *PARTS], cwd=ROOT, capture_output=True, text=True).stdout.split()
    if not kept:
        pytest.skip("this is no checkout of git")
    inside = ("conf/", "experiments/")  # these lie beside the library in a checkout
    assert {f"segkit/{name}" if name.startswith(inside) else name for name in kept} <= names


def test_the_version_is_said_alike_everywhere(wheel):
    assert wheel.name.startswith(f"segkit-{segkit.__version__}-")
    assert f"\n## [{segkit.__version__}] - " in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.slow
def test_the_wheel_runs_a_sweep_elsewhere(wheel, own_place, store):
    zipfile.ZipFile(wheel).extractall(own_place / "installed")
    place = {**os.environ, "PYTHONPATH": str(own_place / "installed")}
    code = "import segkit, runpy; print(segkit.__file__); runpy.run_module('segkit', run_name='__main__')"
    arguments = ["sweep", "data.generate.rows=100", "reducer=pca", "k=3,4"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith(str(own_place / "installed"))
    assert "standard-pca-kmeans-4" in done.stdout


def test_the_lock_is_hashes_and_names_only():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert re.search(r"^hatchling==", lock, re.MULTILINE)
    pinned = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==", lock, re.MULTILINE | re.IGNORECASE)
    assert lock.count("--hash=sha256:") >= len(pinned) > 50
