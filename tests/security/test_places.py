"""C16, C17, C20: where nobody may write, what cannot be answered, and limits that cannot be lifted by asking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from tests.comments.faces import good_token
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentThread, VisitorComment
from wagtail_massage.comments.paths import MAX_DEPTH
from wagtail_massage.comments.policies import PolicyTerms
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.testing.comments import VisitorCommentFactory


def set_policy(page: Any, policy: Policy, **terms: Any) -> None:
    actions.set_policy(page=page, policy=policy, by=None, now=timezone.now(), terms=PolicyTerms(**terms))


class Unpublished:
    """What shuts a page, how it is opened again, and what is answered in between."""

    answer = 404

    def shut(self, page: Any) -> None:
        Page.objects.filter(pk=page.pk).update(live=False)

    def open(self, page: Any) -> None:
        Page.objects.filter(pk=page.pk).update(live=True)


class Expired(Unpublished):
    def shut(self, page: Any) -> None:
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    def open(self, page: Any) -> None:
        Page.objects.filter(pk=page.pk).update(expire_at=None)


class Private(Unpublished):
    def shut(self, page: Any) -> None:
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")

    def open(self, page: Any) -> None:
        PageViewRestriction.objects.all().delete()


class BelowAPrivateSection(Private):
    def shut(self, page: Any) -> None:
        super().shut(page.get_parent())


class ForAGroup(Private):
    def shut(self, page: Any) -> None:
        PageViewRestriction.objects.create(page=page, restriction_type="groups")


class Switched(Unpublished):
    policy: Policy | None = Policy.OFF

    def shut(self, page: Any) -> None:
        set_policy(page, Policy(self.policy))

    def open(self, page: Any) -> None:
        set_policy(page, Policy.PRE)


class Closed(Switched):
    answer, policy = 403, Policy.CLOSED


class ReadOnly(Switched):
    answer, policy = 403, Policy.READ_ONLY


class Members(Switched):
    answer, policy = 403, Policy.MEMBERS


class NotYetOpen(Switched):
    answer = 403

    def shut(self, page: Any) -> None:
        set_policy(page, Policy.OPEN, opens_at=timezone.now() + timedelta(hours=1))


class OpenNoMore(Switched):
    answer = 403

    def shut(self, page: Any) -> None:
        set_policy(page, Policy.OPEN, closes_at=timezone.now() - timedelta(seconds=1))


class ClosedAbove(Closed):
    def shut(self, page: Any) -> None:
        set_policy(page.get_parent(), Policy.CLOSED)


class OfAnotherSite(Unpublished):
    def shut(self, page: Any) -> None:
        root = Page.objects.get(depth=1)
        elsewhere = root.add_child(instance=Page(title="Elsewhere", slug="elsewhere"))
        Site.objects.create(hostname="elsewhere.example", root_page=elsewhere, port=80)
        Page.objects.get(pk=page.pk).move(elsewhere, pos="last-child")

    def open(self, page: Any) -> None:
        Page.objects.get(pk=page.pk).move(Page.objects.get(slug="home"), pos="last-child")


BARRIERS = (
    Unpublished,
    Expired,
    Private,
    BelowAPrivateSection,
    ForAGroup,
    Switched,
    Closed,
    ReadOnly,
    Members,
    NotYetOpen,
    OpenNoMore,
    ClosedAbove,
    OfAnotherSite,
)


@pytest.mark.parametrize("barrier", BARRIERS, ids=lambda barrier: barrier.__name__)
class TestAPageThatIsShut:
    def test_takes_nothing_and_takes_comments_again_once_it_is_open(self, face, page, barrier):
        token = good_token(page)
        barrier().shut(page)
        answer = face.post_id(page.pk, form_token=token)
        assert answer.status_code == barrier.answer
        assert not VisitorComment.objects.exists()
        barrier().open(page)
        assert face.post_id(page.pk, form_token=token).status_code in face.accepted


class TestAPageThatIsNone:
    def test_takes_nothing(self, face, page, home):
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        gone, token = page.pk, good_token(page)
        Page.objects.get(pk=gone).delete()
        for page_id in (plain.pk, gone, home.pk, Page.objects.get(depth=1).pk, 10**9):
            assert face.post_id(page_id, form_token=token).status_code == 404
        assert not VisitorComment.objects.exists()


class TestAParent:
    @pytest.fixture
    def elsewhere(self, home):
        return home.add_child(instance=BlogPage(title="Cold stones", slug="cold-stones"))

    def test_on_another_page_is_none(self, face, page, elsewhere):
        parent = VisitorCommentFactory(page=elsewhere)
        assert face.post(page, parent=str(parent.uuid)).status_code == 422

    @pytest.mark.parametrize("status", sorted(set(Status) - {Status.APPROVED}))
    def test_that_is_not_public_is_none(self, face, page, status):
        parent = VisitorCommentFactory(page=page, status=status)
        VisitorCommentFactory(page=page, parent=parent)  # which holds up a tombstone
        before = VisitorComment.objects.count()
        assert face.post(page, parent=str(parent.uuid)).status_code == 422
        assert VisitorComment.objects.count() == before

    def test_below_one_that_is_not_public_is_none(self, face, page, moderator, now):
        root = VisitorCommentFactory(page=page)
        reply = VisitorCommentFactory(page=page, parent=root)
        root.refresh_from_db()
        actions.hide(root, by=moderator, now=now)
        assert face.post(page, parent=str(reply.uuid)).status_code == 422

    def test_is_never_the_comment_itself(self, face, page):
        face.post(page, body="First.")
        own = VisitorComment.objects.get()
        assert face.post(page, body="First.", parent=str(own.uuid)).status_code == 422

    def test_may_be_as_deep_as_it_likes_and_the_tree_stays_flat_enough(self, face, page):
        set_policy(page, Policy.OPEN)
        parent = ""
        for level in range(1, 51):
            extra = {"parent": parent} if parent else {}
            assert face.post(page, body=f"Level {level}.", **extra).status_code in face.accepted
            newest = VisitorComment.objects.latest("pk")
            assert newest.depth == min(level, MAX_DEPTH)
            assert (str(newest.in_reply_to.uuid) if newest.in_reply_to else "") == parent
            parent = str(newest.uuid)
        assert CommentThread.objects.get().visible_count == 50
        assert VisitorComment.objects.roots().get().reply_count == 49


class TestALimit:
    """Two posts an hour for one network, whatever else about them changes."""

    @pytest.fixture(autouse=True)
    def _two_an_hour(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "2/h"

    def send(self, face, page, number, **changes):
        environment = {name: changes.pop(name) for name in list(changes) if name.isupper()}
        face.client.defaults.update(environment)
        return face.post(page, **{"body": f"Kind words {number}."} | changes)

    CHANGES = {
        "nothing": [{}] * 3,
        "name": [{"author_name": name} for name in ("Wren", "Finch", "Rook")],
        "e-mail": [{"author_email": f"{name}@example.com"} for name in ("wren", "finch", "rook")],
        "case of the e-mail": [
            {"author_email": mail} for mail in ("a@example.com", "A@example.com", "a@EXAMPLE.com")
        ],
        "tag of the e-mail": [{"author_email": f"wren{tag}@example.com"} for tag in ("", "+1", "+2")],
        "agent": [{"HTTP_USER_AGENT": agent} for agent in ("Lynx", "Mosaic", "")],
        "cookie": [{"HTTP_COOKIE": f"sessionid={number}"} for number in range(3)],
        "forged address": [
            {"HTTP_X_FORWARDED_FOR": address} for address in ("192.0.2.1", "127.0.0.1", "10.0.0.1, 192.0.2.7")
        ],
        "forged headers": [
            {"HTTP_FORWARDED": "for=192.0.2.1"},
            {"HTTP_X_REAL_IP": "192.0.2.2"},
            {"HTTP_CLIENT_IP": "192.0.2.3", "HTTP_CF_CONNECTING_IP": "192.0.2.3"},
        ],
        "IPv6 within one /64": [{"REMOTE_ADDR": f"2001:db8:1:2:{part}::1"} for part in ("1", "a", "ffff")],
        "IPv4 as IPv6": [
            {"REMOTE_ADDR": address} for address in ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1")
        ],
        "no address": [{"REMOTE_ADDR": address} for address in ("", "unix:", "nonsense")],
    }

    @pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
    def test_is_not_lifted_by_a_change_of(self, face, page, changes):
        answers = [self.send(face, page, number, **change) for number, change in enumerate(changes)]
        assert [answer.status_code in face.accepted for answer in answers] == [True, True, False]
        assert answers[2].status_code == 429
        assert 0 < int(answers[2]["Retry-After"]) <= 3600
        assert VisitorComment.objects.count() == 2

    def test_counts_both_faces_together(self, client, page):
        from tests.comments.faces import HtmlFace, JsonFace

        faces = [JsonFace(client), HtmlFace(client), JsonFace(client)]
        codes = [
            face.post(page, body=f"Kind words {number}.").status_code for number, face in enumerate(faces)
        ]
        assert codes == [202, 303, 429]

    def test_lets_another_network_in(self, face, page):
        codes = [
            self.send(face, page, number, REMOTE_ADDR=f"2001:db8:{number}::1").status_code
            for number in range(4)
        ]
        assert set(codes) <= face.accepted

    def test_believes_the_proxy_that_the_site_trusts_and_no_other(self, face, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUSTED_PROXIES = 1
        forged = [f"10.0.0.{number}, 192.0.2.1" for number in range(3)]
        answers = [
            self.send(face, page, number, HTTP_X_FORWARDED_FOR=value) for number, value in enumerate(forged)
        ]
        assert answers[2].status_code == 429
        honest = [f"198.51.100.{number}" for number in range(3)]
        for number, value in enumerate(honest):
            assert self.send(face, page, 10 + number, HTTP_X_FORWARDED_FOR=value).status_code in face.accepted

    def test_is_not_used_up_by_what_is_refused(self, face, page):
        for _ in range(5):
            assert face.post(page, body="").status_code == 422
        assert face.post(page).status_code in face.accepted

    def test_of_everybody_together_holds_for_a_page(self, face, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/h"
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE = "3/h"
        codes = [
            self.send(face, page, number, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(5)
        ]
        assert codes[3:] == [429, 429]

    def test_is_no_error_while_the_cache_is_away(self, face, page, settings):
        settings.CACHES = {
            "default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"},
            "renditions": settings.CACHES["renditions"],
        }
        codes = [self.send(face, page, number).status_code for number in range(3)]
        assert all(code in face.accepted | {429} for code in codes)
