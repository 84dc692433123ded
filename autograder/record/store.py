"""Results on disk: one JSON file per student, and what is needed to go on after an interruption."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.record.files import file_name, write_atomically


@dataclass(frozen=True)
class State:
    """A result with what it was graded for (`digest`; `answers` is that of the submission alone)
    and the seconds that each exercise took."""

    digest: str
    answers: str
    seconds: dict[str, float]
    result: dict


class ResultStore:
    """The folder of results, `DIR` of the command line.

    `DIR/<student>.json` is the result, `DIR/.state/<student>.json` its `State`.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def finished(self, student: str, digest: str) -> dict | None:
        """The result of an earlier run with this digest, if there is one."""
        state = self.last(student)
        return state.result if state and state.digest == digest else None

    def last(self, student: str) -> State | None:
        """The newest result, whatever it was graded for."""
        try:
            state = State(**json.loads(self._state_path(student).read_bytes()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            # A full disk can leave an empty file behind, an older autograder another form: the
            # submission is graded again.
            return None
        return state if state.result["student"] == student else None

    def put(self, state: State) -> None:
        """Keep a result; of two runs that write at once, one wins whole."""
        path = self._state_path(state.result["student"])
        write_atomically(path, json.dumps(asdict(state)).encode())
        self.publish(state.result)

    def publish(self, result: dict) -> None:
        """Write `<student>.json` where it is not there as it should be."""
        path = self.folder / file_name(result["student"], ".json")
        content = (json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode()
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)

    def results(self, students: list[str]) -> Iterator[tuple[dict, dict[str, float]]]:
        """Result and seconds of each of `students` that has them."""
        for student in students:
            state = self.last(student)
            if state:
                yield state.result, state.seconds

    def published(self) -> Iterator[dict]:
        """Every result in the folder, by file name."""
        for path in sorted(self.folder.glob("*.json")):
            yield json.loads(path.read_bytes())

    def _state_path(self, student: str) -> Path:
        return self.folder / ".state" / file_name(student, ".json")
