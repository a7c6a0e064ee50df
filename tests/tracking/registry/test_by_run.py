"""The versions of a run are found whatever model they are of."""

from segkit.identity.editing import locked
from segkit.tracking.registry.by_run import newest_of_run
from segkit.tracking.registry.editing import Signed, edit_version
from segkit.tracking.registry.promotion import promote


def test_the_newest_version_of_a_run_is_found(bare, run) -> None:
    four, three = run("four"), run("three")
    assert newest_of_run(bare, four.model_run) is None
    promote(bare, "customers", four, "steady", {})
    promote(bare, "other", three, "another", {})
    assert newest_of_run(bare, four.model_run).version == 1
    edit_version(bare, "customers", lambda old, free: locked(old, 1), Signed("Ada", "2099-01-01T00:00:00+00:00"))
    found = newest_of_run(bare, four.model_run)
    assert (found.model, found.version, found.locked) == ("customers", 2, (1,))
    assert newest_of_run(bare, three.model_run).model == "other"
    assert newest_of_run(bare, "' or '1'='1") is None
