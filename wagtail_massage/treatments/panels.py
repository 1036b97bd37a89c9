"""Editor panels of the treatments room."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from wagtail.admin.panels import PageChooserPanel
from wagtail.admin.widgets import AdminPageChooser

from .discovery import page_models


class TreatmentChooserPanel(PageChooserPanel):
    """Chooses a page of any type made with `TreatmentMixin`; the types are looked up when the form is built."""

    def get_form_options(self) -> dict[str, Any]:
        """Limit the chooser to the site's treatment types."""
        from .abstract import TreatmentMixin

        options = super().get_form_options()
        treatment_types = page_models(TreatmentMixin) if apps.models_ready else []
        if treatment_types:
            options.setdefault("widgets", {})[self.field_name] = AdminPageChooser(
                target_models=treatment_types
            )
        return options
