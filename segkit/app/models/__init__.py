"""Registered models as values: their versions, who moves, promoting and rolling back."""
