"""Which run a promotion means, and when it is refused."""

from typing import Any

import pytest

from segkit.config import choice
from segkit.errors import WorkFailed
from segkit.records import FINISHED, RunRecord


@pytest.fixture
def promoted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What promoting a run that belongs to no sweep chooses: `promoted(force, **metrics)`."""

    def choose(force: bool, **metrics: float) -> choice.Choice:
        run = RunRecord("abc", "standard-none-kmeans-4", FINISHED, metrics=metrics)
        monkeypatch.setattr(choice, "find_run", lambda store, run_id: (run, "shop"))
        monkeypatch.setattr(choice, "sweep_of", lambda store, run_id: None)
        return choice.chosen_run(None, "abc", "latest", force)  # type: ignore[arg-type]

    return choose


def test_a_segment_of_one_customer_is_not_promoted(promoted: Any) -> None:
    with pytest.raises(WorkFailed, match="a segment of one customer") as error:
        promoted(False, lone_segments=1.0)
    assert "force=true" in str(error.value)


def test_forced_it_is_and_the_reason_says_so(promoted: Any) -> None:
    assert promoted(True, lone_segments=1.0).reason.endswith(
        "named by hand, forced although: a segment of one customer"
    )
    assert promoted(False, segments=4.0).reason.endswith("named by hand")
