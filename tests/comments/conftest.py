"""What the tests of the comments room share: a page that takes comments, a moderator, a clock, one way to post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from tests.comments import policy_trees
from tests.comments.faces import HtmlFace, JsonFace
from tests.mail_sink import MailSink
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.tokens import TokenState

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def home(db: None) -> Page:
    """The page that Wagtail's own migrations make: the root of the default site."""
    return Page.objects.get(depth=2)


@pytest.fixture
def page(home: Page) -> Page:
    """A published page of a site's own type that takes comments, as its base class."""
    blog = home.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
    return Page.objects.get(pk=blog.pk)


@pytest.fixture
def moderator(db: None) -> Any:
    return get_user_model().objects.create_superuser("mona", "mona@example.com", "secret")


@pytest.fixture
def say(page: Page, settings: Any) -> Callable[..., VisitorComment]:
    """Return a function that submits a comment, a minute after the one before it."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    clock = {"now": NOW}

    def submit(body: str = "", *, parent: VisitorComment | None = None, **values: Any) -> VisitorComment:
        clock["now"] += timedelta(minutes=1)
        draft = Draft(
            body=body or f"Comment of {clock['now']:%H:%M}",
            author_name=values.pop("author_name", "Wren A."),
            author_email=values.pop("author_email", ""),
            wants_mail=values.pop("wants_mail", False),
            parent=parent.uuid if parent else None,
        )
        origin = values.pop("origin", Origin(address="192.0.2.1", token=TokenState.GOOD))
        target = values.pop("page", page)
        return actions.submit(page=target, draft=draft, origin=origin, now=clock["now"], **values).comment

    return submit


@pytest.fixture
def publish(
    say: Callable[..., VisitorComment], moderator: Any, now: datetime
) -> Callable[..., VisitorComment]:
    """Return a function that submits a comment and approves it."""

    def submit(*args: Any, **values: Any) -> VisitorComment:
        return actions.approve(say(*args, **values), by=moderator, now=now)

    return submit


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """A mail server that the site sends to."""
    box = MailSink()  # of the group "test", as pytest is: without it these tests fail and do not skip
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
    settings.DEFAULT_FROM_EMAIL = "Spa <hello@spa.example>"
    yield box
    box.stop()


@pytest.fixture(params=[JsonFace, HtmlFace], ids=lambda face: face.name)
def face(request: pytest.FixtureRequest, client: Any) -> JsonFace | HtmlFace:
    """The JSON API or the HTML pages: for promises that both keep."""
    return request.param(client)


@pytest.fixture
def tree(home: Page) -> policy_trees.Tree:
    """home > section (takes no comments) > article > answer; home > other."""
    return policy_trees.grow(home)
