"""The four boxes."""

from segkit.data import Stated, make_customers, make_dataset
from segkit.data.boxes import boxes_text, choices_text, columns_table


def test_every_column_is_in_one_box_with_a_reason(customers):
    table = columns_table(customers).set_index("column")
    assert len(table) == len(customers.columns)
    assert table["because"].str.len().gt(0).all()
    assert table.loc[["income", "spend_total", "response", "contact_cost"], "box"].tolist() == [
        "segment on",
        "describe with",
        "outcome",
        "left out",
    ]


def test_the_text_names_what_is_left_out_and_why(customers):
    text = boxes_text(customers)
    assert "contact_cost (one value only)" in text
    assert "truth (truth)" in text
    assert text.startswith("customers: 300 customers, 29 columns")


def test_long_boxes_say_how_many_columns_more_there_are(customers):
    first = next(line for line in boxes_text(customers, width=40).splitlines() if "segment on" in line)
    assert " more" in first
    assert len(first) < 80


def understood(features, **weights):
    return make_dataset("customers", make_customers(60), stated=Stated(weights=weights), features=features)


def test_a_column_that_is_chosen_against_its_nature_is_marked():
    text = boxes_text(understood(["income", "response"], income=2))
    assert "segment on    income (weight 2), response (an outcome by its name; chosen all the same)" in text


def test_a_weight_without_effect_is_said():
    assert "  no effect     the weight of spend_wine: not segmented on" in boxes_text(
        understood(["income"], spend_wine=3)
    )
    assert "no effect" not in boxes_text(understood(["income"], income=3))


def test_each_choice_of_features_says_what_it_segments_on():
    choices = {"a": understood(["income"]), "b": understood(["spend_wine", "spend_meat"])}
    assert choices_text(choices) == "  features=a: income\n  features=b: spend_wine, spend_meat"
