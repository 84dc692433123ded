"""Mistakes that any answer can make."""

from collections.abc import Sequence

from helpers.checks.mistake import Exchange, mistake, raises


def _nothing(exchanges: Sequence[Exchange]) -> bool:
    return exchanges[-1].reply is None


MISTAKES = (
    mistake(
        "no_return",
        "The result is computed and then lost: hand it back with `return`.",
        _nothing,
        raises(r"it returned NoneType$|'NoneType'"),
    ),
    mistake(
        "unknown_name",
        "It uses a name that this cell does not define: a slip of the pen, or a variable that "
        "only another cell of your notebook has.",
        raises(r"raised (NameError|UnboundLocalError)"),
    ),
    mistake(
        "traced",
        "A value inside `jax.jit` or `jax.grad` is not a number yet: compute with jnp, without "
        "`float()`, `np.array()` or `if` on it.",
        raises(r"raised (Tracer|Concretization)|traced value"),
    ),
)
