"""How the package finds a site's page types: by the mixin they are made of, never by a class name."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps

from wagtail_massage.base_page import get_page_model


def page_models(mixin: type) -> list[Any]:
    """Return the concrete page classes made with `mixin`, ordered by label.

    Call it once the models are loaded (in `AppConfig.ready()` or later); Django refuses before.
    """
    return list(_page_models(mixin))


@cache
def _page_models(mixin: type) -> list[Any]:
    found = [
        model
        for model in apps.get_models()
        if issubclass(model, mixin) and issubclass(model, get_page_model()) and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label)
