"""How segments are numbered."""

# Customers whom an algorithm leaves unassigned; segments count from 0.
NOISE = -1
