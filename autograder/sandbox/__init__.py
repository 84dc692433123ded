"""Boxes for strangers' code: bubblewrap around a runner, with limits kept from outside."""

from autograder.sandbox.bwrap import SandboxError, find_bwrap
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Box, BoxEndedError
from autograder.sandbox.start import Sandbox

__all__ = ["Box", "BoxEndedError", "Limits", "Sandbox", "SandboxError", "find_bwrap"]
