"""Names that only the team may use."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from tests.comments.desk import make_user
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.models import GroupCommentPermission
from wagtail_massage.comments.screening.impersonation import ImpersonationCheck
from wagtail_massage.comments.states import AuthorKind, Status

from .conftest import reasons

RESERVED, TEAM = [("HOLD", "reserved_name")], [("HOLD", "team_name")]


@pytest.fixture
def maria(page):
    maria = make_user("maria", moderates=page)
    maria.first_name, maria.last_name = "Maria", "Keller"
    maria.save()
    return maria


def signed_in(user) -> Origin:
    author = Author(kind=AuthorKind.USER, identity=str(user.pk), name=user.get_full_name(), user=user)
    return Origin(address="192.0.2.1", author=author)


class TestReservedName:
    @pytest.mark.parametrize(
        "name",
        ["Admin", "ADMIN ", "a d m i n", "Аdmin", "Adm1n", "team", "Admin Team", "Staff!", "The Moderator"],
    )
    def test_is_held(self, look, name):
        assert reasons(look(ImpersonationCheck(), author_name=name)) == RESERVED

    @pytest.mark.parametrize("name", ["Adminah", "Team Nordlicht", "Wren A.", "…"])
    def test_is_not_found_in_other_names(self, look, name):
        assert reasons(look(ImpersonationCheck(), author_name=name)) == []

    def test_may_be_added_on_the_desk(self, look, listed):
        listed("RESERVED_NAME", "Spa am See")
        assert reasons(look(ImpersonationCheck(), author_name="spa am see")) == RESERVED

    def test_may_be_used_by_the_team(self, look, maria):
        found = look(ImpersonationCheck(), author_name="Team", origin=signed_in(maria))
        assert reasons(found) == []


class TestNameOfTheTeam:
    @pytest.mark.parametrize(
        "name",
        [
            "Maria Keller",
            "maria  KELLER",
            "Keller, Maria",
            "Μaria Keller",
            "MariaKeIIer",
            "Maria Keller (Team)",
        ],
    )
    def test_is_held(self, look, maria, name):
        assert reasons(look(ImpersonationCheck(), author_name=name)) == TEAM

    @pytest.mark.parametrize("name", ["Maria", "Keller", "Maria K.", "Maria Kellermann", "Mario Keller"])
    def test_is_not_taken_from_others_of_that_first_name(self, look, maria, name):
        assert reasons(look(ImpersonationCheck(), author_name=name)) == []

    def test_is_held_from_somebody_else_who_is_signed_in(self, look, maria, django_user_model):
        other = django_user_model.objects.create_user("other")
        found = look(ImpersonationCheck(), author_name="Maria Keller", origin=signed_in(other))
        assert reasons(found) == TEAM

    def test_passes_from_herself(self, look, maria):
        found = look(ImpersonationCheck(), author_name="Maria Keller", origin=signed_in(maria))
        assert reasons(found) == []

    @pytest.mark.parametrize(("username", "found"), [("mona", []), ("mona.berg", TEAM), ("mona_b", TEAM)])
    def test_is_a_user_name_only_with_two_parts(self, look, username, found):
        get_user_model().objects.create_superuser(username, "", "secret")
        assert reasons(look(ImpersonationCheck(), author_name=username.replace("_", " "))) == found

    def test_is_that_of_an_editor_too(self, look):
        get_user_model().objects.filter(pk=make_user("ida").pk).update(first_name="Ida", last_name="Holm")
        assert reasons(look(ImpersonationCheck(), author_name="Ida Holm")) == TEAM

    def test_belongs_to_nobody_who_only_reads(self, look, django_user_model):
        django_user_model.objects.create_user("x", first_name="Ida", last_name="Holm")
        assert reasons(look(ImpersonationCheck(), author_name="Ida Holm")) == []

    def test_holds_a_comment_where_others_appear_at_once(self, say, maria, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OPEN"
        assert say(author_name="Maria Keller").status == Status.PENDING
        assert say(author_name="Maria").status == Status.APPROVED


class TestTheTeam:
    """Changes take effect with the next comment in the process that makes them."""

    @pytest.fixture
    def ida(self, django_user_model):
        return django_user_model.objects.create_user("ida", first_name="Ida", last_name="Holm")

    @pytest.fixture
    def is_held(self, look):
        return lambda: bool(look(ImpersonationCheck(), author_name="Ida Holm"))

    def test_grows_with_a_group(self, ida, is_held, page):
        group = Group.objects.create(name="Hosts")
        GroupCommentPermission.objects.create(group=group, page=page, permission="MODERATE")
        assert not is_held()
        ida.groups.add(group)
        assert is_held()
        ida.groups.remove(group)
        assert not is_held()

    def test_grows_with_a_permission(self, ida, is_held, page):
        group = Group.objects.create(name="Hosts")
        ida.groups.add(group)
        assert not is_held()
        permission = GroupCommentPermission.objects.create(group=group, page=page, permission="MODERATE")
        assert is_held()
        permission.delete()
        assert not is_held()

    def test_grows_and_shrinks_with_a_person(self, ida, is_held):
        assert not is_held()
        ida.is_superuser = True
        ida.save()
        assert is_held()
        ida.is_active = False
        ida.save()
        assert not is_held()

    def test_is_not_asked_for_again_when_somebody_signs_in(
        self, ida, is_held, client, django_assert_num_queries
    ):
        is_held()
        client.force_login(ida)  # saves last_login
        with django_assert_num_queries(0):
            is_held()
