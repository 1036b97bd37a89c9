"""New article from text: paste, see what was understood beside the source, move a cut, get a draft."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .article import Article
from .article_body import make_body
from .destinations import Destination, destinations_for
from .forms import ArticleForm, choice_of, moved
from .refusal import ImportRefused
from .source import MAX_BYTES
from .words import sentence_of
from .writing import Imported, Source, comments_installed, find_known, find_namesake, write_article

MOST_DIGITS = 9  # of a page's id in an address


@method_decorator(csrf_exempt, name="dispatch")  # dispatch itself protects, once the length is known
class ArticleFromTextView(WagtailAdminTemplateMixin, View):
    """One address; the form carries the state from step to step, and only "create" writes."""

    template_name = "wagtail_massage_importers/admin/article_from_text.html"
    page_title = gettext_lazy("New article from text")
    header_icon = "doc-empty-inverse"
    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse what Django would not read before anything tries to: its own answer is a bare error page."""
        if request.method == "POST" and _is_too_long(request):
            return self._refuse_length()
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = next(
            (choice_of(place) for place in self.destinations if place.parent.pk == self.parent_pk), None
        )
        return self._show(ArticleForm(destinations=self.destinations, initial={"destination": initial}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ArticleForm(request.POST, destinations=self.destinations)
        if not form.is_valid() or form.article is None:
            return self._show(form)
        step = request.POST.get("step", "read")
        if form.is_seen and step == "create":
            return self._create(form, form.article)
        if form.is_seen:
            form.article = moved(form.article, step)
        return self._show(form)

    @cached_property
    def parent_pk(self) -> int | None:
        """The page that the address or the form names; it need not be an index of articles."""
        named = self.request.GET.get("parent") or self.request.POST.get("destination", "").rpartition(":")[2]
        return int(named) if named.isascii() and named.isdecimal() and len(named) <= MOST_DIGITS else None

    @cached_property
    def destinations(self) -> list[Destination]:
        """Where the user may make an article; nobody gets in without such a place."""
        found = destinations_for(self.request.user, parent_pk=self.parent_pk)
        if not found:
            raise PermissionDenied
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _create(self, form: ArticleForm, article: Article) -> HttpResponse:
        title, place = form.cleaned_data["title"].strip(), form.place
        source = Source(article=article, key=form.key, name=_("Pasted text"))
        known = find_known(source)
        if known and known.page:
            return self._lead_to_known(form, known.page)
        if not title:
            form.add_error("title", _("Give the article a title."))
        if not form.cleaned_data["again"] and (objection := _objection(source, is_known=known is not None)):
            form.add_error("again", objection)
        if form.errors or place is None:
            return self._show(form)
        try:
            imported = write_article(
                source,
                place,
                title=title,
                comments="PENDING" if form.cleaned_data["comments"] else None,
                again=form.cleaned_data["again"],
                by=self.request.user,
                now=timezone.now(),
            )
        except ImportRefused as error:
            form.add_error(None, str(error))
            return self._show(form)
        messages.success(self.request, _summary(imported))
        for note in imported.notes:
            messages.warning(self.request, note)
        return redirect(reverse("wagtailadmin_pages:edit", args=[imported.page.pk]))

    def _lead_to_known(self, form: ArticleForm, page: Any) -> HttpResponse:
        if page.permissions_for_user(self.request.user).can_edit():
            messages.warning(self.request, _("This text was imported before. This is its page."))
            return redirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        form.add_error(
            None, _("This text was imported before, to a page that you cannot edit. No page was made.")
        )
        return self._show(form)

    def _refuse_length(self) -> HttpResponse:
        problem = _(
            "That was more than can be sent at once (%(limit)s). Go back in your browser, where your text still is, "
            "and paste one article at a time."
        ) % {"limit": filesizeformat(_longest())}
        form = ArticleForm(destinations=destinations_for(self.request.user))
        if not form.destinations:
            raise PermissionDenied
        context = self.get_context_data(form=form, problem=problem)
        return self.render_to_response(context, status=413)

    def _show(self, form: ArticleForm) -> HttpResponse:
        context = self.get_context_data(form=form, article=form.article)
        if form.article is not None:
            context |= _review(form, form.article)
        return self.render_to_response(context)


def _longest() -> int:
    return min(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MAX_BYTES, MAX_BYTES)


def _is_too_long(request: HttpRequest) -> bool:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or "0"
    return limit is not None and length.isdecimal() and int(length) > limit


def _objection(source: Source, *, is_known: bool) -> str:
    """Return why this text should not become a page without a second thought, "" when nothing speaks against it."""
    if is_known:
        return _("This text was imported before, and its page has been deleted since.")
    if find_namesake(source):
        return _("An article with this title was imported before, with another text.")
    return ""


def _summary(imported: Imported) -> str:
    if not imported.new_comments:
        return _("Here is your draft. Read it through, then publish it.")
    return ngettext(
        "Here is your draft. Read it through, then publish it. %(count)d comment waits for a moderator.",
        "Here is your draft. Read it through, then publish it. %(count)d comments wait for a moderator.",
        imported.new_comments,
    ) % {"count": imported.new_comments}


def _review(form: ArticleForm, article: Article) -> dict[str, Any]:
    """Return what the second screen shows. The hidden fields hold what is shown, not what was sent."""
    cuts = article.cuts
    return {
        "title": form.data.get("title", "") if form.is_seen else article.title,
        "keep_comments": not form.is_seen or bool(form.data.get("comments")),
        "was_changed": bool(form.data.get("shown_key")) and not form.is_seen,
        "key": form.key,
        "cuts": cuts,
        "intro": article.intro_paragraphs[: -1 if cuts.lead_in else None],
        "may_lead_in": bool(article.items and article.intro_paragraphs),
        "may_grow_outro": bool(article.items) and cuts.outro < article.largest_outro,
        "takes_comments": _takes_comments(form.place),
        "warnings": [sentence_of(note) for note in article.warnings],
        "changes": [*(sentence_of(note) for note in article.changes), *make_body(article).notes],
        "asks_again": "again" in form.errors or (form.is_seen and bool(form.data.get("again"))),
    }


def _takes_comments(place: Destination | None) -> bool:
    if place is None or not comments_installed():
        return False
    from .comment_writing import takes_comments

    return takes_comments(place.model())
