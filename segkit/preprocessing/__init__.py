"""Raw rows to a matrix: typed columns, columns made of others, then gaps, encoding and scaling by kind of column."""

from segkit.preprocessing.by_kind import ByKind
from segkit.preprocessing.features import Features
from segkit.preprocessing.typed_columns import TypedColumns

__all__ = ["ByKind", "Features", "TypedColumns"]
