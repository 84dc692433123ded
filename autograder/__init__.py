"""Runs the checks of `grading_tests` on submissions."""
