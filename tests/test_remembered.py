"""What is remembered, and what is forgotten so that memory lasts."""

import threading

import pandas as pd
import pytest

from segkit.remembered import bytes_of, remembers


@pytest.fixture
def made():
    """A function that makes a text so long, remembered up to 100 letters, and the list of what it was asked for."""
    asked = []

    @remembers(len, 100)
    def make(letters: int, of: str = "x") -> str:
        asked.append(letters)
        return of * letters

    return make, asked


def test_the_same_again_is_not_made_again(made):
    make, asked = made
    assert make(40) is make(40)
    assert asked == [40]


def test_the_oldest_is_forgotten_when_they_are_too_large_together(made):
    make, asked = made
    for letters in (40, 50, 30, 50, 40):
        make(letters)
    assert asked == [40, 50, 30, 40]


def test_what_was_used_lately_stays(made):
    make, asked = made
    for letters in (40, 50, 40, 30, 40):
        make(letters)
    assert asked == [40, 50, 30]


def test_the_latest_stays_however_large(made):
    make, asked = made
    for letters in (40, 500, 500, 40):
        make(letters)
    assert asked == [40, 500, 40]


def test_not_more_than_sixteen_stay():
    asked = []
    make = remembers(len)(lambda letters: asked.append(letters) or letters * "x")
    for letters in (*range(17), 16, 1, 0):
        make(letters)
    assert asked == [*range(17), 0]


def test_other_words_for_an_argument_are_another_result(made):
    make, _ = made
    assert make(3, of="a") == "aaa"
    assert make(3, of="b") == "bbb"


def test_what_fails_is_tried_again():
    tries = []

    @remembers(len)
    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("not yet")
        return "made"

    with pytest.raises(ValueError, match="not yet"):
        make()
    assert make() == "made"


def test_many_may_ask_at_once(made):
    make, _ = made
    wrong = []

    def ask() -> None:
        wrong.extend(letters for turn in range(200) if len(make(letters := 10 + turn % 40)) != letters)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_who_asks_for_the_same_at_once_waits_for_it():
    asked, begun, goes_on = [], threading.Event(), threading.Event()

    @remembers(len)
    def make(text: str) -> str:
        asked.append(text)
        begun.set()
        goes_on.wait(10)
        return text * 2

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(make("a"))) for _ in range(3)]
    threads[0].start()
    begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    goes_on.set()
    for thread in threads:
        thread.join(10)
    assert (asked, answers) == (["a"], ["aa"] * 3)


def test_texts_count_with_their_letters():
    short, long = (pd.DataFrame({"a": [letters * "x" for _ in range(10)]}) for letters in (1, 1000))
    assert bytes_of(long) > bytes_of(short) + 9000
    assert bytes_of(short, long) == bytes_of(short) + bytes_of(long)
