"""A health question through all of its life, by the doors that people use. Rosalind Thackeray-Bohm is invented.

Nothing here calls an action: the visitor fills in forms, reads her mails and follows their links; the practitioner
does so on the desk.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page
from wagtail.search.backends import get_search_backend

from tests.comments.desk import client_of, desk_url, html_of, make_user
from tests.comments.faces import API, comments_url, form_url, good_token, post_json
from tests.comments.postbox import path_of
from tests.spa import Spa
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import GroupCommentPermission, VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.treatments.abstract import BenefitListMixin
from wagtail_massage.treatments.discovery import page_models
from wagtail_massage.treatments.models import Contraindication, Person

NAME = "Rosalind Thackeray-Bohm"
ADDRESS = "rosalind@visitors.example"
QUESTION = (
    "They took a length of vein out of my right shin for the heart in November, and since then the ankle fills "
    "up with water by noon.\n\nWould it be wise to have the calf kneaded? My pump number is 40-3377."
)
SECRET = "40-3377"
ANSWER = "Please show the leg to the ward that operated on you first; until then no one should knead it."
TWINS = [
    "Great article, my legs feel new!",
    "The triple bypass road was closed again, so leave early.",
    "I'm a nurse on a heart ward, and massage helps there.",
    "A heart attack of joy when I saw the price!",
    "My shoulders were like concrete and now they are butter. Thanks, Bea.",
    "Swollen with pride: my niece gave the massage.",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Page:
    spa = Spa()
    return Page.objects.get(pk=spa.article(title="Nine things about legs", slug="legs").pk)


@pytest.fixture
def practitioner(article: Page) -> Client:
    """Answers health questions in the journal, has a profile, and may write articles there."""
    user = make_user("petra", answers=article.get_parent())
    group = Group.objects.create(name="Authors")
    add = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=article.get_parent(), permission=add)
    user.groups.add(group)
    Person.objects.create(name="Petra Lind", role="Physiotherapist", credentials="Reg. PH 1177", user=user)
    return client_of(user)


@pytest.fixture(autouse=True)
def _caveats(db: None) -> None:
    Contraindication.objects.create(name="Recent vein harvest", level="AVOID", synonyms="length of vein")


def tell_everybody() -> None:
    call_command("send_comment_mails")


def fields_of(html: str) -> dict[str, str]:
    """Return the hidden fields of a page, as a browser would send them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def by_address(address: str) -> Any:
    return [message for message in mail.outbox if message.to == [address]]


class Visitor:
    """Somebody with a browser that keeps no cookies, and a postbox."""

    def __init__(self, page: Page) -> None:
        self.page, self.client, self.receipt = page, Client(), ""

    def ask(self, body: str, **values: str) -> Any:
        said = {"author_name": NAME, "body": body, "form_token": good_token(self.page)} | values
        response = self.client.post(form_url(self.page.pk), said)
        self.receipt = response["Location"]
        return response

    def confirm(self) -> None:
        [letter] = [message for message in by_address(ADDRESS) if "/confirm/" in message.body]
        self.client.post(path_of(letter.body, "confirm"))

    def look(self) -> str:
        return html_of(self.client.get(self.receipt))

    def choose(self, choice: str) -> None:
        said = {"choice": choice, "consent_version": fields_of(self.look())["consent_version"]}
        assert self.client.post(f"{self.receipt}choice/", said).status_code == 303


class Practitioner:
    """Somebody on the desk who sends what the forms there hold."""

    def __init__(self, client: Client, question: VisitorComment) -> None:
        self.client, self.pk = client, question.pk

    def look(self) -> str:
        return html_of(self.client.get(desk_url("inspect", self.pk)))

    def send(self, name: str, **values: Any) -> str:
        said = {**fields_of(self.look()), **values}
        return html_of(self.client.post(desk_url(name, self.pk), said, follow=True))


def everything_public(page: Page) -> dict[str, str]:
    """Return what the public, search engines and feed readers are given of the page's comments, by place."""
    client = Client()
    places = {
        "article": page.url,
        "list": form_url(page.pk),
        "feed": f"{form_url(page.pk)}feed/",
        "comments": comments_url(page.pk),
        "json": f"{API}benefit-lists/{page.pk}/",
    }
    found = {name: html_of(client.get(url)) for name, url in places.items()}
    results = get_search_backend().search("kneaded", Page.objects.all())
    found["search"] = " ".join(str(page.pk) for page in results)
    return found


