"""The links between treatments and the articles about them, in both directions.

Everything answers base pages as a queryset, so callers narrow it to what is public and pay one query, plus a
subquery for each page type of the site.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .discovery import page_models


def articles_about(treatment: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow `pages` to the articles that name `treatment` as a subject, the newest first."""
    from .abstract import BenefitListMixin

    condition = Q(pk__in=[])
    for model in page_models(BenefitListMixin):
        subjects = model._meta.get_field("subjects").related_model.objects
        condition |= Q(Exists(subjects.filter(page_id=OuterRef("pk"), treatment_id=treatment.pk)))
    return pages.filter(condition).order_by("-first_published_at", "-pk")


def treatments_of(article: Any, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow `pages` to the treatments that `article` is about; unsaved subjects of a preview count."""
    chosen = [subject.treatment_id for subject in article.subjects.all() if subject.treatment_id]
    return pages.filter(pk__in=chosen).order_by("title", "pk")
