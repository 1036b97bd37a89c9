"""What every view of the desk starts from: nobody in without a scope, no comment outside of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from ..models import VisitorComment
from ..permissions import moderated_by, opens_desk, scope_of, shown_to

NAMESPACE = "wagtail_massage_comments_desk"


def desk_url(name: str, *args: Any) -> str:
    """Return the address of a view of the desk."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


def next_url(request: HttpRequest) -> str:
    """Return where the moderator came from and wants back to; the first lane unless that is a place on the desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    start = desk_url("index")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):  # None: only addresses without a host
        return start
    path = urlsplit(wanted).path
    is_on_desk = path.startswith(start) and ".." not in path and wanted.isprintable()
    return wanted if is_on_desk else start


class DeskMixin:
    """Lets moderators in, wherever they moderate; what they see there comes from `permissions.moderated_by`."""

    request: HttpRequest
    http_method_names: list[str]
    page_title = _("Comments")
    header_icon = "comment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.lets_in(request.user):
            raise PermissionDenied
        if request.method == "GET" and "get" not in self.http_method_names:
            return self._come_from_login(**kwargs)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def _come_from_login(self, **kwargs: Any) -> HttpResponse:
        """Lead back from where only forms are sent: whoever was signed out meanwhile is led there by the login."""
        pk = kwargs.get("pk") or kwargs.get("question_pk")
        where = self.look_again(self.get_comment(pk)) if pk else redirect(next_url(self.request))
        again = _("Nothing was done. If you were signed out meanwhile, please do it again.")
        messages.warning(self.request, again)
        return where

    def lets_in(self, user: Any) -> bool:
        return bool(scope_of(user))

    def get_comments(self) -> QuerySet[VisitorComment]:
        """Return what the user may look at here."""
        return moderated_by(self.request.user)

    def get_comment(self, pk: int) -> VisitorComment:
        """Return a comment in scope with its page and thread; 404 for any other, as if it did not exist."""
        return get_object_or_404(self.get_comments().select_related("page", "thread"), pk=pk)

    def look_again(self, comment: VisitorComment) -> HttpResponse:
        """Lead back to a comment, which leads on to where the moderator came from."""
        return redirect(f"{desk_url('inspect', comment.pk)}?{urlencode({'next': next_url(self.request)})}")


class HealthDeskMixin(DeskMixin):
    """Lets in also whoever answers health questions, and shows them those."""

    def lets_in(self, user: Any) -> bool:
        return opens_desk(user)

    def get_comments(self) -> QuerySet[VisitorComment]:
        return shown_to(self.request.user)
