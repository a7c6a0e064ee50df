"""Two runs of a sweep as values: who is where in both, and who differs."""
