"""Asking for mails when writing a comment, in the form and through the API."""

from __future__ import annotations

from tests.comments.faces import form_url, good_token
from tests.comments.postbox import outcomes
from wagtail_massage.comments.models import VisitorComment

WREN = "wren@visitors.example"


class TestWish:
    def test_is_kept_with_the_comment(self, face, page):
        response = face.post(page, author_email=WREN, wants_mail=True)
        assert response.status_code in face.accepted
        assert VisitorComment.objects.get().wants_mail is True
        assert outcomes("CONFIRM") == [""]

    def test_is_not_there_unless_it_is_made(self, face, page):
        face.post(page, author_email=WREN)
        assert VisitorComment.objects.get().wants_mail is False
        assert outcomes("CONFIRM") == []

    def test_without_an_address_is_a_wrong_address(self, face, page):
        response = face.post(page, wants_mail=True)
        assert response.status_code == 422
        assert face.wrong_fields(response) == {"author_email"}
        assert not VisitorComment.objects.exists()

    def test_means_nothing_where_authors_get_no_mails(self, face, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_AUTHOR_MAILS = False
        assert face.post(page, wants_mail=True).status_code in face.accepted
        assert VisitorComment.objects.get().wants_mail is False


class TestForm:
    def test_asks_whether_mails_are_wanted(self, client, page):
        shown = client.get(page.url).content.decode()
        assert 'name="wants_mail"' in shown
        assert "Tell me by mail when it is published and when somebody answers" in shown

    def test_does_not_ask_where_authors_get_no_mails(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_AUTHOR_MAILS = False
        assert 'name="wants_mail"' not in client.get(page.url).content.decode()

    def test_keeps_the_wish_through_the_second_step(self, client, page):
        fields = {"author_name": "Wren", "author_email": WREN, "body": "Warm.", "wants_mail": "on"}
        checked = client.post(form_url(page.pk), fields)
        assert checked.context["form"]["wants_mail"].value() is True
        assert "checked" in str(checked.context["form"]["wants_mail"])


class TestThanks:
    def post(self, client, page, **values):
        fields = {"author_name": "Wren", "body": "Warm.", "form_token": good_token(page)} | values
        return client.post(form_url(page.pk), fields, follow=True).content.decode()

    def test_tell_that_the_address_has_to_be_confirmed_for_the_comment(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        assert "Your comment waits until then." in self.post(client, page, author_email=WREN)

    def test_tell_that_the_address_has_to_be_confirmed_for_mails(self, client, page):
        assert "You asked for mails about it" in self.post(client, page, author_email=WREN, wants_mail="on")

    def test_tell_that_also_where_the_comment_is_public_at_once(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OPEN"
        shown = self.post(client, page, author_email=WREN, wants_mail="on")
        assert "It is public now." in shown
        assert "You asked for mails about it" in shown

    def test_tell_nothing_of_mails_to_somebody_who_asked_for_none(self, client, page):
        assert "mails" not in self.post(client, page, author_email=WREN)

    def test_say_the_same_of_spam(self, client, page):
        shown = self.post(client, page, author_email=WREN, wants_mail="on", massage_extra="x")
        assert VisitorComment.objects.get().status == "SPAM"
        assert "You asked for mails about it" in shown
