"""What the author of a health question keeps in her hand: the address of her page, the answer on paper, the way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comments.desk import html_of, make_user
from tests.comments.faces import API, comments_url, form_url, good_token, post_json
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import (
    DeskText,
    GroupCommentPermission,
    HealthQuestion,
    VisitorComment,
)
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.states import DeskTextKind, HealthChoice, Status

QUESTION = "My ankle is swollen since I fell from the ladder on Monday. Should I come for a foot massage?"


@pytest.fixture
def asked(client: Any, page: Any) -> VisitorComment:
    make_user("petra", answers=page)
    said = {"author_name": "Tamsin O.", "body": QUESTION, "form_token": good_token(page)}
    assert post_json(client, comments_url(page.pk), said).status_code == 202
    return VisitorComment.objects.get()


def address_of(comment: VisitorComment) -> str:
    return f"/massage/comments/receipt/{make_receipt(comment)}/"


class TestAddress:
    def test_is_shown_whole_to_be_copied_and_printed(self, client, asked):
        address = address_of(asked)
        html = html_of(client.get(address))
        assert f"http://testserver{address}</textarea>" in html
        assert "copy" in html
        assert "print" in html

    def test_is_all_that_leads_to_the_answer_where_no_mail_does(self, client, asked):
        assert "No mail will tell you of the answer" in html_of(client.get(address_of(asked)))
        VisitorComment.objects.update(author_email="tamsin@example.com", wants_mail=True)
        html = html_of(client.get(address_of(asked)))
        assert "No mail will tell you of the answer" not in html
        assert "please confirm your address" in html

    def test_is_not_asked_of_those_whose_comment_is_gone(self, client, publish):
        comment = publish("Lovely.")
        actions.withdraw(comment, now=comment.created_at)
        assert "</textarea>" not in html_of(client.get(address_of(comment)))


class TestChoice:
    def post(self, client: Any, comment: VisitorComment, **said: Any) -> Any:
        return client.post(f"{address_of(comment)}choice/", {"consent_version": "built-in"} | said)

    def test_leads_to_the_place_that_says_so(self, client, asked):
        assert self.post(client, asked, choice="NAMED")["Location"].endswith("/#massage-choice")
        form = html_of(client.get(address_of(asked))).partition('id="massage-choice"')[2]
        assert "Your choice is stored." in form.partition("<fieldset")[0]
        assert "It is not published yet." in form

    def test_is_asked_again_where_the_words_have_changed(self, client, asked):
        DeskText.objects.create(kind=DeskTextKind.CONSENT, title="New", body="Think twice.")
        response = self.post(client, asked, choice="NAMED")
        assert response.status_code == 409
        assert "The words of the consent have changed." in html_of(response)
        assert "Think twice." in html_of(response)
        assert HealthQuestion.objects.get().choice == ""

    def test_is_asked_for_where_none_was_sent(self, client, asked):
        response = self.post(client, asked)
        assert response.status_code == 422
        assert "This field is required." in html_of(response)

    def test_promises_no_answer_where_nobody_may_give_one(self, client, asked):
        assert "Answer me privately" in html_of(client.get(address_of(asked)))
        GroupCommentPermission.objects.all().delete()
        html = html_of(client.get(address_of(asked)))
        assert "Do not publish it" in html
        assert "Answer me privately" not in html


class TestState:
    def test_says_where_a_question_is_published_and_that_an_answer_waits(self, client, asked, moderator, now):
        url = f"/massage/comments/health/{asked.uuid}/"
        actions.choose(asked, choice=HealthChoice.NAMELESS, consent_version="built-in", now=now)
        assert url not in html_of(client.get(address_of(asked)))
        actions.publish_question(asked, by=moderator, now=now)
        assert f'href="{url}"' in html_of(client.get(address_of(asked)))
        assert "It is not answered yet." in html_of(client.get(url))
        assert "It was answered in private." not in html_of(client.get(url))

    def test_takes_question_and_answer_down_when_the_text_changes(self, client, asked, moderator, now):
        given = actions.answer_question(asked, body="See a doctor first.", by=moderator, now=now)
        actions.choose(asked, choice=HealthChoice.NAMED, consent_version="built-in", now=now)
        actions.publish_question(asked, by=moderator, now=now)
        actions.publish_answer(given, by=moderator, now=now)
        said = {"body": f"{QUESTION} It is blue.", "version": asked.version}
        assert client.post(address_of(asked), said).status_code == 303
        asked.refresh_from_db()
        actions.publish_question(asked, by=moderator, now=now)
        html = html_of(client.get(f"/massage/comments/health/{asked.uuid}/"))
        assert "It was answered in private." in html
        assert "See a doctor first." not in html

    def test_says_that_a_question_was_rejected(self, client, asked, moderator, now):
        actions.reject(asked, by=moderator, reason="OFF_TOPIC", now=now)
        html = html_of(client.get(address_of(asked)))
        assert "decided not to publish it" in html
        assert "Somebody who may answer such questions reads it" not in html
        assert 'name="choice"' not in html

    def test_publishes_nothing_of_a_question_that_was_rejected_later(self, client, asked, moderator, now):
        given = actions.answer_question(asked, body="See a doctor first.", by=moderator, now=now)
        actions.choose(asked, choice=HealthChoice.NAMED, consent_version="built-in", now=now)
        actions.publish_question(asked, by=moderator, now=now)
        actions.publish_answer(given, by=moderator, now=now)
        actions.reject(asked, by=moderator, reason="OFF_TOPIC", now=now)
        headers = {"Authorization": f"Receipt {make_receipt(asked)}"}
        health = client.get(f"{API}comments/{asked.uuid}/own/", headers=headers).json()["health"]
        assert (health["published"], health["answers"][0]["published"]) == (False, False)
        html = html_of(client.get(address_of(asked)))
        assert "See a doctor first." in html
        assert "/massage/comments/health/" not in html

    def test_asks_to_confirm_the_address_first(self, client, asked):
        VisitorComment.objects.update(status=Status.UNCONFIRMED)
        html = html_of(client.get(address_of(asked)))
        assert "Please confirm your e-mail address" in html
        assert 'name="choice"' in html


class TestText:
    def test_is_shown_in_paragraphs_and_not_as_markup(self, client, page):
        said = {
            "author_name": "Tamsin O.",
            "body": f"{QUESTION}\n\n<b>Thanks</b>",
            "form_token": good_token(page),
        }
        html = html_of(client.get(client.post(form_url(page.pk), said)["Location"]))
        assert f"<p>{QUESTION}</p>" in html
        assert "<p>&lt;b&gt;Thanks&lt;/b&gt;</p>" in html


class TestWithdrawing:
    def test_says_that_a_question_is_erased_and_not_merely_hidden(self, client, asked):
        html = html_of(client.get(f"{address_of(asked)}withdraw/"))
        assert "Then your question, its answers and your name are erased" in html
        assert "Answers to it stay" not in html

    def test_answers_that_it_is_done(self, client, asked):
        response = client.post(f"{address_of(asked)}withdraw/")
        assert response.status_code == 200
        assert "Your question is erased" in html_of(response)
        assert "no-store" in response["Cache-Control"]
        assert "swollen" not in html_of(response)
        assert not VisitorComment.objects.exclude(body="").exists()

    def test_says_that_a_draft_page_is_not_erased_with_it(self, client, asked, moderator, now):
        assert "was drafted from it" not in html_of(client.get(f"{address_of(asked)}withdraw/"))
        actions.note_promotion(asked, by=moderator, now=now)
        assert "was drafted from it" in html_of(client.get(f"{address_of(asked)}withdraw/"))
        assert "was drafted from it" in html_of(client.post(f"{address_of(asked)}withdraw/"))

    def test_erases_what_a_moderator_has_removed(self, client, asked, moderator, now):
        actions.remove(asked, by=moderator, now=now)
        assert f'href="{address_of(asked)}withdraw/"' in html_of(client.get(address_of(asked)))
        assert client.get(f"{address_of(asked)}withdraw/").status_code == 200
        assert "Your question is erased" in html_of(client.post(f"{address_of(asked)}withdraw/"))
        assert VisitorComment.objects.get().status == Status.ERASED

    def test_is_over_when_it_is_sent_again(self, client, asked):
        client.post(f"{address_of(asked)}withdraw/")
        assert client.post(f"{address_of(asked)}withdraw/").status_code == 410
        assert client.get(address_of(asked)).status_code == 410


class TestDevice:
    """What somebody writes about her body does not stay in the forms of a computer that others use too."""

    @pytest.mark.parametrize("where", ["page", "form", "own"])
    def test_is_told_to_keep_no_draft(self, client, page, asked, where):
        refused = {"author_name": "", "body": QUESTION, "form_token": good_token(page)}
        response = {
            "page": lambda: client.get(page.url),
            "form": lambda: client.post(form_url(page.pk), refused),
            "own": lambda: client.get(address_of(asked)),
        }[where]()
        html = html_of(response)
        assert '<textarea name="body"' in html
        textarea = html.partition('<textarea name="body"')[2].partition(">")[0]
        assert 'autocomplete="off"' in textarea

    def test_caches_no_form_that_holds_the_text(self, client, page):
        for name in ("", "Tamsin"):  # refused, and asked to look at it once more
            said = {"author_name": name, "body": QUESTION, "form_token": ""}
            response = client.post(form_url(page.pk), said)
            assert (response.status_code, response["Cache-Control"]) == (422, "private, no-store")
            assert "swollen" in html_of(response)

    def test_is_asked_to_keep_nothing_for_its_back_button(self, client, asked, publish):
        url, withdrawal = "/massage/comments/forget/", f"{address_of(asked)}withdraw/"
        assert f'src="{url}"' not in html_of(client.get(address_of(publish("Lovely."))))
        assert f'src="{url}"' in html_of(client.get(address_of(asked)))
        assert f'src="{url}"' in html_of(client.post(withdrawal))
        response = client.get(url, headers={"Sec-Fetch-Site": "same-origin"})
        assert (response.status_code, response["Clear-Site-Data"]) == (204, '"cache"')
        assert "Clear-Site-Data" not in client.get(url, headers={"Sec-Fetch-Site": "cross-site"})

    def test_caches_no_own_comment(self, client, asked):
        headers = {"Authorization": f"Receipt {make_receipt(asked)}"}
        response = client.get(f"{API}comments/{asked.uuid}/own/", headers=headers)
        assert "no-store" in response["Cache-Control"]
        said = {"author_name": "Tamsin", "body": f"{QUESTION} Or not?", "form_token": good_token(asked.page)}
        posted = post_json(client, comments_url(asked.page_id), said)
        assert posted.status_code == 202
        assert "no-store" in posted["Cache-Control"]
