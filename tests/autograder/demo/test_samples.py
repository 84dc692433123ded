"""Sample submissions: all right, half done, blank, hostile."""

import nbformat
import pytest

from autograder.demo.hostile import ATTACKS
from autograder.demo.samples import answer_ids, write_samples

ASSIGNMENT = "recommender_systems"
NAME = "Recommender_Systems.ipynb"


@pytest.fixture
def samples(course, tmp_path):
    released, solved = (
        course / "notebooks" / ASSIGNMENT / NAME,
        course / "solutions" / ASSIGNMENT / NAME,
    )
    students = write_samples(released, solved, tmp_path, ASSIGNMENT)
    return {name: nbformat.read(tmp_path / name / ASSIGNMENT / NAME, 4) for name in students}


def unwritten(notebook):
    return [
        cell.metadata.nbgrader.grade_id
        for cell in notebook.cells
        if cell.cell_type == "code" and "raise NotImplementedError" in cell.source
    ]


def test_each_sample_answers_what_its_name_says(samples):
    exercises = answer_ids(samples["blank"])
    assert len(exercises) == 12
    assert unwritten(samples["all_right"]) == []
    assert unwritten(samples["half_done"]) == exercises[6:]
    assert unwritten(samples["blank"]) == exercises
    assert unwritten(samples["hostile"]) == []


def test_the_hostile_one_attacks_in_some_exercises_and_is_right_in_the_others(samples):
    def answers(name):
        return {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in samples[name].cells
            if cell.metadata.get("nbgrader", {}).get("grade_id") in answer_ids(samples["blank"])
        }

    right, hostile = answers("all_right"), answers("hostile")
    assert {name for name in right if right[name] != hostile[name]} == set(ATTACKS)


def test_a_sample_keeps_the_cells_of_the_release(samples):
    ids = [[cell.id for cell in notebook.cells] for notebook in samples.values()]
    assert ids[0] == ids[1] == ids[2]
    assert not any("grading_tests" in cell.source for cell in samples["all_right"].cells)
