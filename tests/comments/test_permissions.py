"""Who may moderate which comments."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.projects.blog.models import BlogPage
from wagtail_massage.comments.models import GroupCommentPermission
from wagtail_massage.comments.permissions import comment_policy, moderated_by, scope_of


@pytest.fixture
def grant(db):
    """Return a function that makes a user who moderates the comments below the given pages."""

    def make(name, *pages):
        user = get_user_model().objects.create_user(name, f"{name}@example.com", "x")
        group = Group.objects.create(name=name)
        user.groups.add(group)
        for page in pages:
            GroupCommentPermission.objects.create(group=group, page=page, permission="MODERATE")
        return user

    return make


@pytest.mark.contract
class TestModeratedBy:
    def test_holds_the_comments_of_the_subtree(self, grant, home, page, say):
        below = page.add_child(instance=BlogPage(title="Below"))
        other = home.add_child(instance=BlogPage(title="Other"))
        mine = [say("On the page"), say("Below it", page=below)]
        foreign = say("Elsewhere", page=other)
        user = grant("ida", page)
        assert set(moderated_by(user)) == set(mine)
        assert comment_policy.user_has_permission_for_instance(user, "change", mine[0])
        assert not comment_policy.user_has_permission_for_instance(user, "change", foreign)

    def test_is_empty_without_a_grant(self, grant, say):
        say("Hello")
        assert not moderated_by(grant("ida")).exists()
        assert not moderated_by(AnonymousUser()).exists()

    def test_is_everything_for_a_superuser_and_also_what_lost_its_page(
        self, moderator, grant, home, page, say
    ):
        say("Hello")
        local = grant("ida", home)
        page.delete()
        assert moderated_by(moderator).count() == 1
        assert moderated_by(local).count() == 0

    def test_does_not_follow_a_sibling_whose_path_begins_alike(self, grant, home, say):
        pages = [home.add_child(instance=BlogPage(title=f"Page {number}")) for number in range(12)]
        comments = [say(f"On {page.title}", page=page) for page in pages]
        assert list(moderated_by(grant("ida", pages[1]))) == [comments[1]]

    def test_asks_for_the_grants_once_per_request(self, grant, page):
        user = grant("ida", page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for _time in range(3):
                assert scope_of(user)
        assert len(queries) == 1


class TestPolicy:
    @pytest.mark.parametrize("action", ["add", "delete", "publish"])
    def test_never_lets_anybody_add_or_delete(self, moderator, action):
        assert not comment_policy.user_has_permission(moderator, action)

    def test_names_those_who_may_decide_on_a_comment(self, grant, page, say, moderator):
        user = grant("ida", page)
        grant("otto")
        assert set(comment_policy.users_with_any_permission_for_instance({"moderate"}, say("Hello"))) == {
            user,
            moderator,
        }
