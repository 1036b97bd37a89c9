"""Settings of the benefit lists."""

from __future__ import annotations

from collections.abc import Sequence

from ..conf import AppSettings


class BenefitSettings(AppSettings):
    """Read through `settings` below."""

    prefix = "WAGTAIL_MASSAGE"

    @property
    def image_widths(self) -> Sequence[int]:
        """Widths in pixels in which images are offered to browsers, smallest first. Default: 480, 960, 1600."""
        return self._get("IMAGE_WIDTHS", (480, 960, 1600))

    @property
    def image_formats(self) -> Sequence[str]:
        """Wagtail output formats of images, best first; the last one is the fallback. Default: "webp" alone.

        Each format multiplies the renditions that are made: ("avif", "webp") makes six of every image.
        """
        return self._get("IMAGE_FORMATS", ("webp",))


settings = BenefitSettings()
