"""What a student meets in a running notebook, from the first cell to the file handed in."""
