"""How a setting is read: a typed property on an `AppSettings` subclass, read late and never cached.

Each room has one subclass in its own `conf.py`. The property `rate` of a subclass with the prefix
`WAGTAIL_MASSAGE_COMMENTS` reads the Django setting `WAGTAIL_MASSAGE_COMMENTS_RATE`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings


class AppSettings:
    """Base of every room's settings. Subclasses set `prefix` and add one documented property per setting."""

    prefix: ClassVar[str]
    registry: ClassVar[list[type[AppSettings]]] = []

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        AppSettings.registry.append(cls)

    def _get(self, name: str, default: Any) -> Any:
        """Return the Django setting `<prefix>_<name>`, or `default` where the site does not set it."""
        return getattr(settings, f"{self.prefix}_{name}", default)

    @classmethod
    def setting_names(cls) -> set[str]:
        """Return the full names of the Django settings that this class reads."""
        return {
            f"{cls.prefix}_{name.upper()}" for name, value in vars(cls).items() if isinstance(value, property)
        }


class ApiSettings(AppSettings):
    """Settings of the JSON API, whichever rooms are installed."""

    prefix = "WAGTAIL_MASSAGE_API"

    @property
    def max_age(self) -> int:
        """For so many seconds a shared cache keeps a public answer. Default: 60."""
        return int(self._get("MAX_AGE", 60))

    @property
    def stale_seconds(self) -> int:
        """For so many seconds more it may send an old page while it fetches the new one. Default: 600."""
        return int(self._get("STALE_SECONDS", 600))

    @property
    def under_v3(self) -> bool:
        """Whether Wagtail's own API v3, where it is installed, has our operations too, under `massage/`."""
        return bool(self._get("UNDER_V3", True))

    @property
    def preview_url(self) -> str:
        """The front end's address for drafts, such as "https://www.example.com/preview"; "" shows our own HTML.

        The editor's preview shows it with `?token=`, a signed permission to read the draft for `preview_minutes`.
        """
        return str(self._get("PREVIEW_URL", ""))

    @property
    def preview_minutes(self) -> int:
        """For so many minutes the token of a preview works. Default: 60."""
        return int(self._get("PREVIEW_MINUTES", 60))


api_settings = ApiSettings()