def assert_nowhere(page: Page, *secrets: str) -> None:
    for place, text in everything_public(page).items():
        for secret in secrets:
            assert secret not in text, place
    for row in apps.get_model("wagtail_massage_webhooks", "WebhookEvent").objects.values():
        assert not [secret for secret in secrets if secret in str(row)]


def dump() -> str:
    """Return every row of every table but those of pages, to look for what should be gone."""
    tables = [model for model in apps.get_models(include_auto_created=True) if not issubclass(model, Page)]
    named = [
        model for model in tables if model._meta.managed and model.__name__ not in ("Revision", "Session")
    ]
    return "\n".join(str(list(model._base_manager.values())) for model in named)


def ask(rosalind: Visitor) -> VisitorComment:
    # She writes, and is asked what may become of it before anybody sees it.
    assert rosalind.ask(QUESTION, author_email=ADDRESS, wants_mail="on").status_code == 303
    asked = VisitorComment.objects.get()
    assert (asked.status, asked.is_health, asked.health.is_urgent) == (Status.PENDING, True, True)
    shown = rosalind.look()
    assert "What may become of it?" in shown
    assert "As long as you choose nothing it is answered in private" in shown
    assert 'role="alert"' in shown  # safety first: there is a red flag
    assert f"http://testserver{rosalind.receipt}</textarea>" in shown  # she can keep it
    assert_nowhere(rosalind.page, SECRET, "Rosalind")
    return asked


def find_on_the_desk(practitioner: Client, rosalind: Visitor, asked: VisitorComment) -> Practitioner:
    # The practitioner is told that there is something, and not a word of what.
    tell_everybody()
    [alert] = by_address("petra@example.com")
    assert not [word for word in ("Rosalind", "vein", "ankle", SECRET) if word in alert.subject + alert.body]
    rosalind.confirm()

    # On the desk it stands first, with how long it waits and what the site's own pages say.
    lane = html_of(practitioner.get(desk_url("lane", "health")))
    assert "Red flag" in lane and "Waiting" in lane
    petra = Practitioner(practitioner, asked)
    assert "Recent vein harvest" in petra.look()
    assert "Petra Lind" in petra.look() and "Reg. PH 1177" in petra.look()  # as the answer will be signed
    return petra


def answer(petra: Practitioner, rosalind: Visitor) -> None:
    # A promise is shown to her again, and not sent; then she answers.
    assert "Nothing was sent yet." in petra.send("health_answer", body="This will cure your leg.", answers=0)
    assert "Answered." in petra.send("health_answer", body=ANSWER, answers=0)
    tell_everybody()
    [letter] = [message for message in by_address(ADDRESS) if "answer is waiting" in message.subject]
    assert "knead" not in letter.body and path_of(letter.body, "receipt")

    # She reads it at her own page, signed as it was then.
    rosalind.receipt = path_of(letter.body, "receipt")
    Person.objects.update(name="Petra Married", credentials="")
    shown = rosalind.look()
    assert ANSWER in shown
    assert "Petra Lind" in shown and "Physiotherapist" in shown and "Reg. PH 1177" in shown
    assert "no diagnosis" in shown


def publish(petra: Practitioner, rosalind: Visitor, asked: VisitorComment) -> str:
    # Nothing is published without her word; she gives it, without her name.
    assert "cannot be published" in petra.look()
    rosalind.choose("NAMELESS")
    public = f"/massage/comments/health/{asked.uuid}/"
    assert Client().get(public).status_code == 404
    assert "page of its own now" in petra.send("health_decide", verb="publish_question")
    first = Client().get(public)
    assert "It was answered in private." in html_of(first) and ANSWER not in html_of(first)
    given = asked.health.answers.get()
    petra.send("health_decide", verb="publish_answer", answer=given.pk)
    second = Client().get(public)
    assert ANSWER in html_of(second) and "A visitor" in html_of(second)
    assert (second["X-Robots-Tag"], second["Cache-Control"]) == ("noindex", "private, no-store")
    assert "Rosalind" not in html_of(second)
    assert_nowhere(rosalind.page, SECRET, "Rosalind", "kneaded", ANSWER)
    return public


def redact(petra: Practitioner, rosalind: Visitor, public: str) -> None:
    # A number slipped in that nobody needs: it goes for good.
    assert "The words are gone for good." in petra.send("redact", words=SECRET, is_sure="1")
    assert SECRET not in html_of(Client().get(public))
    assert SECRET not in rosalind.look()
    assert SECRET not in dump()


