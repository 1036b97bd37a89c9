"""The demo's pages and what they point at: people, body areas, contraindications, tags."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from wagtail.models import Page, Site

from wagtail_massage.pages.models import (
    BenefitListIndexPage,
    BenefitListPage,
    BenefitListSubject,
    TreatmentIndexPage,
    TreatmentOption,
    TreatmentPage,
)
from wagtail_massage.treatments.models import BodyArea, Contraindication, Person

from ..content.loader import Article, Content, Treatment
from ..home.models import HomePage, SiteDetails
from . import bodies
from .pictures import Images

INDEX_PAGES_AND_HOME = 3


@dataclass
class Pages:
    """What was made. `by_slug` holds the pages that take comments."""

    home: HomePage
    by_slug: dict[str, Any] = field(default_factory=dict)


def count(content: Content) -> int:
    """Return how many pages `make` makes."""
    return INDEX_PAGES_AND_HOME + len(content.treatments) + len(content.articles)


def make(content: Content, images: Images, *, site: Site, now: datetime, step: Callable[[], None]) -> Pages:
    """Make and publish every page, and let `site` show them instead of its welcome page."""
    call_command("load_contraindications", stdout=StringIO())
    people = _people(content)
    pages = Pages(home=_home(content, images, site))
    step()
    treatments = _index(TreatmentIndexPage, content.site.treatment_index, pages.home)
    step()
    for treatment in content.treatments:
        pages.by_slug[treatment.slug] = _treatment(treatment, images, treatments)
        step()
    articles = _index(BenefitListIndexPage, content.site.article_index, pages.home)
    step()
    for article in content.articles:
        shown = min(article.display_date, _first_comment_date(content, article.slug, now))
        pages.by_slug[article.slug] = _article(article, shown, images, articles, people, pages.by_slug)
        step()
    return pages


def _people(content: Content) -> dict[str, Person]:
    return {
        person.key: Person.objects.create(name=person.name, role=person.role, credentials=person.credentials)
        for person in content.people
    }


def _home(content: Content, images: Images, site: Site) -> HomePage:
    words = content.site.home
    home = HomePage(title=words.title, slug="otterfold", standfirst=words.standfirst)
    home.hero_image = images[words.image]
    paragraphs = bodies.child("paragraph", bodies.rich_text(words.body))
    home.body = json.dumps([paragraphs, bodies.people_list(content.people)])
    _publish(home, Page.objects.get(depth=1))
    welcome_page = site.root_page
    site.root_page, site.site_name = home, content.site.name
    site.save()
    welcome_page.delete()
    SiteDetails.objects.create(
        site=site,
        strapline=content.site.strapline,
        telephone=content.site.telephone,
        email=content.site.email,
        address="\n".join(content.site.address),
        opening_hours="\n".join(f"{line.days}: {line.hours}" for line in content.site.opening_hours),
    )
    return home


def _index(page_type: Any, words: Any, home: HomePage) -> Any:
    page = page_type(title=words.title, slug=words.slug, standfirst=words.standfirst, show_in_menus=True)
    return _publish(page, home)


def _treatment(words: Treatment, images: Images, parent: Any) -> TreatmentPage:
    page = TreatmentPage(title=words.title, slug=words.slug, standfirst=words.standfirst)
    page.hero_image = images[words.image]
    page.body = json.dumps([bodies.text(words.body)])
    for name in ("what_to_expect", "prepare", "aftercare"):
        setattr(page, name, bodies.rich_text([getattr(words, name)]))
    page.options = [
        TreatmentOption(
            label=option.label,
            minutes=option.minutes,
            price=option.price,
            price_from=option.price_from,
            booking_url=option.booking_url,
        )
        for option in words.options
    ]
    page.contraindications = list(Contraindication.objects.filter(slug__in=words.contraindications))
    page.body_areas = [_body_area(slug) for slug in words.body_areas]
    page.tags.add(*words.tags)
    return _publish(page, parent)


def _body_area(slug: str) -> BodyArea:
    name = slug.replace("-", " ").capitalize()
    return BodyArea.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _article(
    words: Article,
    shown: date,
    images: Images,
    parent: Any,
    people: dict[str, Person],
    treatments: dict[str, Any],
) -> BenefitListPage:
    page = BenefitListPage(
        title=words.title, slug=words.slug, standfirst=words.standfirst, display_date=shown
    )
    page.first_published_at = datetime.combine(shown, time(9), UTC)
    page.hero_image = images[words.image]
    page.body = json.dumps(bodies.article_body(words, images))
    page.author = people[words.author]
    page.subjects = [BenefitListSubject(treatment=treatments[slug].page_ptr) for slug in words.treatments]
    page.tags.add(*words.tags)
    return _publish(page, parent)


def _first_comment_date(content: Content, slug: str, now: datetime) -> date:
    """Return the day of the oldest comment, so that no article is younger than what was said about it."""
    ages = [comment.hours_ago for comment in content.comments if comment.page == slug]
    return (now - timedelta(hours=max(ages, default=0))).date()


def _publish(page: Any, parent: Any) -> Any:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
