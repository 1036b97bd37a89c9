"""Registers the snippets of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import BodyArea, Contraindication, Person


class PersonViewSet(SnippetViewSet):
    """People who write and treat."""

    model = Person
    icon = "user"
    list_display = ["name", "role"]
    ordering = ["name"]


class BodyAreaViewSet(SnippetViewSet):
    """Body areas."""

    model = BodyArea
    icon = "tag"
    list_display = ["name", "slug"]
    ordering = ["name"]


class ContraindicationViewSet(SnippetViewSet):
    """Contraindications, with the day on which a clinician has checked each."""

    model = Contraindication
    icon = "warning"
    list_display = ["name", "level", "clinically_reviewed_date"]
    list_filter = ["level"]
    ordering = ["name"]
    menu_label = _("Contraindications")


for viewset in (PersonViewSet, BodyAreaViewSet, ContraindicationViewSet):
    register_snippet(viewset)
