"""What `<massage-comments>` says, so that the catalogues of this package translate it.

The element has the English in it and asks `comment-words/` for other languages. Its words are known by what they are
in English, as in any catalogue. A test holds this list to the element's source.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = (
    _("This comment was removed."),
    _("Team"),
    _("Pinned"),
    _("edited"),
    _("Answers another comment of this conversation"),
    _("Sending …"),
    _("Reply"),
    _("Report"),
    _("Advertising or spam"),
    _("Insulting or hateful"),
    _("It says something private about a person"),
    _("It could harm somebody who follows it"),
    _("It has nothing to do with the page"),
    _("Something else"),
    _("What is wrong with it?"),
    _("In your words (optional)"),
    _("Thank you. The site's team will look at it."),
    _("Cancel"),
    _("Nothing was sent. Your text is still here."),
    _("The site cannot be reached. Check your connection and try again."),
    _("A moderator reads it before it appears on the page."),
    _("Please confirm your e-mail address by the link in the mail that is on its way to you."),
    _("A moderator has decided not to show your comment."),
    _("Dismiss"),
    _("Edit"),
    _("Comment"),
    _("A new text may have to be read by a moderator before it appears."),
    _("Save"),
    _("Withdraw"),
    _("This cannot be undone."),
    _("Publish with my name"),
    _("Publish without my name"),
    _("Answer me privately"),
    _("Do not publish it"),
    _("You write about your health"),
    _(
        "It does not appear below the article. Somebody who may answer it reads it; the answer will stand here."
    ),
    _(
        "It does not appear below the article. Nobody here may answer such questions at the moment. "
        "Please ask your doctor."
    ),
    _("What may become of it?"),
    _("Your choice is stored. You can choose again at any time."),
    _("As long as you choose nothing, nothing is published."),
    _("Oldest first"),
    _("Newest first"),
    _("Unanswered"),
    _("Order of the comments"),
    _("Every comment here has an answer."),
    _("No comments yet."),
    _("From the beginning"),
    _("More comments"),
    _("More replies"),
    _("Loading …"),
    _("Write a comment"),
    _("Name"),
    _("It is shown with your comment and need not be your full name."),
    _("E-mail address"),
    _("E-mail address (optional)"),
    _("It is never shown. We send a link to it, to confirm that it is yours."),
    _("It is never shown."),
    _("Tell me by mail when it is published and when somebody answers"),
    _("Send comment"),
    _("It is public now."),
    _("There are no comments on this page."),
    _("Try again"),
    _("Comments"),
    _("Sign in to write a comment"),
    _("This comment cannot be seen here."),
)


def element_words(locale: str) -> dict[str, str]:
    """Return the words in the language of `locale` (“de”, “de-at”); in English where there is no catalogue for it."""
    with translation.override(_known(locale)):
        return {word: gettext(word) for word in WORDS}


def _known(locale: str) -> str:
    """Return the language that Django has for a language tag."""
    try:
        return translation.get_supported_language_variant(locale.lower())
    except LookupError:
        return "en"
