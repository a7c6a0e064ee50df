"""A file's columns for those that a model needs: names that differ only in how they are written are the same."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from segkit.errors import UserError, did_you_mean

_SHOWN = 8


@dataclass(frozen=True)
class Matched:
    """Which of a file's columns are taken for which of the model's, which the file lacks, and which nobody needs."""

    taken: Mapping[str, str]
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def renamed(self) -> dict[str, str]:
        """The file's names that are written in another way than the model's."""
        return {given: name for given, name in self.taken.items() if given != name}

    def as_needed(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table under the model's names, with what it lacks unknown throughout."""
        return table.rename(columns=dict(self.taken)).assign(**dict.fromkeys(self.missing, np.nan))


def match_columns(needed: Sequence[str], given: Sequence[str], ids: str = "", absent: str = "") -> Matched:
    """Find the columns that a model needs among those of a file; `ids` may be among them.

    Raises UserError where one is missing, unless `absent` is "unknown", and most are not.
    """
    taken = {_found(name, given, needed): name for name in dict.fromkeys([*needed, *filter(None, [ids])])}
    taken.pop("", None)
    missing = [name for name in needed if name not in taken.values()]
    if missing and (absent != "unknown" or 2 * len(missing) > len(needed)):
        raise _lacks(missing, needed, [name for name in given if name not in taken])
    extra = tuple(name for name in given if name not in taken and not name.startswith("Unnamed:"))
    return Matched(taken, tuple(missing), extra)


def listed(names: Iterable[str]) -> str:
    """Names for a line, the first few of many.

    >>> listed("abcdefghijk")
    'a, b, c, d, e, f, g, h and 3 more'
    """
    names = list(names)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _found(name: str, given: Sequence[str], needed: Sequence[str]) -> str:
    """The file's column of that name, else the only one that is written like it; "" without one."""
    if name in given:
        return name
    alike = [other for other in given if _folded(other) == _folded(name) and other not in needed]
    rivals = Counter(map(_folded, needed))[_folded(name)] > 1
    return alike[0] if len(alike) == 1 and not rivals else ""


def _folded(name: str) -> str:
    return re.sub(r"[\s_.\-\ufeff]+", "", name).casefold()


def _lacks(missing: Sequence[str], needed: Sequence[str], others: Sequence[str]) -> UserError:
    problem = f"the table lacks columns that the model needs: {listed(missing)}"
    if 2 * len(missing) > len(needed):
        return UserError(problem, f"it has {listed(others)}" if others else "give a table of the same columns")
    near = [(name, did_you_mean(name, others, otherwise="")) for name in missing]
    said = [f"{name}: {mend}" for name, mend in near if mend.startswith("did you mean")][:3]
    return UserError(problem, "; ".join([*said, "absent=unknown scores it with nothing known of them"]))
