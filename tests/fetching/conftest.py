"""A web site to fetch from."""

from collections.abc import Iterator

import pytest
from web_site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site
