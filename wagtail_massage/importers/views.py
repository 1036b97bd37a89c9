"""New article from text: paste, see what was understood beside the source, move a cut, get a draft."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from .article import Article
from .destinations import destinations_for
from .forms import ArticleForm, moved
from .refusal import ImportRefused
from .writing import Imported, Source, comments_installed, find_known, find_namesake, write_article


class ArticleFromTextView(WagtailAdminTemplateMixin, View):
    """One address; the form carries the state from step to step, and only "create" writes."""

    template_name = "wagtail_massage_importers/admin/article_from_text.html"
    page_title = gettext_lazy("New article from text")
    header_icon = "doc-empty-inverse"
    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.destinations = destinations_for(request.user)
        if not self.destinations:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(ArticleForm(destinations=self.destinations))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ArticleForm(request.POST, destinations=self.destinations)
        if not form.is_valid():
            article = form.article if "text" in form.cleaned_data else None
            return self._show(form, article)
        step = request.POST.get("step", "read")
        if not form.is_seen:
            return self._show(form, form.article, is_first_look=True)
        if step == "create":
            return self._create(form)
        return self._show(form, moved(form.article, step))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def _create(self, form: ArticleForm) -> HttpResponse:
        key = form.cleaned_data["fresh_key"]
        source = Source(article=form.article, key=key, name=_("pasted text"))
        if not form.cleaned_data["again"] and (objection := _object(source)):
            form.add_error("again", objection)
            return self._show(form, form.article)
        try:
            imported = write_article(
                source,
                form.place,
                title=form.cleaned_data["title"].strip(),
                comments="PENDING" if form.cleaned_data["comments"] else None,
                again=form.cleaned_data["again"],
                by=self.request.user,
                now=timezone.now(),
            )
        except ImportRefused as error:
            form.add_error(None, str(error))
            return self._show(form, form.article)
        return self._lead_to_editor(imported)

    def _lead_to_editor(self, imported: Imported) -> HttpResponse:
        if imported.is_new:
            log(instance=imported.page, action="wagtail.create", user=self.request.user, content_changed=True)
            messages.success(self.request, _summary(imported))
        else:
            messages.warning(self.request, _("This text was imported before. This is its page."))
        for note in imported.notes:
            messages.warning(self.request, note)
        return redirect(reverse("wagtailadmin_pages:edit", args=[imported.page.pk]))

    def _show(
        self, form: ArticleForm, article: Article | None = None, *, is_first_look: bool = False
    ) -> HttpResponse:
        context = self.get_context_data(form=form, article=article)
        if article is not None:
            context |= _review(form, article, is_first_look=is_first_look)
        return self.render_to_response(context)


def _object(source: Source) -> str:
    """Return why this text should not become a page without a second thought, "" when nothing speaks against it."""
    known = find_known(source)
    if known and known.page is None:
        return _("This text was imported before, and its page has been deleted since.")
    if known is None and (namesake := find_namesake(source)):
        return _("An article with this title was imported before, as “%(title)s”.") % {"title": namesake.page}
    return ""


def _summary(imported: Imported) -> str:
    if not imported.new_comments:
        return _("Here is your draft. Read it through, then publish it.")
    return ngettext(
        "Here is your draft. Read it through, then publish it. %(count)d comment waits for a moderator.",
        "Here is your draft. Read it through, then publish it. %(count)d comments wait for a moderator.",
        imported.new_comments,
    ) % {"count": imported.new_comments}


def _review(form: ArticleForm, article: Article, *, is_first_look: bool) -> dict[str, Any]:
    """Return what the second screen shows. The hidden fields hold what is shown, not what was sent."""
    cuts = article.cuts
    return {
        "title": article.title if is_first_look else form.data.get("title", ""),
        "keep_comments": is_first_look or bool(form.data.get("comments")),
        "key": form.cleaned_data.get("fresh_key", ""),
        "cuts": cuts,
        "intro": article.intro_paragraphs[: -1 if cuts.lead_in else None],
        "last_item": article.items[-1] if article.items else None,
        "may_grow_outro": bool(article.items) and cuts.outro < article.largest_outro,
        "comments_installed": comments_installed(),
        "asks_again": "again" in form.errors or bool(form.data.get("again")),
    }
