"""`{% load wagtail_massage %}`: the tag library that is there in every install shape."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from .. import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def massage_slot(context: template.Context, name: str, page: Any) -> SafeString:
    """Print what the installed rooms have registered for the slot `name` ("page_end"), or nothing."""
    flat: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    return slots.render(name, context=flat, page=page)
