"""The bank of answers through real boxes."""

import pytest

from autograder.sandbox import SandboxError
from benchmarks.prove import prove


@pytest.mark.slow
def test_the_autograder_judges_and_names_every_answer_of_the_bank():
    try:
        proof = prove()
    except SandboxError as error:
        pytest.skip(str(error))
    assert proof.holds, list(proof.faults())
    *_, (_, right, full, wrong, below, named, reported) = proof.rows()
    assert right == full >= 60
    assert wrong == below >= 180
    assert reported >= 0.9 * named
