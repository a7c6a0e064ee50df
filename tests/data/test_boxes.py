"""The four boxes."""

from segkit.data.boxes import boxes_text, columns_table


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
