"""What an LMS gives for download becomes folders that grading reads, by nbgrader's zip_collect."""

import subprocess
import sys
import zipfile
from pathlib import Path

from autograder.reading.collect import find_students, read_handed

NAME = "Recommender_Systems.ipynb"
MOODLE = {
    f"Ada Lovelace_9001_assignsubmission_file_/{NAME}": "9001",
    f"Grace Hopper_9002_assignsubmission_file_{NAME}": "9002",
    "Jean_Luc O'Neil_9003_assignsubmission_file_/my answers (1).ipynb": "9003",
    "Alan Turing_9004_assignsubmission_file_/scan.pdf": "9004",
}
CANVAS = {
    f"lovelaceada_101_555_{NAME}": "101",
    f"hoppergrace_LATE_102_556_{NAME}": "102",
    "turingalan_103_557_Recommender_Systems-2.ipynb": "103",
}


def test_downloads_of_moodle_and_canvas_are_collected(course, opened, tmp_path):
    archives = tmp_path / "build" / "downloaded" / "recommender_systems" / "archive"
    archives.mkdir(parents=True)
    for name, members in (("CS 101-Practical-77.zip", MOODLE), ("submissions.zip", CANVAS)):
        with zipfile.ZipFile(archives / name, "w") as archive:
            for member in members:
                archive.writestr(member, opened.root.joinpath("notebooks", *_RELEASED).read_bytes())
    command = [Path(sys.executable).with_name("nbgrader"), "zip_collect", "recommender_systems"]
    command += [f"--CourseDirectory.root={tmp_path}"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

    submitted = tmp_path / "build" / "submitted"
    students = find_students(submitted, "recommender_systems")
    assert students == sorted([*MOODLE.values(), *CANVAS.values()])
    found = {name: read_handed(submitted, name, opened.assignment) for name in students}
    assert {name for name, handed in found.items() if handed.content is None} == {"9004"}
    assert found["9004"].why == "No notebook was handed in (only scan.pdf)."


_RELEASED = ("recommender_systems", NAME)
