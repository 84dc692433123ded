"""A user's mistake, said in one sentence with the way out."""


class CourseError(Exception):
    """Something that the user can mend. A notebook shows the message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"\033[31m{type(self).__name__}\033[0m: {self}"]


class UnknownDatasetError(CourseError, ValueError):
    """There is no dataset, or no source, of this name."""


class DamagedDataError(CourseError):
    """A data file is missing or is not what it should be."""


class NetworkMissingError(CourseError, ConnectionError):
    """A download failed."""
