"""What is told of a run or a registered version, gathered once for all pages about it."""
