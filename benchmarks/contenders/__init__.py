"""Ways to learn the same ratings. Each module has `run(split) -> list[Result]`."""
