"""Solutions to notebooks, and the proof that they agree."""
