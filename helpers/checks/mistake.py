"""Name the likely mistake behind a wrong answer.

A check puts questions to a student's work. Where it fails, what came back is held against what
known mistakes would give to the same questions. That needs nothing but the replies, so it works for
a namespace in this process and for a box alike.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from helpers.checks.compare import is_close
from helpers.checks.work import OnDevice, Returns, Work, WorkError


@dataclass(frozen=True)
class Exchange:
    """One question with its arguments, and the reply: plain data, or the `WorkError` it was."""

    question: str
    args: tuple
    options: Mapping[str, Any]
    reply: Any

    @property
    def function(self) -> str:
        """The name of the function or class that was asked."""
        return "build_annoy_index" if self.question == "build_index" else self.args[0]

    @property
    def second_attempt(self) -> bool:
        """Whether a function of the student's was stood in for."""
        stand_ins = self.options.get("stand_ins") or {}
        return any(isinstance(value, Returns) for value in stand_ins.values())

    @property
    def raised(self) -> str:
        """The message of the exception that the answer ended in, "" where it gave a reply."""
        return self.reply.message if isinstance(self.reply, WorkError) else ""


# Does a mistake show in these exchanges, the last of which made a check fail?
Sign = Callable[[Sequence[Exchange]], bool]


@dataclass(frozen=True)
class Mistake:
    """A known mistake: a `key`, a sentence for the student, and `signs`, any of which shows it."""

    key: str
    says: str
    signs: tuple[Sign, ...]

    def explains(self, exchanges: Sequence[Exchange]) -> bool:
        """Whether what a failing check heard is what this mistake gives.

        Where a check asked once more, with a stand-in for another exercise's function, either reply
        will do.
        """
        if not exchanges:
            return False
        attempts = [exchanges, exchanges[:-1]] if exchanges[-1].second_attempt else [exchanges]
        return any(sign(heard) for sign in self.signs for heard in attempts if heard)


def mistake(key: str, says: str, *signs: Sign) -> Mistake:
    """A row of a table of mistakes."""
    return Mistake(key, says, signs)


class Listener:
    """A work that keeps what was asked of it and what came back."""

    def __init__(self, work: Work):
        self._work = work
        self.exchanges: list[Exchange] = []

    def __getattr__(self, question: str) -> Callable:
        ask = getattr(self._work, question)

        def listen(*args, **options):
            try:
                reply = ask(*args, **options)
            except WorkError as error:
                self.exchanges.append(Exchange(question, args, options, error))
                raise
            self.exchanges.append(Exchange(question, args, options, reply))
            return reply

        return listen


def name_mistakes(
    mistakes: Sequence[Mistake],
    failures: Sequence[Sequence[Exchange]],
    passes: Sequence[Sequence[Exchange]] = (),
) -> list[Mistake | None]:
    """The likely mistake behind each failed check of an exercise, None where no known one fits.

    One reply can look like a mistake by chance. So a mistake has to explain an exception, or every
    failure of the function that was asked, or two of them. Of several the one that explains most
    failures is named, then the one that is also seen in most checks that passed, then the first.
    """
    asked = [heard[-1].function if heard else "" for heard in failures]
    candidates = [[m for m in mistakes if m.explains(heard)] for heard in failures]
    explained = Counter(
        (function, m.key)
        for function, fitting in zip(asked, candidates, strict=True)
        for m in fitting
    )

    def likelihood(function: str, m: Mistake) -> tuple[int, int]:
        of_same = [heard for heard in passes if heard and heard[-1].function == function]
        return explained[function, m.key], sum(m.explains(heard) for heard in of_same)

    named = []
    for function, heard, fitting in zip(asked, failures, candidates, strict=True):
        needed = 1 if heard and heard[-1].raised else min(2, asked.count(function))
        likely = [m for m in fitting if explained[function, m.key] >= needed]
        if len(likely) > 1:
            likely = [max(likely, key=partial(likelihood, function))]
        named.append(likely[0] if likely else None)
    return named


def calls(name: str, mistaken: Callable[..., Any]) -> Sign:
    """`name` returned what `mistaken` gives for the same arguments, arrays as float64."""

    def sign(exchanges: Sequence[Exchange]) -> bool:
        last = exchanges[-1]
        if last.question != "call" or last.args[0] != name:
            return False
        with np.errstate(all="ignore"):
            return alike(last.reply, mistaken(*map(_in_numpy, last.args[1:])))

    return sign


def raises(pattern: str, name: str = "") -> Sign:
    """The answer (`name`, where given) ended in an exception whose message matches `pattern`."""
    expression = re.compile(pattern)

    def sign(exchanges: Sequence[Exchange]) -> bool:
        said = exchanges[-1].raised
        return f"`{name}" in said and bool(expression.search(said))

    return sign


def alike(yours: Any, mistaken: Any) -> bool:
    """Whether a reply is what a mistake gives: the same structure and shapes, values close.

    Of a dict only the keys that `mistaken` has count. nan equals nan here: a mistake may give it.
    """
    if isinstance(mistaken, Mapping):
        return isinstance(yours, Mapping) and all(
            key in yours and alike(yours[key], value) for key, value in mistaken.items()
        )
    if isinstance(mistaken, list | tuple):
        if isinstance(yours, np.ndarray) and yours.ndim == 1 and len(yours) == len(mistaken):
            yours = yours.tolist()
        if not isinstance(yours, list) or len(yours) != len(mistaken):
            return False
        return all(alike(one, other) for one, other in zip(yours, mistaken, strict=True))
    if mistaken is None or isinstance(mistaken, str):
        return type(yours) is type(mistaken) and yours == mistaken
    if isinstance(yours, bool) or not isinstance(yours, int | float | np.ndarray):
        return False
    if np.shape(yours) != np.shape(mistaken):
        return False
    numbers = np.asarray(yours)
    if numbers.dtype.kind not in "fiu":
        return False
    holes = np.isnan(numbers)
    if not np.array_equal(holes, np.isnan(mistaken)):
        return False
    return is_close(numbers[~holes], np.asarray(mistaken)[~holes])


def _in_numpy(argument: Any) -> Any:
    return argument.array.astype(np.float64) if isinstance(argument, OnDevice) else argument
