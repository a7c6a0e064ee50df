"""What a search tries next."""

import sys

import pytest

from hydra_plugins.segkit_sweeper._space import Space, space_of
from hydra_plugins.segkit_sweeper._tpe import Tpe, import_optuna
from segkit.errors import UserError

SPACE = space_of(["a=x,y,z", "k=range(0,12)", "eps=interval(0,1)", "n=int(interval(1,50))"])


def value(drawn) -> float:
    """Best at a=y, k=9, eps=0.25."""
    return (drawn["a"] == 1) - abs(drawn["k"] - 9) / 12 - abs(drawn["eps"] - 0.25)


def tried(seed: int, trials: int = 40, space: Space = SPACE, startup: int = 8) -> list[dict]:
    sampler, found = Tpe(space.axes, startup, seed), []
    for _ in range(trials // 4):
        batch = [sampler.draw() for _ in range(4)]
        for number, drawn in batch:
            sampler.tell(number, value(drawn))
            found.append(drawn)
    return found


def test_the_same_seed_and_answers_draw_the_same() -> None:
    assert tried(3) == tried(3)
    assert tried(3) != tried(4)


def test_more_trials_go_on_where_fewer_ended() -> None:
    assert tried(3, 16) == tried(3, 24)[:16]


def test_it_climbs() -> None:
    for seed in range(3):
        found = [value(drawn) for drawn in tried(seed)]
        assert sum(found[-12:]) / 12 > sum(found[:12]) / 12 + 0.4


def test_whole_numbers_are_whole_and_all_within_their_ends() -> None:
    for drawn in tried(0, 16):
        assert isinstance(drawn["n"], int)
        assert 1 <= drawn["n"] <= 50
        assert 0 <= drawn["eps"] <= 1
        assert drawn["a"] in (0, 1, 2)


def test_what_is_dropped_teaches_nothing_and_free_draws_come_from_anywhere() -> None:
    sampler = Tpe(SPACE.axes, 4, 0)
    for place in range(30):
        number, drawn = sampler.draw()
        sampler.tell(number, value(drawn)) if place % 2 else sampler.drop(number)
    free = [sampler.draw_freely()[1]["k"] for _ in range(40)]
    assert len(set(free)) >= 9
    drawn = [sampler.draw()[1]["a"] for _ in range(6)]
    assert drawn.count(1) >= 3


def test_where_optuna_is_not_installed_it_is_told_how_to_install_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(UserError, match=r"segkit\[search\]"):
        import_optuna()
