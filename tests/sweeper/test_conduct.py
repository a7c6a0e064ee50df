"""What a job is told."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from hydra_plugins.segkit_sweeper import _conduct
from hydra_plugins.segkit_sweeper._launching import arguments
from hydra_plugins.segkit_sweeper._plan import Job
from segkit.records import RunLabel


@pytest.mark.parametrize("mark", ["71234e5678901234", "0123456789012345", "deadbeefdeadbeef"])
def test_marks_that_look_like_numbers_stay_text(mark):
    job = Job(("k=3",), RunLabel("a", {}, mark), "space")
    there = SimpleNamespace(folder=Path("/there"), cache=Path("/there/cache"), shared_cache="")
    told = arguments(job, mark, there, SimpleNamespace(path=""))
    values = {o.key_or_group: o.value() for o in OverridesParser.create().parse_overrides(told)}
    assert (values["plan.parent"], values["plan.fingerprint"], values["k"]) == (mark, mark, 3)


@pytest.mark.parametrize("total", [3, 5])
def test_where_there_are_fewer_runs_than_were_asked_for_it_is_told(monkeypatch, capsys, total: int) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(_conduct, "_missing", lambda store, parent, plan, config, jobs: asked.append(jobs) or [])
    plan = SimpleNamespace(total=total, batches=lambda look: iter([["a", "b"], ["c"]]))
    assert _conduct._work(None, "parent", plan, None, None) == ["a", "b", "c"]
    assert asked == [["a", "b"], ["c"]]
    assert capsys.readouterr().err == ("" if total == 3 else "3 runs, not 5: all else would compute the same\n")
