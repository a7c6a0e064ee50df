"""What a sweep found and how far to trust it, as one page of HTML that loads nothing and shows no customer."""

from segkit.compared.page import compare_page

__all__ = ["compare_page"]
