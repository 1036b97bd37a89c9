"""Image objects."""

import pytest
from django.core.files.storage import default_storage

from wagtail_massage.benefits.images import image_objects

pytestmark = pytest.mark.django_db


class TestImageObjects:
    def test_offer_every_width_of_every_format_best_first(self, image, settings):
        settings.WAGTAIL_MASSAGE_IMAGE_WIDTHS = (100, 200)
        settings.WAGTAIL_MASSAGE_IMAGE_FORMATS = ("webp", "jpeg")

        [drawn] = image_objects([image])

        assert [source["type"] for source in drawn["sources"]] == ["image/webp", "image/jpeg"]
        assert [part.split()[1] for part in drawn["sources"][0]["srcset"].split(", ")] == ["100w", "200w"]
        assert drawn["src"].endswith(".jpg")
        assert (drawn["width"], drawn["height"]) == (200, 100)

    def test_list_a_size_once_when_the_original_is_smaller(self, image, settings):
        settings.WAGTAIL_MASSAGE_IMAGE_WIDTHS = (2000, 3000, 4000)

        [drawn] = image_objects([image])

        assert drawn["sources"][0]["srcset"].count(",") == 0

    def test_say_where_the_focal_point_is(self, image):
        assert image_objects([image])[0]["focal_point"] == {"x": 0.25, "y": 0.25}

    def test_survive_a_missing_file(self, image):
        default_storage.delete(image.file.name)

        [drawn] = image_objects([image])

        assert (drawn["src"], drawn["sources"], drawn["alt"]) == (None, [], "Shelf")

    def test_leave_the_images_as_they_were(self, image):
        image_objects([image])

        assert not hasattr(image, "prefetched_renditions")
