"""A first look at a table: what is in it, as one page of HTML that loads nothing and shows no customer's row."""

from segkit.explore.page import explore_page

__all__ = ["explore_page"]
