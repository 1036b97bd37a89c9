"""The form of "New article from text". It carries the whole state: nothing is stored before the draft is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .article import Article, Cuts, apply_cuts
from .destinations import Destination
from .plain_text import read_plain_text
from .source import MAX_BYTES, UnreadableSource
from .source_key import make_source_key
from .writing import LONGEST_TITLE


class ArticleForm(forms.Form):
    """`article` is the text as read, cut where the hidden fields say; it is there when the text can be read.

    Attributes:
        is_seen: the text is the one that the last screen has shown, so the title and the cuts belong to it.
    """

    article: Article | None = None
    key = ""
    is_seen = False

    text = forms.CharField(
        label=_("Text"),
        help_text=_("Paste the whole article: title, introduction, numbered entries, closing, comments."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "dir": "auto"}),
        error_messages={"required": _("Paste an article first.")},
    )
    destination = forms.ChoiceField(
        label=_("Where the article goes"),
        error_messages={"invalid_choice": _("You cannot add an article there. Choose another place.")},
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=LONGEST_TITLE)
    comments = forms.BooleanField(
        label=_("Keep the comments"),
        help_text=_("They wait on the comments desk until a moderator approves them."),
        required=False,
    )
    again = forms.BooleanField(label=_("Make another page all the same"), required=False)
    lead_in = forms.BooleanField(required=False, widget=forms.HiddenInput)
    outro = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, destinations: Sequence[Destination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.destinations = {choice_of(place): place for place in destinations}
        several = len({place.model for place in destinations}) > 1
        names = [(key, _name_of(place, with_type=several)) for key, place in self.destinations.items()]
        self.fields["destination"].choices = names  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")  # browsers send CRLF whatever was pasted
        if not text.strip():
            raise forms.ValidationError(_("Paste an article first."))
        if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
            raise forms.ValidationError(
                _("The text is too long. Divide it into single articles and try again.")
            )
        try:
            self.article = read_plain_text(text)
        except UnreadableSource as error:
            raise forms.ValidationError(
                _(
                    "No article can be read from this: it holds only separator lines, or characters that no plain text "
                    "has. Paste plain text that begins with a title."
                )
            ) from error
        self.key = make_source_key(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Cut the article as the screen says, unless it is another text than the screen has shown."""
        cleaned = super().clean() or self.cleaned_data
        self.is_seen = bool(self.key) and self.key == cleaned.get("shown_key")
        if self.article and self.is_seen:
            self.article = _cut(self.article, bool(cleaned.get("lead_in")), cleaned.get("outro") or 0)
        return cleaned

    @property
    def place(self) -> Destination | None:
        """The destination that is chosen, None for none or an impossible one."""
        return self.destinations.get(self.data.get("destination") or "")


def moved(article: Article, step: str) -> Article:
    """Return the article with one cut moved: "outro_more", "outro_less", "lead_in" or "no_lead_in".

    A step that leads nowhere leaves the article as it is.
    """
    cuts = article.cuts
    lead_in = {"lead_in": True, "no_lead_in": False}.get(step, cuts.lead_in)
    outro = cuts.outro + {"outro_more": 1, "outro_less": -1}.get(step, 0)
    changed = Cuts(lead_in=lead_in, outro=outro)
    return article if changed == cuts else _cut(article, changed.lead_in, changed.outro)


def choice_of(place: Destination) -> str:
    """Return the value that stands for a destination in the form."""
    return f"{place.model._meta.label}:{place.parent.pk}"


def _name_of(place: Destination, *, with_type: bool) -> str:
    title = place.parent.get_admin_display_title()
    return f"{title} ({place.model.get_verbose_name()})" if with_type else title


def _cut(article: Article, lead_in: bool, outro: int) -> Article:
    possible = min(max(outro, 0), article.largest_outro)
    cuts = Cuts(lead_in=lead_in and bool(article.intro_paragraphs) and bool(article.items), outro=possible)
    return article if cuts == article.cuts else apply_cuts(article, cuts)
