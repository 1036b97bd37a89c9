"""The form of "New article from text". It carries the whole state: nothing is stored before the draft is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .article import Article, Cuts, apply_cuts
from .destinations import Destination
from .plain_text import read_plain_text
from .source import UnreadableSource, check_size
from .source_key import make_source_key
from .writing import LONGEST_TITLE


class ArticleForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Paste the whole article: title, introduction, numbered entries, closing, comments."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )
    destination = forms.ChoiceField(label=_("Where the article goes"))
    title = forms.CharField(label=_("Title"), required=False, max_length=LONGEST_TITLE)
    comments = forms.BooleanField(
        label=_("Keep the comments"),
        help_text=_("They wait on the comments desk until a moderator approves them."),
        required=False,
    )
    again = forms.BooleanField(label=_("Make another page all the same"), required=False)
    lead_in = forms.BooleanField(required=False, widget=forms.HiddenInput)
    outro = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, destinations: Sequence[Destination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.destinations = {f"{place.model._meta.label}:{place.parent.pk}": place for place in destinations}
        names = [(key, place.parent.get_admin_display_title()) for key, place in self.destinations.items()]
        self.fields["destination"].choices = names  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")  # as every browser sends line ends
        try:
            check_size(len(text.encode(errors="surrogatepass")), name=str(_("The text")))
            self.article = read_plain_text(text)
        except UnreadableSource as error:
            raise forms.ValidationError(str(error)) from error
        return text

    def clean(self) -> dict[str, Any]:
        """Cut the article as the screen says, unless it is another text than the screen has shown."""
        cleaned = super().clean() or self.cleaned_data
        if "text" in cleaned:
            cleaned["fresh_key"] = make_source_key(cleaned["text"])
            self.is_seen = cleaned["fresh_key"] == cleaned.get("key")
            if self.is_seen:
                self.article = self._cut(self.article, cleaned)
        return cleaned

    @property
    def place(self) -> Destination:
        """The chosen destination of a valid form."""
        return self.destinations[self.cleaned_data["destination"]]

    def _cut(self, article: Article, cleaned: dict[str, Any]) -> Article:
        lead_in = cleaned["lead_in"] and bool(article.intro_paragraphs)
        outro = min(max(cleaned.get("outro") or 0, 0), article.largest_outro)
        return apply_cuts(article, Cuts(lead_in=lead_in, outro=outro))


def moved(article: Article, step: str) -> Article:
    """Return the article with one cut moved: "outro_more", "outro_less", "lead_in" or "no_lead_in".

    A step that leads nowhere leaves the article as it is.
    """
    cuts = article.cuts
    lead_in = {"lead_in": bool(article.intro_paragraphs), "no_lead_in": False}.get(step, cuts.lead_in)
    outro = cuts.outro + {"outro_more": 1, "outro_less": -1}.get(step, 0)
    return apply_cuts(article, Cuts(lead_in=lead_in, outro=min(max(outro, 0), article.largest_outro)))
