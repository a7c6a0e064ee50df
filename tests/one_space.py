"""Stages for tests that fit many algorithms in one space."""


class OneSpace:
    """Stages in memory: what embeds the customers is fitted once, however many algorithms take it."""

    def __init__(self):
        self.kept = {}

    def get(self, step, compute):
        if step == "tree":
            return compute()
        if step not in self.kept:
            self.kept[step] = compute()
        return self.kept[step]
