"""Screens A and B as values: what was understood of a table, and the answer of its sweep."""
