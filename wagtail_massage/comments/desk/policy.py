"""Comments on one page: who may write there, from this moment on. Reached from the page's header and from the desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ...base_page import get_page_model
from .. import actions
from ..permissions import scope_of
from ..policies import policy_in_force
from ..states import Policy
from ..threads import accepts_comments, get_thread, home_of
from .access import DeskMixin, desk_url
from .lanes import LANES, counts_of


class PolicyForm(forms.Form):
    policy = forms.ChoiceField(
        label=gettext_lazy("Who may comment"), choices=Policy.choices, widget=forms.RadioSelect
    )


class PolicyView(DeskMixin, WagtailAdminTemplateMixin, View):
    """Shows the policy of a page in scope whose type takes comments; any other page answers 404."""

    template_name = "wagtail_massage_comments/admin/policy.html"
    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self._load(page_id)
        return self._show(
            PolicyForm(initial={"policy": policy_in_force(self.page, now=timezone.now()).chosen})
        )

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self._load(page_id)
        form = PolicyForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        policy = Policy(form.cleaned_data["policy"])
        actions.set_policy(page=self.page, policy=policy, by=request.user, now=timezone.now())
        done = _("“%(page)s” now has the comment policy: %(policy)s.")
        messages.success(request, done % {"page": self.page.title, "policy": policy.label})
        return redirect(desk_url("policy", self.page.pk))

    def _load(self, page_id: int) -> None:
        page = home_of(get_object_or_404(get_page_model(), pk=page_id))
        if not scope_of(self.request.user).covers(page.path) or not accepts_comments(page):
            raise Http404
        self.page, self.thread = page, get_thread(page)

    def _show(self, form: PolicyForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_title(self) -> str:
        return _("Comments on “%(page)s”") % {"page": self.page.get_admin_display_title()}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": desk_url("index"), "label": _("Comments")}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = counts_of(self.thread)
        query = urlencode({"page": self.page.pk})
        lanes = [
            {
                "label": lane.label,
                "count": lane.count(counts),
                "url": f"{desk_url('lane', lane.slug)}?{query}",
            }
            for lane in LANES.values()
        ]
        context = {"page": self.page, "thread": self.thread, "lanes": lanes}
        return {**super().get_context_data(**kwargs), **context}


def page_header_buttons(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the policy in the page's header to those who moderate its comments, where there can be any."""
    if not page.pk or not accepts_comments(page):
        return
    home = home_of(page)
    if scope_of(user).covers(home.path):
        yield Button(_("Visitor comments"), url=desk_url("policy", home.pk), icon_name="comment", priority=62)
