"""How the editing form of a list comes by its script and style."""

from __future__ import annotations

from django import forms
from django.utils.functional import cached_property
from wagtail.blocks.struct_block import StructBlockAdapter


class BenefitListAdapter(StructBlockAdapter):
    """Shows each entry's number in its header. The numbers are CSS counters: the script sets only where they start."""

    js_constructor = "wagtail_massage.BenefitListBlock"

    @cached_property
    def media(self) -> forms.Media:
        core = super().media
        return forms.Media(
            js=[*core._js, "wagtail_massage/benefit-list-editor.js"],
            css={"all": [*core._css.get("all", []), "wagtail_massage/benefit-list-editor.css"]},
        )
