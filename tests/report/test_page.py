"""The page: the answer first, a card per segment, nothing from the network, no customer."""

import re

import pytest

from segkit.report.page import headline, report_page
from segkit.segments import NOISE


@pytest.fixture(scope="module")
def page(content) -> str:
    return report_page(content)


@pytest.fixture(scope="module")
def text(page, parts) -> str:
    return parts(page).text


def test_the_answer_stands_before_everything_else(text, content) -> None:
    assert content.recommendation.startswith("We recommend 4 segments. They are stable, but a continuum")
    assert text.index(content.recommendation) < text.index("Which segments first") < text.index("The segments")
    assert content.against in text


def test_each_segment_has_a_card_with_what_a_marketer_acts_on(text, content) -> None:
    for card in content.cards:
        assert card.segment != NOISE
        for told in (card.name, card.paragraph, *card.facts, card.rule):
            assert " ".join(told.split()) in text
    assert any(card.ideas for card in content.cards)
    differ = content.portrait.outcomes.query("sure != 'no clear difference'")
    assert sum(len(card.outcomes) for card in content.cards) == len(differ)
    assert [card.segment for card in content.cards] == sorted(card.segment for card in content.cards)


def test_a_segment_that_dissolves_is_not_to_be_relied_on(text, content) -> None:
    assert "on another sample this segment dissolves" in text
    out = content.advice.first[content.advice.first["knocked_out"].astype(bool)]
    assert out["segment"].tolist() == [3]


def test_the_page_loads_nothing_and_shows_no_customer(page, ids) -> None:
    assert not re.search(r"(src|href)=[\"'](?!data:|#)", page)
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    words = set(re.findall(r"[\w-]+", re.sub(r"data:image/png;base64,[^\"]*", "", page)))
    assert not words & {one for one in ids if not one.isdigit()}


def test_pictures_stand_in_their_groups(page, parts) -> None:
    names = [attrs.get("id") for tag, attrs in parts(page).tags if tag == "figure"]
    assert names[0] == "worth"
    assert {"cloud", "profile", "heat", "between", "answers", "stability", "separation", "silhouette", "tree"} <= set(
        names
    )
    assert len(names) == len(set(names))
    images = [attrs for tag, attrs in parts(page).tags if tag == "img"]
    assert all(attrs["src"].startswith("data:image/png;base64,") and attrs["alt"] for attrs in images)


def test_the_questions_can_be_answered_on_the_page(page, content, parts) -> None:
    radios = [attrs for tag, attrs in parts(page).tags if tag == "input"]
    assert len(radios) == sum(len(question.answers) for question in content.portrait.typing.questions)


def test_names_from_data_are_escaped(content) -> None:
    from dataclasses import replace

    evil = "<script>alert(1)</script>"
    cards = [replace(card, name=evil) for card in content.cards]
    assert evil not in report_page(replace(content, cards=cards))


def test_a_run_on_its_own_is_told_as_one(content) -> None:
    from dataclasses import replace

    alone = replace(content, told=replace(content.told, ranking=None, rivals=None))
    assert "nothing to compare them with" in report_page(alone)


def test_figures_at_the_top(content) -> None:
    shown = {title: value for value, title in headline(content)}
    assert shown["segments"] == "4"
    assert shown["customers"] == "400"
    assert len(shown) == 4
