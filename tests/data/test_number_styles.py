import numpy as np
import pandas as pd
import pytest

from segkit.data import Stated, make_dataset
from segkit.data.number_styles import COMMAS, POINTS, TRUTHS, number_style, number_styles, read_numbers
from segkit.errors import UserError


@pytest.mark.parametrize(
    ("cells", "style", "numbers"),
    [
        (["1.234,50", "7,25"], COMMAS, [1234.5, 7.25]),
        (["1,234.5", "12,007"], POINTS, [1234.5, 12007]),
        (["$12", "7.5 %"], POINTS, [12, 7.5]),
        (["1'234", "7"], POINTS, [1234, 7]),
        (["0,125", "1,250"], COMMAS, [0.125, 1.25]),
        (["True", "FALSE"], TRUTHS, [1, 0]),
        (["EUR 5,20", "7,5 EUR"], COMMAS, [5.2, 7.5]),
        (["\u22125.2", "7"], POINTS, [-5.2, 7]),
        (["38.445", "309", "1.204"], COMMAS, [38445, 309, 1204]),
        (["38.445", "30.9"], POINTS, [38.445, 30.9]),
        (["True", "0", "1.0"], TRUTHS, [1, 0, 1]),
        (["0", "1"], POINTS, [0, 1]),
    ],
)
def test_numbers_are_read_as_the_column_writes_them(cells: list[str], style: str, numbers: list[float]) -> None:
    values = pd.Series(cells)
    assert number_style(values) == style
    assert read_numbers(values, style).tolist() == numbers


@pytest.mark.parametrize("cells", [["Ann", "Bob"], ["01", "12"], [1.5, 2.0], [], [None, None]])
def test_other_columns_have_no_style(cells: list) -> None:
    assert number_style(pd.Series(cells, dtype=None if cells else object)) == ""


def test_another_column_of_the_file_decides_what_a_doubtful_one_means() -> None:
    doubtful, german = pd.Series(["1,234", "5,678"]), pd.Series(["1,5", "2,25"])
    assert number_styles(pd.DataFrame({"a": doubtful})) == {"a": POINTS}
    assert number_styles(pd.DataFrame({"a": doubtful, "b": german})) == {"a": COMMAS, "b": COMMAS}


def test_a_cell_in_another_style_is_missing_rather_than_another_number() -> None:
    assert np.isnan(read_numbers(pd.Series(["1.5"]), COMMAS)[0])
    assert np.isnan(read_numbers(pd.Series(["1,5"]), POINTS)[0])
    assert np.isnan(read_numbers(pd.Series(["0,125"]), POINTS)[0])
    assert np.isnan(read_numbers(pd.Series(["0.125"]), COMMAS)[0])


def test_real_numbers_among_text_stay_what_they_are() -> None:
    assert read_numbers(pd.Series(["1.234,5", 1.5], dtype=object), COMMAS).tolist() == [1234.5, 1.5]


def test_numbers_as_text_are_numbers_of_the_data_set_and_said() -> None:
    table = pd.DataFrame({"spend": [f"{i},5" for i in range(98)] + ["?", " "], "age": range(100)})
    dataset = make_dataset("shop", table)
    assert dataset.table["spend"].iloc[:2].tolist() == [0.5, 1.5]
    assert next(column.style for column in dataset.columns if column.name == "spend") == COMMAS
    assert "decimal commas (1.234,5) in 1 column" in dataset.notes
    assert "cells that are no numbers and count as missing: 1 of spend" in dataset.notes


def test_ids_and_what_is_stated_to_be_levels_stay_text() -> None:
    table = pd.DataFrame({"customer_id": ["1,001", "1,002", "1,003"], "size": ["1,5", "2,5", "2,5"], "age": [1, 2, 4]})
    dataset = make_dataset("shop", table, stated=Stated(kind={"size": "categorical"}))
    assert dataset.table["size"].tolist() == ["1,5", "2,5", "2,5"]
    assert dataset.table["customer_id"].tolist() == ["1,001", "1,002", "1,003"]


def test_how_a_doubtful_column_writes_its_numbers_can_be_stated() -> None:
    table = pd.DataFrame({"income": ["38.445", "51.200", "40.000"], "age": [31, 42, 55]})
    assert make_dataset("shop", table).table["income"].tolist() == [38.445, 51.2, 40]
    dataset = make_dataset("shop", table, stated=Stated(numbers={"income": COMMAS}))
    assert dataset.table["income"].tolist() == [38445, 51200, 40000]
    with pytest.raises(UserError, match=r"data\.numbers\.income=commas is not a known numbers"):
        make_dataset("shop", table, stated=Stated(numbers={"income": "commas"}))
