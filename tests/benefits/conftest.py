"""An image and a page that lists can refer to."""

from typing import Any

import pytest
import wagtail_factories
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from . import samples


@pytest.fixture
def home(db: None) -> Page:
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def image(db: None) -> Any:
    """An image of a fixed id, wide enough for every width that we offer."""
    return wagtail_factories.ImageFactory(
        id=4242, title="Shelf", file__width=2000, file__height=1000, focal_point_x=500, focal_point_y=250,
        focal_point_width=10, focal_point_height=10,
    )  # fmt: skip


@pytest.fixture
def full_stored(image: Any, home: Page) -> dict[str, Any]:
    assert isinstance(image, get_image_model())
    return samples.full_list(image_id=image.pk, page_id=home.pk)


@pytest.fixture
def full_list(full_stored: dict[str, Any]) -> Any:
    return samples.LIST_BLOCK.to_python(full_stored)
