"""A corpus of bad input for every command: cases as data, what makes the files and stores they speak of, a runner."""
