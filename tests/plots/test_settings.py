"""Who draws with other settings leaves them as they were, whoever draws beside it."""

from threading import Event, Thread

from matplotlib import rcParams

from segkit.plots.settings import drawn_with


def test_of_two_who_draw_at_once_one_waits_and_nothing_is_left_changed():
    before, begun = rcParams["text.hinting"], Event()

    def draw():
        with drawn_with({"text.hinting": "none"}):
            begun.set()

    other = Thread(target=draw)
    with drawn_with({"text.hinting": "no_hinting"}):
        other.start()
        assert not begun.wait(0.05)
        assert rcParams["text.hinting"] == "no_hinting"
    other.join(10)
    assert begun.is_set()
    assert rcParams["text.hinting"] == before
