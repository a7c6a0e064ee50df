"""What was said becomes the arguments that the command line takes."""

import pytest

from segkit.app.brought.said import Said
from segkit.errors import UserError


def test_uses_and_mends_become_arguments():
    said = Said().moved("Annual Income (k$)", "outcome").accepted("data.missing.pdays=[-1]")
    assert said.of_columns == ["data.use.Annual Income (k$)=outcome", "data.missing.pdays=[-1]"]


def test_a_mend_that_moves_a_column_can_be_moved_back():
    said = Said().accepted("'data.use.a b=leave_out'").moved("a b", "segment_on")
    assert said.of_columns == ["data.use.a b=segment_on"]


def test_a_column_is_of_one_kind():
    said = Said().read_as("x", "categorical").read_as("x", "ordinal", "low\nhigh").read_as("y", "numeric")
    assert said.of_columns == ["data.kind.y=numeric", 'data.levels.x=["low", "high"]']
    assert said.read_as("x", "date").of_columns == ["data.kind.y=numeric", "data.kind.x=date"]
    assert said.read_as("x", "").read_as("y", "").of_columns == []


def test_a_kind_can_be_taken_back():
    said = Said().read_as("x", "categorical").read_as("y", "ordinal", "low\nhigh")
    assert said.without("data.kind.x=categorical").of_columns == ['data.levels.y=["low", "high"]']
    assert said.without('data.levels.y=["low", "high"]').of_columns == ["data.kind.x=categorical"]


def test_the_same_key_is_said_once():
    said = Said().accepted("data.duplicates=keep").accepted("data.duplicates=drop")
    assert said.of_columns == ["data.duplicates=drop"]


def test_what_was_said_can_be_taken_back():
    said = Said().moved("x", "outcome").accepted("data.duplicates=drop")
    assert said.without("data.use.x=outcome").of_columns == ["data.duplicates=drop"]
    assert said.without("data.duplicates=drop").of_columns == ["data.use.x=outcome"]


def test_what_makes_a_log_goes_together():
    said = Said().accepted("data.log.customer=client data.log.date=day data.duplicates=drop")
    assert said.without("data.log.date=day").of_columns == ["data.duplicates=drop"]


@pytest.mark.parametrize(("most", "axes"), [("", []), ("5", []), ("2", ["k=2,3,4,5,6,7"]), ("9", ["k=3,4,5,6,7,8,9"])])
def test_a_sweep_tries_as_many_segments_as_can_be_run(most, axes):
    assert Said().briefed(most, "").axes == axes


def test_the_brief_says_how_small_is_too_small():
    said = Said().briefed("2", "1,500")
    assert said.of_brief[:2] == ["brief.fewest_segments=2", "brief.most_segments=2"]
    assert said.of_brief[2:] == ["brief.smallest_share=0", "brief.smallest_customers=1500"]


@pytest.mark.parametrize(
    ("most", "smallest"), [("many", ""), ("1", ""), ("-3", ""), ("5", "0"), ("5", "2.5"), ("99", "")]
)
def test_answers_that_are_none_are_refused(most, smallest):
    with pytest.raises(UserError, match="no answer"):
        Said().briefed(most, smallest)


def test_a_use_that_is_none_is_refused():
    with pytest.raises(UserError, match="no use"):
        Said().moved("x", "segment_onn")
