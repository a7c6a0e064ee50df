"""Screen C: the card of a segment, at a table's run and at a registered version."""

import csv
import io
import re

import pytest


@pytest.fixture(scope="module")
def content(answered):
    """What the answer is made of, to hold pages against."""
    from segkit.app.gathered.contents import of_sweep
    from segkit.app.running import work

    folder, table = answered
    found = work.work_of(folder / "mlruns" / "app" / table.rpartition("/")[2])
    return of_sweep(settings_of(folder), found.sweep, found.ended)


def settings_of(folder):
    from segkit.app.settings import Settings

    return Settings({"folder": str(folder / "mlruns"), "uri": None, "experiment": "segkit"}, 10_000_000)


@pytest.fixture(scope="module")
def registry(answered, copy_store, tmp_path_factory):
    """A copy of the store, in which models are registered."""
    folder = tmp_path_factory.mktemp("registry")
    copy_store(answered[0], folder)
    return folder


@pytest.fixture
def own(answered, registry, serve):
    return serve(folder=registry), answered[1]


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def registered(client, table: str, segment: int = 1) -> str:
    """The card of a segment in the first version of the table's run, which is registered if it is not."""
    made = client.post(f"{table}/segments/{segment}/register", by="Ada")
    assert made.status == 303, made.text
    return re.sub(r"versions/\d+", "versions/1", made.headers["location"])


def newest(client, card: str) -> int:
    """The number of the newest version, as a card of another one says."""
    found = re.search(r"Version (\d+) of shop is newer", client.get(card).text)
    return int(found[1]) if found else int(card.split("/")[4])


def test_the_card_is_the_reports(served, parts, content):
    client, table = served
    for card in content.cards:
        text = parts(client.get(f"{table}/segments/{card.segment}").text).text
        assert text.count(card.name) >= 1
        for words in (
            card.paragraph,
            card.rule,
            card.reliance,
            *card.facts,
            *card.outcomes,
            *(value for value, _ in card.figures),
        ):
            assert " ".join(words.split()) in text


def test_cards_lead_to_each_other_in_a_ring(served, content):
    client, table = served
    first, seen = f"{table}/segments/{content.cards[0].segment}", []
    place = first
    while place not in seen:
        seen.append(place)
        place = re.search(r'href="([^"]+)" rel="next"', client.get(place).text)[1]
    assert place == first
    assert len(seen) == len(content.cards)


def test_the_query_says_how_exactly_it_finds_them(served, parts, content):
    client, table = served
    portrait = content.portrait
    segment, rule = next(iter(portrait.alone.items()))
    text = parts(client.get(f"{table}/segments/{segment}").text).text
    assert 'SELECT "customer_id" FROM "shop" WHERE ' in text
    assert re.search(rf"it finds {rule.customers} customers: \d+ of 100 of them belong", text)


def test_another_run_of_the_sweep_has_cards_too(served, parts, content):
    client, table = served
    other = next(one.run for one in content.told.ranking.runs if one.run.run_id != content.told.run.run_id)
    page = client.get(f"{table}/segments/0?run={other.run_id}")
    assert f"found by {other.name}" in parts(page.text).text
    assert f'{table}/segments/1?run={other.run_id}" rel="next"' in page.text
    assert f'{table}/segments/0/list?run={other.run_id}"' in page.text


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("segments/99", "there is no segment 99"),
        ("segments/0?run=ffff", "has no run ffff"),
        ("segments/0?run='", "has no run '"),
        ("segments/0/list?on.incom=1-2", "did you mean income"),
    ],
)
def test_what_is_not_there_is_said(served, parts, end, said):
    client, table = served
    refused = client.get(f"{table}/{end}")
    assert refused.status == 422
    assert said in parts(refused.text).text


def test_models_and_numbers_that_are_none(served):
    client, table = served
    assert client.get("/models/nobody/versions/1/segments/0").status == 422
    assert client.get(f"{table}/segments/x").status == 404
    assert client.get(f"{table}/segments/1/register").status == 405


def test_without_an_answer_there_is_no_card(client, some_customers):
    table = client.table("customers.csv", some_customers)
    card = client.get(f"{table}/segments/0")
    assert (card.status, card.headers["location"]) == (303, f"{table}/answer")


def test_the_list_holds_the_segments_customers_the_surest_first(served, content):
    client, table = served
    answer = client.get(f"{table}/segments/1/list")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''shop%20segment%201.csv"
    rows = rows_of(answer.text)
    portrait = content.portrait
    expected = portrait.dataset.ids[portrait.labels == 1].astype(str)
    assert sorted(row["customer_id"] for row in rows) == sorted(expected)
    sure = [float(row["confidence"]) for row in rows]
    assert sure == sorted(sure, reverse=True)


def test_filters_leave_whom_they_should(served, content):
    client, table = served
    income = content.portrait.typed["income"].to_numpy()
    data = client.get(f"{table}/segments/1/customers").json
    bins = next(one for one in data["columns"] if one["name"] == "income")["bins"]
    last = len(bins) - 1
    found = rows_of(client.get(f"{table}/segments/1/list?on.income=4-{last}&who=all").text)
    border = float(bins[4].partition(" to ")[0].replace(",", ""))
    assert len(found) == (income >= border).sum() > 0
    own = rows_of(client.get(f"{table}/segments/1/list?on.income=4-{last}").text)
    assert len(own) == ((income >= border) & (content.portrait.labels == 1)).sum()
    left = client.get(f"{table}/segments/1/left?on.income=4-{last}").json
    assert left["1"] == len(own)
    assert sum(left.values()) == len(found)
    nobody = client.get(f"{table}/segments/1/list?box=300,300,301,301&who=all")
    assert nobody.text.splitlines() == ["customer_id,segment,segment_name,confidence"]


