"""What narrows a list, for every page type made with a mixin at once: each filter is an EXISTS in the one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..abstract import BenefitListMixin, TreatmentMixin
from ..discovery import page_models
from .schemas import MassageBenefitListQuery, MassageTreatmentQuery


def treatment_condition(query: MassageTreatmentQuery) -> Q:
    """Return which treatments are asked for. One and the same option has to fit the minutes and the price."""
    condition = _tagged(TreatmentMixin, query.tag)
    if query.body_area is not None:
        condition &= _any_of(TreatmentMixin, lambda model: _with_area(model, query.body_area))
    option = {
        "minutes__gte": query.min_minutes,
        "minutes__lte": query.max_minutes,
        "price__gte": query.min_price,
        "price__lte": query.max_price,
    }
    asked = {name: value for name, value in option.items() if value is not None}
    if asked:
        condition &= _any_of(TreatmentMixin, lambda model: _with_option(model, asked))
    return condition


def benefit_list_condition(query: MassageBenefitListQuery) -> Q:
    """Return which articles are asked for."""
    condition = _tagged(BenefitListMixin, query.tag)
    if query.subject is not None:
        condition &= _any_of(BenefitListMixin, lambda model: _about(model, query.subject))
    return condition


def _any_of(mixin: type, rows: Callable[[Any], QuerySet[Any]]) -> Q:
    condition = Q(pk__in=[])
    for model in page_models(mixin):
        condition |= Q(Exists(rows(model)))
    return condition


def _tagged(mixin: type, tag: str | None) -> Q:
    return Q() if tag is None else _any_of(mixin, lambda model: _with_tag(model, tag))


def _with_tag(model: Any, tag: str) -> QuerySet[Any]:
    through = model._meta.get_field("tags").remote_field.through
    return through._default_manager.filter(content_object_id=OuterRef("pk"), tag__name=tag)


def _with_area(model: Any, slug: str | None) -> QuerySet[Any]:
    field = model._meta.get_field("body_areas")
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    return field.remote_field.through._default_manager.filter(
        **{f"{own}_id": OuterRef("pk"), f"{other}__slug": slug}
    )


def _with_option(model: Any, asked: dict[str, Any]) -> QuerySet[Any]:
    options = model._meta.get_field("options").related_model
    return options._default_manager.filter(page_id=OuterRef("pk"), active=True, **asked)


def _about(model: Any, treatment_id: int | None) -> QuerySet[Any]:
    subjects = model._meta.get_field("subjects").related_model
    return subjects._default_manager.filter(page_id=OuterRef("pk"), treatment_id=treatment_id)
