"""Answers that two submissions share word for word: a hint to look, and nothing more."""

import io
import tokenize
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from autograder.reading.assignment import Assignment
from autograder.reading.submission import Submission

# Shorter answers are alike by themselves, and so is what many students write.
_FEWEST_TOKENS = 30
_FEWEST_EXERCISES = 3
_LARGEST_GROUP = 4
_SILENT = (
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
)


@dataclass
class Likeness:
    """Collects answers, and tells which pairs of students share several of them."""

    _groups: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, submission: Submission, assignment: Assignment) -> None:
        """Take the answers of one submission in."""
        for name, sources in submission.answers.items():
            tokens = _tokens("\n".join(sources))
            extra = Counter(tokens) - Counter(_tokens(assignment.exercises[name].stub))
            if extra.total() >= _FEWEST_TOKENS:
                self._groups[name, hash(tokens)].append(submission.student)

    def pairs(self) -> list[tuple[str, str, list[str]]]:
        """Two students and the exercises they share, those with the most first."""
        shared = defaultdict(list)
        for (name, _), students in sorted(self._groups.items()):
            if 2 <= len(students) <= _LARGEST_GROUP:
                for pair in combinations(sorted(students), 2):
                    shared[pair].append(name)
        found = [(*pair, names) for pair, names in shared.items()]
        alike = [item for item in found if len(item[2]) >= _FEWEST_EXERCISES]
        return sorted(alike, key=lambda item: (-len(item[2]), item[0], item[1]))


def _tokens(source: str) -> tuple[str, ...]:
    """The words of the code, without comments and layout; nothing is parsed or run."""
    try:
        stream = tokenize.generate_tokens(io.StringIO(source).readline)
        return tuple(token.string for token in stream if token.type not in _SILENT)
    except (tokenize.TokenError, SyntaxError):
        return tuple(source.split())
