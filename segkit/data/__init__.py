"""Tables in: reading them, knowing what each column is, and the generated demo customers."""

from segkit.data.columns import KINDS, USES, Column
from segkit.data.customers import make_customers
from segkit.data.dataset import Dataset
from segkit.data.make import make_dataset
from segkit.data.months import make_month
from segkit.data.read import read_table
from segkit.data.stated import Stated, describe_columns
from segkit.data.transactions import LogColumns

__all__ = [
    "KINDS",
    "USES",
    "Column",
    "Dataset",
    "LogColumns",
    "Stated",
    "describe_columns",
    "make_customers",
    "make_dataset",
    "make_month",
    "read_table",
]
