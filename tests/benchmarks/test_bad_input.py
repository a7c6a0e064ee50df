"""A sample of the bad inputs, and what tries them: `python -m benchmarks.bad_input` tries all."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.bad_input.__main__ import import_everything, make_template
from benchmarks.bad_input.case import Case, cases
from benchmarks.bad_input.left import differences, snapshot
from benchmarks.bad_input.trial import tried
from segkit.cli import commands

CASES = cases()
NAMES = """
files: explore data=table data.path=cut.parquet  [cut.parquet]
files: explore data=table data.path=fifo.csv  [fifo.csv]
files: explore data=table data.path=wide.csv  [wide.csv]
files: score input=cut.csv.gz output=out.csv  [cut.csv.gz]
files: run data=table data.path=bomb.csv.gz  [bomb.csv.gz]
models: score input=new.csv output=out.csv  [models cut off]
models: score input=new.csv output=out.csv  [models with a foreign type]
models: monitor input=new.csv  [models of words]
overrides: run --config-dir
overrides: run hydra.run.dir=/proc/x
overrides: run seed=-1
overrides: report first=[nothing]
overrides: promote force=true alias=v3
overrides: rollback most_moved=nan
overrides: edit split=nothing
overrides: cache format=xml
overrides: forget id=''
overrides: ui port=99999
overrides: app largest_mb=0
overrides: server workers=0
overrides: sweep algorithm=[3,4]
overrides: sweep 'k=range(1,1000000000)'
overrides: sweep 'k=range(2,3,0)'
overrides: sweep 'k=glob(*)'
pages: run --config-dir=conf algorithm=broken  [conf/algorithm/broken.yaml]
pages: run --config-dir=conf algorithm=noise  [conf/algorithm/noise.yaml]
stores: compare  [database of noise]
stores: models  [history of noise]
stores: compare  [database with noise for text]
stores: forget id=1  [labels of noise]
""".strip().splitlines()
SAMPLE = {case.name: case for case in CASES if case.name in NAMES}


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with a template that has a champion."""
    import_everything()
    place = tmp_path_factory.mktemp("bad")
    sweep = "sweep data.generate.rows=60 k=3 algorithm=kmeans evidence=false hydra/launcher=basic"
    make_template(place / "tried", place / "template", [sweep, "promote force=true"])
    return place


@pytest.mark.parametrize("case", SAMPLE.values(), ids=SAMPLE.keys())
def test_bad_input(place, case):
    found = tried(case, place / "template", place / "tried")
    assert not found.wrong, found


def test_a_bad_answer_is_seen(place):
    """A result where a mistake was to be told, and what it leaves."""
    found = tried(Case("x", "explore format=json", ("no such word",)), place / "template", place / "tried")
    assert {"exit 0 instead of 2", "does not say 'no such word'", "prints to stdout"} < set(found.wrong)
    assert any("explore-customers.html" in wrong for wrong in found.wrong)


def test_what_is_left_is_seen(tmp_path):
    (tmp_path / "kept.csv").write_text("1")
    before = snapshot(tmp_path)
    (tmp_path / "kept.csv").write_text("2")
    (tmp_path / "new").mkdir()
    assert differences(before, snapshot(tmp_path)) == ["kept.csv", "new"]


def test_the_sample_has_every_command():
    assert sorted(SAMPLE) == sorted(NAMES)
    assert {case.command for case in SAMPLE.values()} == {*commands()}


def test_every_command_has_cases():
    tried_ones = Counter(case.command for case in CASES)
    assert all(tried_ones[command] >= 5 for command in commands())
    assert len(CASES) >= 200
    assert len({(case.kind, case.name) for case in CASES}) == len(CASES)
