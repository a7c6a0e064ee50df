"""Tables in: reading them, knowing what each column is, and the generated demo customers."""

from segkit.data.columns import KINDS, USES, Column, describe_columns
from segkit.data.customers import make_customers
from segkit.data.dataset import Dataset, make_dataset
from segkit.data.read import read_table

__all__ = ["KINDS", "USES", "Column", "Dataset", "describe_columns", "make_customers", "make_dataset", "read_table"]
