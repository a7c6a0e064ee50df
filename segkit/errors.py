"""The two ways in which a command fails on purpose, and how names are mended."""

from collections.abc import Iterable
from difflib import get_close_matches

from segkit.secrets import masked


class UserError(Exception):
    """The user's input is wrong (exit code 2): what is wrong, by name, and the mend, without secrets."""

    def __init__(self, problem: str, mend: str = "") -> None:
        self.problem, self.mend = masked(problem), masked(mend)
        super().__init__(self.problem)

    def __str__(self) -> str:
        return f"{self.problem}\n  {self.mend}" if self.mend else self.problem


class WorkFailed(Exception):
    """The input was fine but some or all of the work failed or found nothing (exit code 1)."""


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "choose from {known}") -> str:
    """A mend for a misspelt name: the nearest known names, or the list of them.

    >>> did_you_mean("kmean", ["kmeans", "gmm"])
    'did you mean kmeans?'
    """
    names = sorted(str(candidate) for candidate in known)
    folded = {candidate.lower(): candidate for candidate in names}
    near = [folded[match] for match in get_close_matches(str(name).lower(), folded, n=3, cutoff=0.6)]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return otherwise.format(known=", ".join(names)) if names and len(names) <= 40 else ""
