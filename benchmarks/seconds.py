"""What the seconds of one right submission are made of.

python -m benchmarks.seconds
"""

import json
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from rich.progress import track

from autograder.compiled import compilation_cache
from autograder.course import Course
from autograder.grading import grade
from autograder.reading.collect import read_handed
from autograder.reading.submission import normalise
from autograder.record.feedback import feedback_page
from autograder.record.gradebook import GradebookWriter, nbgrader_config
from autograder.sandbox import Sandbox
from benchmarks.class_runs import describe_machine
from benchmarks.synthetic import NAME, ROOT, write_class
from benchmarks.tables import markdown_table, write_section

_TIMES = 5


def main() -> None:
    """Measure each step, one after the other, and write the medians down."""
    course = Course.open(ROOT, NAME, "benchmark")
    sandbox = Sandbox(ROOT, cache=compilation_cache(course, trusted=False))
    with tempfile.TemporaryDirectory() as name:
        submitted = Path(name) / "submitted"
        students = write_class(submitted, _TIMES, {"right": 1})
        config = nbgrader_config(ROOT)
        config.CourseDirectory.db_url = f"sqlite:///{name}/gradebook.db"
        config.CourseDirectory.autograded_directory = f"{name}/autograded"
        spent: dict[str, list[float]] = defaultdict(list)
        # Once for each worker: to start bubblewrap, and import JAX, Flax, Optax and Annoy.
        begun = time.perf_counter()
        sandbox.prove()
        importing = time.perf_counter() - begun
        with GradebookWriter(ROOT, course.assignment, config) as gradebook:
            for student in track(students, "Measuring"):
                _measure(student, submitted, course, sandbox, gradebook, spent)
    medians = {what: statistics.median(times) for what, times in spent.items()}
    rows = [[what, f"{seconds:.2f}"] for what, seconds in medians.items()]
    rows.append(["all of it", f"{sum(medians.values()):.2f}"])
    about = f"{describe_machine()}. Before the first one a worker imports JAX: {importing:.2f} s."
    text = f"{about}\n\n" + markdown_table(rows, ["step", "seconds"])
    write_section("seconds", text)
    print(text)


def _measure(student, submitted, course, sandbox, gradebook, spent) -> None:
    clock = time.perf_counter
    begun = clock()
    submission = normalise(read_handed(submitted, student, course.assignment), course.assignment)
    spent["find the answers"].append(clock() - begun)

    begun = clock()
    with sandbox.start() as box:
        box.wait_until_ready()
        starting = clock() - begun
    spent["fork a box"].append(starting)

    result, seconds = grade(submission, course, sandbox)
    for exercise, taken in seconds.items():
        spent[f"`{exercise}`"].append(taken)

    begun = clock()
    json.dumps(result)
    feedback_page(result, submission)
    spent["write the feedback"].append(clock() - begun)

    begun = clock()
    gradebook.record(result, submission, student)
    spent["record it in nbgrader's gradebook"].append(clock() - begun)


if __name__ == "__main__":
    main()
