"""Two runs of a sweep side by side: how alike they are, who differs, and the list of them."""

import io
import re

import numpy as np
import pandas as pd
import pytest

from segkit.app.compared.crossing import crossing_of, sentences
from segkit.app.compared.differing import borders, group_of
from segkit.errors import UserError
from segkit.identity.two_runs import Seen, held_against


def runs_of(parts, page: str) -> list[str]:
    """The ids of the runs that can be chosen."""
    ids = [said["value"] for tag, said in parts(page).tags if tag == "option"]
    return list(dict.fromkeys(ids))


def chosen(parts, page: str) -> list[str]:
    return [said["value"] for tag, said in parts(page).tags if tag == "option" and "selected" in said]


def cells_of(page: str) -> list[tuple[str, str, int]]:
    """The cells that hold customers: from, to, how many."""
    found = re.findall(r"from=(-?\d+)&amp;to=(-?\d+)#who\"[^>]*>([\d,]+)<", page)
    return [(before, after, int(count.replace(",", ""))) for before, after, count in found]


@pytest.fixture
def page(served) -> str:
    client, table = served
    answer = client.get(f"{table}/compare")
    assert answer.status == 200
    return answer.text


def test_the_answer_leads_to_the_comparison(served, parts):
    client, table = served
    links = [said.get("href") for tag, said in parts(client.get(f"{table}/answer").text).tags if tag == "a"]
    with_runs = [one for one in links if one and one.startswith(f"{table}/compare?a=")]
    assert f"{table}/compare" in links
    assert with_runs
    assert client.get(with_runs[0]).status == 200


def test_two_runs_are_chosen_by_themselves_and_differ(page, parts):
    runs = runs_of(parts, page)
    assert len(runs) == 4
    first, second = chosen(parts, page)
    assert first != second
    assert {first, second} <= set(runs)


def test_it_says_how_alike_they_are(page, parts):
    text = parts(page).text
    assert re.search(r"\d+ % of the customers are in matching segments\. Adjusted Rand index -?\d\.\d\d", text)
    for heading in ("Who is where", "Who differs", "What differs between the runs"):
        assert heading in text


def test_all_customers_are_in_the_table_once(page):
    assert sum(count for _, _, count in cells_of(page)) == 120


def test_any_two_runs_can_be_compared(served, parts, page):
    client, table = served
    *_, one, other = runs_of(parts, page)
    again = client.get(f"{table}/compare?a={other}&b={one}")
    assert chosen(parts, again.text) == [other, one]
    assert cells_of(again.text)


def test_the_other_way_round_the_same_customers_differ(served, parts, page):
    client, table = served
    first, second = chosen(parts, page)
    there = client.get(f"{table}/compare.csv?a={first}&b={second}").text
    back = client.get(f"{table}/compare.csv?a={second}&b={first}").text
    names = ["customer_id", "segment_b", "segment_a"]
    one, other = (pd.read_csv(io.StringIO(text))[names] for text in (there, back))
    assert one.to_numpy().tolist() == other[["customer_id", "segment_a", "segment_b"]].to_numpy().tolist()


def test_the_list_holds_all_of_a_cell(served, parts, page):
    client, table = served
    first, second = chosen(parts, page)
    for before, after, count in cells_of(page):
        answer = client.get(f"{table}/compare.csv?a={first}&b={second}&from={before}&to={after}")
        rows = pd.read_csv(io.StringIO(answer.text))
        assert len(rows) == count
        assert set(rows["segment_a"]) == {int(before)}
        assert set(rows["segment_b"]) == {int(after)}
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["content-type"].startswith("text/csv")


def test_segments_are_those_that_the_runs_gave(served, parts, page):
    from segkit.tracking.registry.versions import run_labels
    from segkit.tracking.store import open_store

    client, table = served
    first, second = chosen(parts, page)
    rows = pd.read_csv(io.StringIO(client.get(f"{table}/compare.csv?a={first}&b={second}").text)).set_index(
        "customer_id"
    )
    store = open_store(str(client.folder / "mlruns"))
    assert len(rows) > 0
    for run, column in ((first, "segment_a"), (second, "segment_b")):
        assert run_labels(store, run).loc[rows.index].tolist() == rows[column].tolist()


