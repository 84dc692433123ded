"""The course shown in one command, on sample submissions: right, half done, blank, hostile."""
