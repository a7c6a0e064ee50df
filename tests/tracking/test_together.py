"""Doing the same for many runs: in order from a file, several at a time where each waits for a server."""

import threading
from dataclasses import replace

import pytest

from segkit.tracking.together import for_each


@pytest.mark.parametrize("uri", ["sqlite:///runs.db", "http://mlflow.example"])
def test_what_comes_of_each_stands_in_their_order(store, uri):
    assert for_each(replace(store, uri=uri), str, range(20)) == list(map(str, range(20)))


def test_a_server_is_asked_several_things_at_a_time(store):
    met = threading.Barrier(2, timeout=10)
    assert for_each(replace(store, uri="http://mlflow.example"), lambda _: met.wait() >= 0, range(2)) == [True, True]


def test_what_goes_wrong_with_one_is_raised(store):
    with pytest.raises(ZeroDivisionError):
        for_each(replace(store, uri="http://mlflow.example"), lambda number: 1 / number, [1, 0])
