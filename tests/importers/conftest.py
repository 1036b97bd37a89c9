"""A site to import into, and files to import."""

from __future__ import annotations

import pytest

from tests.spa import Spa

from .articles import ARTICLE


@pytest.fixture
def spa(db):
    return Spa()


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(content=ARTICLE, name="feet.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
