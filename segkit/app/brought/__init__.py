"""The tables that people bring: the file as it came, and what was said of it."""
