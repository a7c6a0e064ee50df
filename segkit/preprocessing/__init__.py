"""Raw rows to a matrix: typed columns first, then gaps, encoding and scaling by kind of column."""

from segkit.preprocessing.matrix import by_kind
from segkit.preprocessing.typed_columns import TypedColumns

__all__ = ["TypedColumns", "by_kind"]