def test_at_most_fifty_are_shown_by_id(served, parts, page):
    client, table = served
    before, after, count = max(cells_of(page), key=lambda cell: cell[2])
    text = client.get(f"{table}/compare?from={before}&to={after}").text
    shown = re.findall(r'<th scope="row" title="(C\d+)">', text)
    assert len(shown) == min(count, 50)
    assert shown == sorted(shown)


@pytest.mark.parametrize("asked", ["a=nonsense", "a='%20OR%201=1", "from=99&to=0", "from=0", "to=", "from=x&to=y"])
def test_what_is_not_there_is_refused_in_words(served, parts, asked):
    client, table = served
    for address in ("compare", "compare.csv"):
        answer = client.get(f"{table}/{address}?{asked}")
        assert answer.status == 422
        assert "there is no" in parts(answer.text).text


def test_one_run_twice_is_said(served, parts, page):
    client, table = served
    run = runs_of(parts, page)[0]
    assert "one run twice" in parts(client.get(f"{table}/compare?a={run}&b={run}").text).text


def test_before_there_is_an_answer_it_is_not_there(client, some_customers):
    table = client.table("customers.csv", some_customers)
    for address in ("compare", "compare.csv"):
        answer = client.get(f"{table}/{address}")
        assert (answer.status, answer.headers["location"]) == (303, f"{table}/answer")


def two(first: list[int], second: list[int], sure: float = 0.9):
    names = {0: "Young", 1: "Old"}
    seen = [Seen(np.array(one), np.full(len(one), sure), names) for one in (first, second)]
    return held_against(*seen)


def test_a_cell_is_held_against_the_rest_of_its_segment():
    group = group_of(two([0, 0, 0, 1, 1], [0, 0, 1, 1, 1]), {"from": "0", "to": "1"})
    assert group.theirs.tolist() == [False, False, True, False, False]
    assert group.others.tolist() == [True, True, False, False, False]
    assert "A0 Young and B1 Old" in group.says


def test_the_unsure_are_held_against_all_others():
    group = group_of(two([0, 0, 1], [0, 1, 1], sure=0.5), {"unsure": "both"})
    assert group.theirs.all()
    assert not group.others.any()


def test_a_cell_that_is_none_is_refused():
    with pytest.raises(UserError, match="no segment 7"):
        group_of(two([0, 1], [0, 1]), {"from": "0", "to": "7"})


def test_borders_are_told_only_where_somebody_differs():
    assert borders(two([0, 0, 1, 1], [0, 0, 1, 1])) == ""
    assert borders(two([0, 0, 0, 1, 1], [0, 0, 1, 1, 1])).startswith("Of those who differ 0 %")


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], ["Both put every customer in the same segment."]),
        ([0] * 9 + [1] * 9, [0] * 8 + [1] * 10, ["No segment splits"]),
        ([0] * 8 + [1], [0] * 5 + [1] * 3 + [2], ["A0 Young splits: 62 % to B0 and 38 % to B1."]),
        ([0] * 5 + [1] * 3 + [2], [0] * 8 + [1], ["B0 Young is made of several: 62 % from A0 and 38 % from A1."]),
        ([0] * 9 + [1] * 9, [0] * 9 + [1] * 8 + [-1], ["B leaves 1 customer unassigned whom A gives a segment."]),
    ],
)
def test_what_splits_and_merges_is_told_in_sentences(first, second, words):
    found = sentences(two(first, second))
    assert len(found) == len(words)
    assert all(one.startswith(start) for one, start in zip(found, words, strict=True))


def test_matching_segments_have_one_colour():
    crossing = crossing_of(two([0, 0, 0, 1, 1, 2], [1, 1, 1, 0, 0, -1]))
    assert [one.segment for one in crossing.heads] == [1, 0, -1]
    rows = [row for row, _ in crossing.rows]
    assert [one.colour for one in crossing.heads[:2]] == [one.colour for one in rows[:2]]
    assert [[cell.matches for cell in cells] for _, cells in crossing.rows] == [
        [True, False, False],
        [False, True, False],
        [False, False, False],
    ]
