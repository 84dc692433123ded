"""A box is ready before it is needed, and none is left behind."""

import contextlib

import psutil

from autograder.boxes_ahead import BoxesAhead


def test_the_next_box_is_started_with_this_one_and_stopped_at_the_end(sandbox):
    ahead = BoxesAhead(sandbox)
    with ahead.start() as first:
        first.wait_until_ready()
        assert len(boxes()) == 2
        with ahead.start() as second:
            second.wait_until_ready()
            assert first is not second
            assert len(boxes()) == 3
    ahead.close()
    assert boxes() == []
    with ahead.start() as after:
        after.wait_until_ready()
        assert len(boxes()) == 1


def test_a_box_that_ended_while_it_waited_is_replaced(sandbox):
    with contextlib.closing(BoxesAhead(sandbox)) as ahead, ahead.start() as first:
        first.wait_until_ready()
        # Started last; their times are too coarse to tell.
        spare = max(boxes(), key=lambda box: box.pid)
        spare.kill()
        psutil.wait_procs([spare], timeout=10)
        with ahead.start() as second:
            second.wait_until_ready()
    assert boxes() == []


def boxes() -> list[psutil.Process]:
    return psutil.Process().children()
