"""Privacy request: somebody asks in a letter for what is stored about them, or for its erasure.

Search, tick, look, then download or erase, and print the receipt. Only for those who moderate the whole site: an
answer that leaves out the next section is no answer. What is looked for is sent by POST, so that no name and no
address stands in a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from ...base_page import get_page_model
from ..models import VisitorComment
from ..permissions import moderates_everywhere
from ..privacy import export, receipt, search
from ..states import Status
from .access import DeskMixin, desk_url


class SearchForm(forms.Form):
    """The fields of `search.Query` that an owner can fill in."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=80,
        help_text=gettext_lazy(
            "As it stands beside the comments, or a part of it. Capitals and accents may differ."
        ),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "The whole address. It also finds what was written from accounts with this address."
        ),
    )
    address = forms.CharField(
        label=gettext_lazy("Links to comments"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Paste the links from the letter, one or several."),
    )
    since = forms.DateField(
        label=gettext_lazy("Written from"),
        required=False,
        widget=AdminDateInput,
    )
    until = forms.DateField(label=gettext_lazy("Written until"), required=False, widget=AdminDateInput)
    page = forms.ModelChoiceField(
        label=gettext_lazy("Page or section"),
        required=False,
        queryset=get_page_model().objects.all(),
        widget=AdminPageChooser(show_edit_link=False, can_choose_root=True),
        help_text=gettext_lazy("Days and a page narrow the search; leave them empty to search everything."),
    )

    def find(self) -> search.Findings | None:
        """Return what the values find; None, with errors on the fields, if they cannot be looked for."""
        if not self.is_valid():
            return None
        try:
            self.query = search.check(search.Query(**self.cleaned_data))
            return search.find(self.query)
        except search.Unsearchable as error:
            for name, sentence in error.errors.items():
                self.add_error(name or None, sentence)
            return None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A comment that was found, why, and whether it is ticked from the start."""

    comment: VisitorComment
    why: str | Promise
    is_certain: bool


_CERTAIN = frozenset(
    {search.Reason.ADDRESS, search.Reason.ACCOUNT, search.Reason.CONFIRMED, search.Reason.TYPED}
)


class OwnerMixin(DeskMixin, WagtailAdminTemplateMixin):
    """Lets those in who moderate everywhere."""

    page_title = gettext_lazy("Privacy request")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not moderates_everywhere(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": desk_url("index"), "label": _("Comments")}
        start = {"url": desk_url("privacy"), "label": _("Privacy request")}
        return [*self.breadcrumbs_items, desk, start]

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class PrivacyView(OwnerMixin, View):
    """The search, and what it finds."""

    template_name = "wagtail_massage_comments/admin/privacy.html"
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(form=SearchForm(), receipts=receipt.recent_receipts())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SearchForm(request.POST)
        found = form.find()
        if found is None:
            return self.show(form=form, receipts=receipt.recent_receipts())
        hits = [_hit(comment, form.query) for comment in found.own]
        return self.show(form=form, found=found, hits=hits, most=search.MOST_OWN)


class ChosenView(OwnerMixin, View):
    """Works on the comments that were ticked; back to the search where there are none (any more)."""

    http_method_names = ["post"]
    comments: list[VisitorComment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and moderates_everywhere(request.user):
            self.comments = _chosen(request)
            if not self.comments:
                messages.warning(
                    request, _("No comment was ticked that is still there. Please search again.")
                )
                return redirect(desk_url("privacy"))
        return super().dispatch(request, *args, **kwargs)

    @property
    def pks(self) -> list[int]:
        return [comment.pk for comment in self.comments]


class PreviewView(ChosenView):
    """Shows the chosen comments whole, before anything is done about them."""

    template_name = "wagtail_massage_comments/admin/privacy_preview.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.show(comments=self.comments, count=len(self.comments))


class ExportView(ChosenView):
    """Hands over everything stored about the chosen comments as a file."""

    def post(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        text = export.as_json(export.document(self.pks, now=now))
        name = f"personal-data-{timezone.localdate():%Y-%m-%d}.json"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


class EraseView(ChosenView):
    """Erases the chosen comments if their number was typed, and leads to the receipt."""

    template_name = PreviewView.template_name

    def post(self, request: HttpRequest) -> HttpResponse:
        count = len(self.comments)
        if request.POST.get("count", "").strip() != str(count):
            error = _("Nothing was erased. To erase, type the number of comments: %(count)d.") % {
                "count": count
            }
            return self.show(comments=self.comments, count=count, error=error)
        reference = receipt.erase_for_request(self.pks, by=request.user, now=timezone.now())
        return redirect(f"{desk_url('receipts')}?{urlencode({'reference': reference})}")


class ReceiptView(OwnerMixin, View):
    """A receipt, by its number."""

    template_name = "wagtail_massage_comments/admin/privacy_receipt.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("reference", "")[:64]
        found = receipt.read_receipt(wanted) if wanted else None
        return self.show(
            wanted=wanted,
            receipt=found,
            receipts=[] if found else receipt.recent_receipts(most=100),
            gone=receipt.GONE,
            kept=receipt.KEPT,
            out_of_reach=receipt.OUT_OF_REACH,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Receipts")}]


class PrivacyMenuItem(MenuItem):
    """Shown to those who can answer a request for the whole site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return moderates_everywhere(request.user)


def _hit(comment: VisitorComment, query: search.Query) -> Hit:
    why = search.reason(comment, query)
    return Hit(comment=comment, why=why.label, is_certain=why in _CERTAIN)


def _chosen(request: HttpRequest) -> list[VisitorComment]:
    pks = [
        raw for raw in request.POST.getlist("comments") if raw.isascii() and raw.isdecimal() and len(raw) < 19
    ]
    comments = VisitorComment.objects.filter(pk__in=pks[: search.MOST_OWN]).exclude(status=Status.ERASED)
    return list(
        comments.select_related("page", "thread")
        .annotate(earlier=Count("revisions"))
        .order_by("created_at", "pk")
    )
