"""`{% load wagtail_massage_comments %}`: comments on any page template of a site."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from ..presenting import render_comments

register = template.Library()


@register.simple_tag(takes_context=True)
def massage_comments(context: template.Context, page: Any, element: bool | None = None) -> SafeString:
    """Print the comments of `page` and the form to write one; nothing where the page takes none.

    `element=True` puts them into `<massage-comments>`, `False` does not, whatever the setting says.
    """
    return render_comments(page, context.get("request"), element=element)
