"""Every address of the desk x every kind of user x GET and POST.

The addresses come from Django's resolver, the expectations from what each address takes: an address that is added
tomorrow is tried tomorrow, and one with a parameter that this file cannot fill fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

from tests.comments.desk import NAMESPACE, client_of, desk_url, make_user
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments.models import DeskText, ScreeningEntry, VisitorComment

pytestmark = pytest.mark.contract

CANARY = "Cormorant7"  # in the comment, its author's name and address


class Address(NamedTuple):
    name: str
    parameters: tuple[str, ...]

    @property
    def is_of_an_object(self) -> bool:
        return bool(set(self.parameters) & {"pk", "page_id", "question_pk"})

    @property
    def is_for_owners(self) -> bool:
        """Whether it works on the whole site, so that moderating a section is not enough."""
        return self.name.startswith(("privacy", "entr", "text")) or self.name == "receipts"

    @property
    def is_of_health(self) -> bool:
        """Whether those who answer health questions come in, and moderate nothing."""
        return "question_pk" in self.parameters or self.name in ("index", "counts")

    def lets_in(self, kind: str) -> bool:
        if kind == "answers_health_there":
            return self.is_of_health
        return kind in OWNERS if self.is_for_owners else kind in INSIDE


def _walk(
    resolver: URLResolver, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, namespaces + ((pattern.namespace,) if pattern.namespace else ()))
        else:
            yield namespaces, pattern


def addresses() -> list[Address]:
    """Return every address whose view is ours, wherever the admin mounts it."""
    found = []
    for namespaces, pattern in _walk(get_resolver()):
        if NAMESPACE in namespaces:
            found.append(Address(pattern.name, tuple(pattern.pattern.converters)))
    return found


class Case(NamedTuple):
    page: Page
    comment: VisitorComment
    entry: ScreeningEntry
    question: VisitorComment
    text: DeskText

    def url(self, address: Address) -> str:
        known = {
            "pk": self.comment.pk,
            "page_id": self.page.pk,
            "lane": "all",
            "entry_pk": self.entry.pk,
            "question_pk": self.question.pk,
            "text_pk": self.text.pk,
            "table": "pages",
        }
        return reverse(
            f"{NAMESPACE}:{address.name}", kwargs={name: known[name] for name in address.parameters}
        )


KINDS = (
    "anonymous",
    "no_admin_access",
    "admin_access_only",
    "editor_of_the_page",
    "moderator_of_another_section",
    "answers_health_there",
    "moderator_of_this_section",
    "moderator_from_the_root",
    "superuser",
)
OUTSIDE = KINDS[:4]
INSIDE = KINDS[6:]
OWNERS = KINDS[7:]


@pytest.fixture
def case(page: Page, say: Any) -> Case:
    comment = say(CANARY, author_name=CANARY, author_email=f"{CANARY}@example.com")
    entry = ScreeningEntry.objects.create(kind="BLOCKED_EMAIL", value=f"{CANARY}@example.com")
    asked = f"{CANARY}: my leg swells since the veins were taken. Is a massage safe for me?"
    question = say(asked, author_name=CANARY, author_email=f"{CANARY}@example.com")
    text = DeskText.objects.create(kind="REPLY", title=CANARY, body=CANARY)
    return Case(page, comment, entry, question, text)


@pytest.fixture
def client_as(page: Page, home: Page) -> Any:
    other = home.add_child(instance=BlogPage(title="Another section", slug="another"))
    make = {
        "anonymous": lambda: None,
        "no_admin_access": lambda: make_user("visitor", admin=False, moderates=page),
        "admin_access_only": lambda: make_user("clerk"),
        "editor_of_the_page": lambda: make_user("ed", edits=page),
        "moderator_of_another_section": lambda: make_user("otto", moderates=other),
        "answers_health_there": lambda: make_user("petra", answers=page),
        "moderator_of_this_section": lambda: make_user("sue", moderates=page),
        "moderator_from_the_root": lambda: make_user("rita", moderates=home.get_parent()),
        "superuser": lambda: get_user_model().objects.create_superuser("root", "root@example.com", "secret"),
    }

    def build(kind: str) -> Client:
        user = make[kind]()
        return client_of(user) if user else Client()

    return build


def snapshot() -> list[Any]:
    """Return every row of the room and of the audit logs."""
    models = [*apps.get_app_config("wagtail_massage_comments").get_models(include_auto_created=True)]
    models += [apps.get_model("wagtailcore", name) for name in ("PageLogEntry", "ModelLogEntry")]
    return [sorted(map(repr, model.objects.values_list())) for model in models]


def expect(kind: str, address: Address, response: Any, method: str) -> None:
    if kind in ("anonymous", "no_admin_access"):
        assert response.status_code == 302
        assert response.url.startswith(reverse("wagtailadmin_login"))
    elif kind in OUTSIDE or (address.is_for_owners and kind not in OWNERS):
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    elif kind == "answers_health_there" and not address.is_of_health:
        assert response.status_code in (302, 404, 405)
        if response.status_code == 302:
            assert response.url == reverse("wagtailadmin_home")
    elif kind == "moderator_of_another_section" and address.is_of_an_object:
        assert response.status_code in (404, 405)
    elif method == "get" and response.status_code == 302:  # only forms are sent there
        assert response.url.startswith(reverse("wagtail_massage_comments_desk:index"))
    elif method == "get":
        assert response.status_code == 200
    else:
        assert response.status_code in (200, 302, 405)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
class TestEveryAddress:
    def test_answers_each_kind_of_user_as_it_should(
        self, address: Address, kind: str, case: Case, client_as: Any
    ) -> None:
        client = client_as(kind)
        before = snapshot()
        response = client.get(case.url(address))
        expect(kind, address, response, "get")
        assert snapshot() == before, "GET changed something"
        if not address.lets_in(kind):
            assert CANARY.encode() not in response.getvalue()

    def test_lets_nobody_change_what_they_do_not_moderate(
        self, address: Address, kind: str, case: Case, client_as: Any
    ) -> None:
        client = client_as(kind)
        before = snapshot()
        everything = {
            "verb": "approve",
            "status": case.comment.status,
            "version": case.comment.version,
            "policy": "OFF",
            "body": "Please ask a doctor first.",
            "answers": 0,
            "words": CANARY,
            "is_sure": 1,
            "locale": "",
            "title": "A title",
            "comments": case.comment.pk,
            "count": 1,
            "name": CANARY,
            "kind": "BLOCKED_EMAIL",
            "value": "kai@example.com",
            "seen": f"{case.comment.pk}:{case.comment.version}",
            "is_confirmed": "1",
        }
        response = client.post(case.url(address), everything)
        expect(kind, address, response, "post")
        if not address.lets_in(kind):
            assert snapshot() == before
            assert CANARY.encode() not in response.getvalue()


class TestTheMatrix:
    def test_holds_every_address_of_the_desk(self) -> None:
        assert {"index", "cards", "decide", "inspect", "policy"} <= {address.name for address in addresses()}

    def test_is_not_empty_where_it_matters(self, case: Case, client_as: Any) -> None:
        """Those inside do see and do change, so that a matrix of locked doors would not pass."""
        client = client_as("moderator_of_this_section")
        assert CANARY in client.get(desk_url("lane", "all")).content.decode()
        said = {"verb": "approve", "status": "PENDING", "version": 1, "policy": "OFF", "words": CANARY}
        changed = set()
        for address in addresses():
            if address.lets_in("moderator_of_this_section"):
                before = snapshot()
                client.post(case.url(address), {**said, "is_sure": 1})
                changed |= {address.name} if snapshot() != before else set()
        assert changed == {"decide", "policy"}

    def test_is_not_empty_for_those_who_answer_health_questions(self, case: Case, client_as: Any) -> None:
        client = client_as("answers_health_there")
        assert CANARY in client.get(desk_url("index")).content.decode()
        before = snapshot()
        said = {"body": "Please ask a doctor first.", "version": 1, "answers": 0}
        client.post(desk_url("health_answer", case.question.pk), said)
        assert snapshot() != before

    @pytest.mark.parametrize(
        "word", ["new", "edit", "delete", "copy", "usage", "history", "reorder", "inspect"]
    )
    def test_has_none_of_the_generic_addresses(self, word: str, case: Case, client_as: Any) -> None:
        client = client_as("superuser")
        start = desk_url("index")
        for url in (
            f"{start}{word}/",
            f"{start}{word}/{case.comment.pk}/",
            f"{start}{case.comment.pk}/{word}/",
        ):
            assert client.get(url).status_code == 404
            assert client.post(url).status_code == 404

    def test_other_doors_of_the_admin_do_not_open_on_comments(self, case: Case, client_as: Any) -> None:
        client = client_as("superuser")
        for action in ("delete", "publish", "unpublish", "move"):
            url = reverse("wagtail_bulk_action", args=["wagtail_massage_comments", "visitorcomment", action])
            assert client.get(url, {"id": case.comment.pk}).status_code == 404
