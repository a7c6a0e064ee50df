"""What a job is told."""

from types import SimpleNamespace

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from hydra_plugins.segkit_sweeper._conduct import _arguments
from hydra_plugins.segkit_sweeper._plan import Job
from segkit.records import RunLabel


@pytest.mark.parametrize("mark", ["71234e5678901234", "0123456789012345", "deadbeefdeadbeef"])
def test_marks_that_look_like_numbers_stay_text(mark):
    job = Job(("k=3",), RunLabel("a", {}, mark), "space")
    told = _arguments(job, mark, SimpleNamespace(folder="/there"), SimpleNamespace(path=""))
    values = {o.key_or_group: o.value() for o in OverridesParser.create().parse_overrides(told)}
    assert (values["plan.parent"], values["plan.fingerprint"], values["k"]) == (mark, mark, 3)
