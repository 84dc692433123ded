"""A box is ready before it is needed, and none is left behind."""

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
    ahead = BoxesAhead(sandbox)
    with ahead.start() as first:
        first.wait_until_ready()
        before = boxes()
        (spare,) = [
            box for box in before if box.create_time() == max(b.create_time() for b in before)
        ]
        spare.kill()
        psutil.wait_procs([spare], timeout=10)
        with ahead.start() as second:
            second.wait_until_ready()
    ahead.close()
    assert boxes() == []


def boxes() -> list[psutil.Process]:
    return psutil.Process().children()
