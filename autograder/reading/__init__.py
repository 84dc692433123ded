"""What students handed in, found and read; nothing of it is run."""
