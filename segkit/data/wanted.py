"""What is wanted of a table that is read in chunks."""

from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Wanted:
    """The columns, and how text files are to be read: as it stands in the columns `text`; in `categories` codes such as
    007 are no numbers; and `exact` columns, the ids, keep what is written whatever the kind of table.
    """

    columns: tuple[str, ...]
    exact: frozenset[str] = field(default_factory=frozenset)
    text: Collection[str] = ()
    categories: Collection[str] = ()
