"""What the tests of the page share: the page of the demo customers."""

import pytest


@pytest.fixture(scope="session")
def page(customers) -> str:
    from segkit.explore import explore_page

    return explore_page(customers, "3 to 7 segments")
