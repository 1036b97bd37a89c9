"""Take words out of a comment for good: first asked with the words marked in their place, then done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import actions
from . import words
from .access import HealthDeskMixin, desk_url, next_url
from .choosing import INT_MAX
from .marking import segments
from .telling import what_happened


class RedactForm(forms.Form):
    """`words` as they stand in the text; the place where they come first is meant."""

    words = forms.CharField(max_length=5000, strip=False)
    version = forms.IntegerField(min_value=1, max_value=INT_MAX)
    is_sure = forms.BooleanField(required=False)


class RedactView(HealthDeskMixin, WagtailAdminTemplateMixin, View):
    template_name = "wagtail_massage_comments/admin/redact.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.comment = self.get_comment(pk)
        form = RedactForm(request.POST)
        if not form.is_valid():
            return self._back(_("Write the words that are to go, as they stand in the text."))
        if form.cleaned_data["version"] != self.comment.version:
            return self._back(what_happened(self.comment, to=request.user))
        wanted = form.cleaned_data["words"].replace("\r\n", "\n")
        start = self._find(wanted)
        if start is None:
            return self._back(_("These words are not in the text. Copy them from it."))
        self.span = start, start + len(self.found)
        if not form.cleaned_data["is_sure"]:
            return self.render_to_response(self.get_context_data())
        return self._redact()

    def _find(self, wanted: str) -> int | None:
        """Return where the words come first: as they are, else without blanks around them."""
        for self.found in (wanted, wanted.strip()):
            if self.found.strip() and (start := self.comment.body.find(self.found)) >= 0:
                return start
        return None

    def _redact(self) -> HttpResponse:
        start, end = self.span
        try:
            actions.redact(self.comment, start=start, end=end, by=self.request.user, now=timezone.now())
        except actions.Refused as error:
            return self._back(" ".join(error.errors.values()))
        except actions.StaleState as error:
            return self._back(what_happened(error.comment, to=self.request.user))
        messages.success(self.request, _("The words are gone for good."))
        return redirect(self._url())

    def _back(self, why: str) -> HttpResponse:
        messages.error(self.request, why)
        return redirect(self._url())

    def _url(self) -> str:
        return f"{desk_url('inspect', self.comment.pk)}?{urlencode({'next': next_url(self.request)})}"

    def get_page_title(self) -> str:
        return _("Take words out")

    def get_page_subtitle(self) -> str:
        return _("Comment by %(name)s") % {"name": words.name_of(self.comment)}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        lane = {"url": next_url(self.request), "label": self.page_title}
        comment = {"url": self._url(), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, lane, comment, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "comment": self.comment,
            "words": self.found,
            "body": segments(self.comment.body, [self.span]),
            "next": next_url(self.request),
            "back_url": self._url(),
        }