def promote(petra: Practitioner) -> None:
    # A draft is made of it that does not name her.
    assert "This draft tells nothing of who asked." in petra.send("health_draft")
    [model] = page_models(BenefitListMixin)
    draft = model.objects.get(live=False)
    assert "ankle fills" in str(draft.body.raw_data) and "Rosalind" not in str(draft.body.raw_data)
    assert Client().get(draft.url or "/nowhere/").status_code == 404
    draft.delete()  # it is the editors' material, which an erasure does not reach


def withdraw(rosalind: Visitor, public: str) -> None:
    # She takes it back, and it is gone: from every table, and from every address.
    done = rosalind.client.post(f"{rosalind.receipt}withdraw/")
    assert "Your question is erased" in html_of(done)
    assert Client().get(public).status_code == 404
    assert rosalind.client.get(rosalind.receipt).status_code == 410
    remains = dump()
    for word in ("Rosalind", ADDRESS, "ankle fills", ANSWER, "kneaded"):
        assert word not in remains, word


def test_a_question_goes_from_the_form_to_its_erasure(article, practitioner):
    """Post, mail, desk, answer, receipt, consent, two acts, a page of its own, redaction, promotion, withdrawal."""
    rosalind = Visitor(article)
    asked = ask(rosalind)
    petra = find_on_the_desk(practitioner, rosalind, asked)
    answer(petra, rosalind)
    public = publish(petra, rosalind, asked)
    redact(petra, rosalind, public)
    promote(petra)
    withdraw(rosalind, public)


def test_who_closes_the_tab_is_answered_in_private(article, practitioner):
    """No choice, no publication: by the API, which says so, and by the desk, which refuses."""
    values = {"author_name": NAME, "body": QUESTION, "form_token": good_token(article)}
    [notice] = post_json(Client(), comments_url(article.pk), values).json()["notices"]
    assert (notice["health"]["choice"], notice["health"]["choices"][-1]) == (None, "PRIVATE")
    petra = Practitioner(practitioner, VisitorComment.objects.get())
    petra.send("health_answer", body=ANSWER, answers=0)
    said = petra.send("health_decide", verb="publish_question")
    assert "The author has not agreed to have this published." in said
    comment = VisitorComment.objects.get()
    assert Client().get(f"/massage/comments/health/{comment.uuid}/").status_code == 404
    assert Client().get(f"{API}health-questions/{comment.uuid}/").status_code == 404
    assert_nowhere(article, "kneaded", ANSWER)


def test_its_twins_walk_past_it_to_the_public(article, practitioner, moderator, settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    actions.set_policy(page=article, policy=Policy.OPEN, by=moderator, now=timezone.now())
    friend = Visitor(article)
    for body in TWINS:
        friend.ask(body)
        assert "You write about your health" not in friend.look(), body
    assert VisitorComment.objects.public().count() == len(TWINS)
    assert Client().get(comments_url(article.pk)).json()["count"] == len(TWINS)
    tell_everybody()
    assert by_address("petra@example.com") == []
    assert html_of(practitioner.get(desk_url("lane", "health"))).count("massage-card__body") == 0


def test_the_article_that_it_began_with_brings_such_a_question(shared_data):
    """Its comment is imported, and then takes the same way as one that is written today."""
    Spa()
    call_command("import_article", str(shared_data / "article_leg_massage.txt"), "--publish")
    [model] = page_models(BenefitListMixin)
    page = Page.objects.get(pk=model.objects.get().pk)
    asked = VisitorComment.objects.get()
    assert (asked.status, asked.is_health, asked.health.choice) == (Status.PENDING, True, "")
    assert_nowhere(page, asked.author_name, asked.body[:60])
    user = make_user("petra", answers=page)
    petra = Practitioner(client_of(user), asked)
    assert asked.author_name in html_of(petra.client.get(desk_url("lane", "health")))
    assert "Answered." in petra.send("health_answer", body=ANSWER, answers=0)
    # Nobody holds a receipt of it, so nobody can agree: it stays private.
    assert "has not chosen yet" in petra.look()
    assert "an answer here reaches nobody" in petra.look()
    petra.send("health_decide", verb="publish_question")
    assert Client().get(f"/massage/comments/health/{asked.uuid}/").status_code == 404
    assert GroupCommentPermission.objects.filter(page=page).count() == 1
