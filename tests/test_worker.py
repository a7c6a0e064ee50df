"""What a process that does many jobs keeps of them."""

import gc
import weakref

from segkit.worker import ends_with_its_launcher, let_go


def test_what_a_job_leaves_in_circles_is_let_go():
    def job() -> weakref.ref:
        thing = Thing()
        thing.itself = thing
        return weakref.ref(thing)

    class Thing:
        itself: object

    gc.disable()
    try:
        let_go()  # the first time it may be put off
        assert ends_with_its_launcher(job)()() is None
    finally:
        gc.enable()
