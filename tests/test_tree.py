"""The tree of segments within segments, as text, lists and values."""

import pandas as pd
import pytest

from segkit.tree import Split, split_of, tree_markdown, tree_rows, tree_text, tree_values


def table(*sizes: int, numbers: tuple[int, ...] = ()) -> pd.DataFrame:
    numbers = numbers or tuple(range(len(sizes)))
    shares = [size / sum(sizes) for size in sizes]
    names = [f"people {number}" for number in numbers]
    return pd.DataFrame({"segment": numbers, "name": names, "customers": sizes, "share": shares})


@pytest.fixture
def tree() -> Split:
    deepest = split_of("shop.0.1", "c", "gmm-2", table(15, 10), {})
    inner = split_of("shop.0", "b", "kmeans-2", table(25, 25), {1: deepest})
    return split_of("shop", "a", "kmeans-3", table(50, 1, 49, numbers=(0, 1, -1)), {0: inner})


def test_the_tree_is_drawn_with_numbers_customers_and_shares_of_all(tree) -> None:
    assert tree_text(tree).splitlines() == [
        "shop  kmeans-3  100 customers",
        "├ 0 people 0           50   50 %   segmented again: kmeans-2",
        "│ ├ 0.0 people 0       25   25 %",
        "│ └ 0.1 people 1       25   25 %   segmented again: gmm-2",
        "│   ├ 0.1.0 people 0   15   15 %",
        "│   └ 0.1.1 people 1   10   10 %",
        "├ 1 people 1            1    1 %",
        "└ - people -1          49   49 %",
    ]


def test_a_split_that_is_not_recommended_says_so() -> None:
    inner = Split("shop.0", "b", "kmeans-2", (), recommended=False)
    rows = list(tree_rows(split_of("shop", "a", "kmeans-1", table(5), {0: inner})))
    assert [row.again for row in rows] == ["kmeans-2, which is not recommended"]


def test_a_long_name_is_cut_in_text_only(tree) -> None:
    long = split_of("shop", "a", "kmeans-1", table(5).assign(name="x" * 90), {})
    assert f"0 {'x' * 57}... " in tree_text(long)
    assert "x" * 90 in tree_markdown(long)


def test_lists_are_nested_by_depth(tree) -> None:
    lines = tree_markdown(tree).splitlines()
    assert lines[2] == "- **0** people 0: 50 customers, 50 %, segmented again: kmeans-2"
    assert lines[5] == "        - **0.1.0** people 0: 15 customers, 15 %"


def test_values_are_nested_and_count_shares_from_the_top(tree) -> None:
    values = tree_values(tree)
    assert [one["number"] for one in values["segments"]] == ["0", "1", "-"]
    deepest = values["segments"][0]["again"]["segments"][1]["again"]
    assert (deepest["run_id"], deepest["customers"]) == ("c", 25)
    first = deepest["segments"][0]
    assert (first["number"], first["segment"], first["customers"], first["again"]) == ("0.1.0", 0, 15, None)
    assert first["share"] == pytest.approx(0.15)
