import pytest

from tests.spa import Spa


@pytest.fixture
def spa(db) -> Spa:
    return Spa()
