"""Which columns rules and questions may ask for."""

from segkit.activation.columns import question_columns, rule_columns
from segkit.data import Stated, make_dataset

from .conftest import make_table


def test_nothing_sensitive_no_outcome_and_no_id(shop):
    assert set(rule_columns(shop)) == {
        *('annual "income"', "spent", "orders", "joined", "land", "school", "member"),
        *("tenure_years", "spent_per_order", "abroad"),
    }


def test_nobody_is_asked_for_a_ratio(shop):
    assert "spent_per_order" not in question_columns(shop)
    assert {"spent", "orders", "tenure_years"} <= set(question_columns(shop))


def test_a_protected_attribute_stays_out_even_if_it_was_segmented_on():
    stated = Stated(use={"gender": "segment_on"}, derive={"sex": {"map": "gender", "to": {"f": 1, "m": 0}}})
    found = rule_columns(make_dataset("shop", make_table(), stated=stated))
    assert not {"gender", "sex"} & set(found)


def test_what_depends_on_other_customers_gives_way_to_what_it_is_made_of():
    stated = Stated(use={"land": "leave_out"}, derive={"lands": {"rare": "land", "below": 0.05}})
    found = rule_columns(make_dataset("shop", make_table(), stated=stated))
    assert "lands" not in found
    assert "land" in found
