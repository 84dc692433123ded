"""What a box does before its first fork must leave it fit to be forked."""

import psutil


def test_a_box_that_is_ready_has_one_thread_so_that_it_may_fork(sandbox):
    before = set(psutil.Process().children(recursive=True))
    with sandbox.start() as box:
        box.wait_until_ready()
        inside = set(psutil.Process().children(recursive=True)) - before
        assert inside
        assert {process.num_threads() for process in inside} == {1}
