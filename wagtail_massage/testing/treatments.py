"""Factories for the snippets of the treatments room, and mixins from which the page factories of a site are made.

class SpaTreatmentFactory(TreatmentFactoryMixin, wagtail_factories.PageFactory):
    class Meta:
        model = SpaTreatmentPage
"""

from __future__ import annotations

import uuid
from typing import Any

import factory

from wagtail_massage.treatments.models import BodyArea, Contraindication, Person


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody who writes and treats."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Person {n}")
    role = "Massage therapist"
    credentials = "Diploma in body massage"


class BodyAreaFactory(factory.django.DjangoModelFactory):
    """A body area; the same slug gives the same row."""

    class Meta:
        model = BodyArea
        django_get_or_create = ("slug",)

    name = "Legs"
    slug = factory.Faker("slug")


class ContraindicationFactory(factory.django.DjangoModelFactory):
    """A contraindication that nobody has reviewed."""

    class Meta:
        model = Contraindication

    name = factory.Sequence(lambda n: f"condition {n}")
    slug = factory.Sequence(lambda n: f"condition-{n}")
    synonyms = "another word\nyet another"
    explanation = "Wait until it is over."
    level = Contraindication.Level.ASK_DOCTOR


class LeadFactoryMixin(factory.django.DjangoModelFactory):
    """What every page of ours opens with. The page is live as soon as it is made."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    standfirst = "An hour with nothing to decide."

    @factory.post_generation
    def tags(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Accept `tags=["legs", "feet"]`."""
        if extracted:
            self.tags.add(*extracted)
            self.save()


class TreatmentFactoryMixin(LeadFactoryMixin):
    """A treatment page with two options. `contraindications`, `body_areas` and `tags` take lists."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Treatment {n}")
    what_to_expect = "<p>A chat, a towel, a warm room.</p>"
    prepare = "<p>Eat lightly.</p>"
    aftercare = "<p>Drink some water.</p>"

    @factory.post_generation
    def relations(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Accept `relations={"contraindications": [...], "body_areas": [...]}`."""
        for name, values in (extracted or {}).items():
            setattr(self, name, values)
        if extracted:
            self.save()

    @factory.post_generation
    def options(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Accept `options=[{"label": ..., "minutes": ...}, ...]`; two are made where nothing is given."""
        if not create:
            return
        rows = extracted if extracted is not None else DEFAULT_OPTIONS
        self.options.set([type(self)._meta.get_field("options").related_model(**row) for row in rows])
        self.save()


DEFAULT_OPTIONS: list[dict[str, Any]] = [
    {"label": "Half an hour", "minutes": 30, "price": "36.00", "booking_url": "https://example.com/book/30"},
    {"label": "An hour", "minutes": 60, "price": "62.00", "price_from": True},
]


class BenefitListFactoryMixin(LeadFactoryMixin):
    """An article with an introduction, a list of three reasons and a closing. `treatments` takes a list of pages."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"3 reasons to lie down, part {n}")
    author = factory.SubFactory(PersonFactory)
    body = factory.LazyFunction(
        lambda: article_body(["Your shoulders", "Your feet", "Your telephone is outside"])
    )

    @factory.post_generation
    def treatments(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Accept `treatments=[page, ...]` as the subjects of the article."""
        if extracted:
            subject = type(self)._meta.get_field("subjects").related_model
            self.subjects.set([subject(treatment_id=page.pk) for page in extracted])
            self.save()


def article_body(
    headings: list[str], *, text: str = "<p>There is more to say about this.</p>"
) -> list[dict[str, Any]]:
    """Return the stored form of an article body: an introduction, one benefit list, a closing."""
    benefits = [_block("benefit", {"heading": heading, "body": [_text(text)]}) for heading in headings]
    benefit_list = {
        "lead_in": "Among them:",
        "kind": "REASONS",
        "numbering": "ASCENDING",
        "benefits": benefits,
    }
    return [
        _text("<p>Why would anybody lie down in the afternoon?</p>"),
        _block("benefit_list", benefit_list),
        _text("<p>Come and try it.</p>"),
    ]


def _text(html: str) -> dict[str, Any]:
    return _block("text", {"rich_text": html})


def _block(block_type: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": block_type, "value": value, "id": str(uuid.uuid4())}
