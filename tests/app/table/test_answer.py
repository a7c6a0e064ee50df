"""Screen B: while a sweep runs, and the answer when it is done."""

import re


def test_the_answer_stands_first(served, parts):
    client, table = served
    page = client.get(f"{table}/answer")
    assert page.status == 200
    text = parts(page.text).text
    assert "We recommend" in text or "We do not recommend" in text
    for heading in ("how sure each is", "What else might have been chosen", "How far to rely on it", "All figures"):
        assert heading in text
    assert "What more segments would do" in text


def test_no_run_is_offered_twice(served, parts):
    client, table = served
    links = [said["href"] for tag, said in parts(client.get(f"{table}/answer").text).tags if tag == "a"]
    promotions = [link for link in links if "/promote?" in link]
    assert len(promotions) > 1
    assert len(set(promotions)) == len(promotions)


def test_the_answer_shows_the_commands(served, parts):
    client, table = served
    text = parts(client.get(f"{table}/answer").text).text
    assert "segkit promote sweep=" in text
    assert "data.use.truth=truth" in text


def test_pictures_have_words(served, parts):
    client, table = served
    images = [said for tag, said in parts(client.get(f"{table}/answer").text).tags if tag == "img"]
    assert images
    assert all(said["alt"] for said in images)


def test_the_report_opens(served, parts):
    client, table = served
    report = client.get(f"{table}/report")
    assert report.status == 200
    assert "who the segments are" in parts(report.text).text
    assert f'href="{table}/answer"' in report.text


def test_an_answer_to_what_was_understood_before_says_so(served, parts):
    client, table = served
    client.post(f"{table}/understood", what="move", column="income", use="describe_with")
    assert "before you changed it" in parts(client.get(f"{table}/answer").text).text
    client.post(f"{table}/understood", what="back", said="data.use.income=describe_with")
    assert "before you changed it" not in parts(client.get(f"{table}/answer").text).text


def test_without_a_start_the_table_is_shown(client, some_customers):
    table = client.table("customers.csv", some_customers)
    answer = client.get(f"{table}/answer")
    assert (answer.status, answer.headers["location"]) == (303, f"{table}/understood")
    assert client.get(f"{table}/progress").json == {"state": "none"}


def test_a_start_of_another_kind_is_refused(client, some_customers):
    refused = client.post(f"{client.table('customers.csv', some_customers)}/start", depth="firts")
    assert refused.status == 422
    assert "did you mean first" in refused.text


def test_models_are_listed(served, parts):
    client, _ = served
    assert "None yet" in parts(client.get("/models").text).text


def test_every_segment_leads_to_its_card_and_back(served):
    client, table = served
    page = client.get(f"{table}/answer").text
    links = sorted(set(re.findall(rf"{table}/segments/\d+(?=\")", page)))
    assert len(links) >= 3
    for link in links:
        assert f'href="{table}/answer#segments"' in client.get(link).text
