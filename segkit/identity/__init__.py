"""Which segments are the same people over time: successors, moves between them, edits and where they come from."""
