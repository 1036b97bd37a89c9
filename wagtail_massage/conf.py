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