def test_what_is_drawn_fits_together(served, content):
    client, table = served
    data = client.get(f"{table}/segments/1/customers").json
    count = len(data["labels"])
    assert count == len(data["ids"]) == len(data["places"]) / 2 == len(content.portrait.labels)
    assert sum(one["customers"] for one in data["segments"]) == data["customers"] == count
    names = [one["name"] for one in data["columns"]]
    assert "customer_id" not in names
    assert set(data["telling"]) <= set(names)
    for column in data["columns"]:
        assert len(column["codes"]) == count
        assert max(column["codes"]) < len(column["bins"])


def test_the_pictures_have_words(served, parts):
    client, table = served
    images = [said for tag, said in parts(client.get(f"{table}/segments/1/pictures").text).tags if tag == "img"]
    assert images
    assert all(said["alt"] for said in images)


def test_registering_leads_to_the_version_once(own, parts):
    client, table = own
    card = registered(client, table)
    assert card == "/models/shop/versions/1/segments/1"
    assert "Segment 1 of shop version 1" in parts(client.get(card).text).text
    before = newest(client, card)
    assert registered(client, table, 2) == "/models/shop/versions/1/segments/2"
    assert newest(client, card) == before
    assert f"/models/shop/versions/{before}/segments/1" in client.get(f"{table}/segments/1").text
    assert f'href="{table}/answer"' in client.get(card).text


def test_a_name_makes_a_version_that_says_who_gave_it(own, parts):
    client, table = own
    card = registered(client, table)
    before = newest(client, card)
    renamed = client.post(f"{card}/rename", called="<b>Gold</b>, =1+1", by="Bea").headers["location"]
    assert renamed == f"/models/shop/versions/{before + 1}/segments/1"
    page = client.get(renamed)
    assert "<b>Gold" not in page.text
    text = parts(page.text).text
    assert re.search(r"renamed 1 \(.*\) to <b>Gold</b>, =1\+1, by Bea on \d{4}-", text)
    assert newest(client, card) == before + 1
    assert client.post(f"{renamed}/rename", called="<b>Gold</b>, =1+1", by="Bea").headers["location"] == renamed


def test_names_that_a_spreadsheet_would_work_out_are_made_harmless(own):
    client, table = own
    card = client.post(f"{registered(client, table)}/rename", called="=HYPERLINK(A1)", by="").headers["location"]
    names = {row["segment_name"] for row in rows_of(client.get(f"{card}/list?who=all").text)}
    assert "'=HYPERLINK(A1)" in names


def test_a_name_that_cannot_be_is_refused_and_nothing_is_made(own, parts):
    client, table = own
    card = registered(client, table)
    before, other = newest(client, card), re.search(r'rel="next" title="([^"]+)"', client.get(card).text)[1]
    for name, said in ((other, "are both called"), (" ", "cannot be without a name"), ("x" * 81, "longer than 80")):
        refused = client.post(f"{card}/rename", called=name, by="Bea")
        assert refused.status == 422
        assert said in parts(refused.text).text
        assert f'href="{card}"' in refused.text
    assert newest(client, card) == before


def test_a_merge_is_shown_before_it_is_done(own, parts, content):
    client, table = own
    card = registered(client, table)
    before = newest(client, card)
    both = int(((content.portrait.labels == 1) | (content.portrait.labels == 2)).sum())
    preview = parts(client.get(f"{card}/merge?with=2").text).text
    assert "Nothing is changed yet" in preview
    assert f"% of all {both}" in preview
    assert newest(client, card) == before
    merged = client.post(f"{card}/merge", **{"with": "2", "called": "Both", "by": "Cy"}).headers["location"]
    assert merged == f"/models/shop/versions/{before + 1}/segments/1"
    page = parts(client.get(merged).text).text
    assert f"{both} customers, " in page
    assert "has not been tested" in page
    assert f'href="{merged}"' in client.get(f"{table}/segments/2").text


@pytest.mark.parametrize(
    ("other", "said"),
    [("1", "one segment cannot be merged"), ("9", "no segment 9"), ("", "no segment is named")],
)
def test_a_merge_that_cannot_be_is_refused(own, parts, other, said):
    client, table = own
    card = registered(client, table)
    for refused in (client.get(f"{card}/merge?with={other}"), client.post(f"{card}/merge", **{"with": other})):
        assert refused.status == 422
        assert said in parts(refused.text).text


def test_registering_follows_the_people_to_their_new_number(own, content):
    client, table = own
    registered(client, table)
    other = next(one.run for one in content.told.ranking.runs if one.run.k != content.told.run.k)
    for segment in (0, 1):
        asked = f"?run={other.run_id}"
        there = client.post(f"{table}/segments/{segment}/register{asked}", by="Ada").headers["location"]
        before, after = (
            rows_of(client.get(f"{table}/segments/{segment}/list{asked}").text),
            rows_of(client.get(f"{there}/list").text),
        )
        assert {row["customer_id"] for row in before} == {row["customer_id"] for row in after}
