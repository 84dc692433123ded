"""`python -m autograder`. Workers import this module too, and nothing of what it starts."""

if __name__ == "__main__":
    from autograder.commands import app

    app()
