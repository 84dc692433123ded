"""`python -m autograder`. Workers import this module too, and nothing of what it starts."""

import sys

if __name__ == "__main__":
    # jsonschema, which nbgrader needs, prepares grammars for all kinds of web addresses where it
    # finds this package: two seconds, and no notebook is checked with them.
    sys.modules["rfc3987_syntax"] = None

    from autograder.commands import app

    app()
