"""Screen C as values: one segment, its customers drawn, filtered and listed, and what can be done to it."""
