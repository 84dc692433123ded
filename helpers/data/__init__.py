"""Ratings: where they come from, how they are numbered, split and dealt out in batches."""
