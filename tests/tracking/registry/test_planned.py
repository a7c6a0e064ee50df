"""What a promotion or rollback would do is told without writing."""

import pytest

from segkit.errors import UserError
from segkit.tracking.registry.planned import plan
from segkit.tracking.registry.promotion import promote
from segkit.tracking.registry.rollback import plan_return, roll_back
from segkit.tracking.registry.tags import ROLLED_BACK
from segkit.tracking.registry.terms import Terms
from segkit.tracking.registry.versions import champions, version, versions


def test_what_is_planned_is_what_is_done(registry, run, tables):
    planned = plan(registry, "customers", run("three"), tables=tables)
    assert [found.version for found in versions(registry, "customers")] == [1]
    assert (planned.held.version, planned.before.version, planned.known, planned.holds) == (1, 1, None, False)
    told = promote(registry, "customers", run("three"), "", {}, tables=tables)
    assert planned.heir.change.rows.equals(told.change.rows)
    assert {number: said.name for number, said in planned.heir.reign.called.items()} == told.new.names


def test_who_holds_the_alias_already_is_known(registry, run, tables):
    assert plan(registry, "customers", run("four"), tables=tables).holds
    challenger = plan(registry, "customers", run("four"), terms=Terms("challenger"), tables=tables)
    assert (challenger.holds, challenger.held, challenger.known.version) == (False, None, 1)


def test_many_who_would_move_are_warned_of(registry, run, tables):
    assert (
        "change segment" in plan(registry, "customers", run("five"), terms=Terms(most_moved=0), tables=tables).warning
    )


def test_other_columns_are_refused_in_the_plan(registry, run):
    with pytest.raises(UserError, match="leaves out income"):
        plan(registry, "customers", run("narrow"))


def test_a_return_is_planned_done_and_signed(registry, run, tables):
    promote(registry, "customers", run("three"), "", {}, tables=tables)
    planned = plan_return(registry, "customers", tables=tables)
    assert (planned.old.version, planned.new.version, champions(registry, "customers")) == (2, 1, [1, 2])
    with pytest.raises(UserError, match="version 1 is no longer the champion"):
        roll_back(registry, "customers", given_up=1)
    told = roll_back(registry, "customers", tables=tables, by="Ann", given_up=2)
    assert planned.heir.change.rows.equals(told.change.rows)
    assert '"by": "Ann"' in version(registry, "customers", 2).tags[ROLLED_BACK]
    assert ROLLED_BACK not in version(registry, "customers", 1).tags
