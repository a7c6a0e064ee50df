"""Data sets as arrays and back."""

import numpy as np
import pandas as pd
import pytest

from segkit.data import LogColumns, Stated, make_customers, make_dataset
from segkit.data.dataset import Dataset
from segkit.data.kept import dataset_of, dataset_values
from segkit.fingerprint import content_hash

TABLE = pd.DataFrame(
    {
        "customer": range(1, 61),
        "age": np.linspace(18, 80, 60).round(1),
        "income": [np.nan if row % 7 == 0 else row * 10.5 for row in range(60)],
        "member": [row % 3 == 0 for row in range(60)],
        "joined": pd.date_range("2020-01-01", periods=60),
        "land": pd.Series(["AT", "DE", None, "Österreich", ""] * 12, dtype="str"),
    }
)


@pytest.fixture(params=["customers", "many kinds", "a log"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    if request.param == "customers":
        return make_dataset("customers", make_customers(80), "here", notes=("as it was",))
    if request.param == "many kinds":
        return make_dataset("mixed", TABLE, stated=Stated(missing={"age": [18.0]}, blocks={"money": ["income", "age"]}))
    lines = pd.DataFrame(
        {"who": [1, 1, 2, 3] * 20, "day": ["2024-01-05", "2024-02-01", "2024-03-01", "2024-03-09"] * 20}
    )
    return make_dataset("shop", lines.assign(amount=range(80)), log=LogColumns("who", "day", amount="amount"))


def test_the_data_set_comes_back_as_it_was(dataset: Dataset) -> None:
    again = dataset_of(dataset_values(dataset))
    assert again.key == dataset.key
    assert content_hash(again.table) == dataset.hash
    pd.testing.assert_frame_equal(again.table, dataset.table)
    for name in ("name", "source", "as_of", "columns", "notes", "log", "without_purchase"):
        assert getattr(again, name) == getattr(dataset, name), name


def test_columns_made_of_others_come_back_with_their_recipes() -> None:
    dataset = make_dataset("made", TABLE, stated=Stated(derive={"worth": {"ratio": ["income"], "over": ["age"]}}))
    assert any(column.recipe for column in dataset.columns)
    assert dataset_of(dataset_values(dataset)).columns == dataset.columns


def test_the_table_lies_in_the_arrays_that_are_given() -> None:
    values = dataset_values(make_dataset("mixed", TABLE))
    table = dataset_of(values).table
    assert np.shares_memory(table["income"].to_numpy(), values["table"]["income"]["values"])
    letters = table["land"].array.__arrow_array__().chunk(0).buffers()[2]
    assert letters.address == values["table"]["land"]["letters"].ctypes.data


def test_a_part_of_a_longer_table_is_kept_without_the_rest() -> None:
    part = make_dataset("part", TABLE.iloc[10:40])
    pd.testing.assert_frame_equal(dataset_of(dataset_values(part)).table, part.table)
    assert dataset_values(part)["table"]["land"]["rows"] == 30


@pytest.mark.parametrize("odd", [["a", 1] * 30, pd.Categorical(["a", "b"] * 30), pd.array([1, None] * 30, "Int64")])
def test_a_table_with_other_types_is_not_kept(odd: object) -> None:
    assert dataset_values(make_dataset("odd", TABLE.assign(odd=odd))) == {}
