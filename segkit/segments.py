"""How segments are numbered."""

# Customers whom an algorithm leaves unassigned; segments count from 0.
NOISE = -1
# What is said of fewer customers together tells too much about each of them.
FEWEST_TOLD = 5
# Of a segment's customers and of those who stand in for it when others are fitted, the share who are in both.
SOLID = 0.75
USABLE = 0.6
