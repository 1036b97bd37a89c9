"""The desk as Wagtail's admin mounts it. There are no other addresses: comments are never added, edited, copied or
deleted here, and generic views that do not exist cannot leak."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.viewsets.base import ViewSet

from ..models import VisitorComment
from ..permissions import comment_policy
from .access import NAMESPACE
from .answering import AnswerView
from .bulk import BulkView
from .cards import CardsView, CountsView
from .conversation import CommentView
from .deciding import DecideView
from .entries import AddEntryView, DeleteEntryView, EditEntryView, EntriesView
from .exporting import SpreadsheetView
from .health import AnswerHealthView, DecideHealthView, PromoteView, SetApartView
from .listing import LaneView
from .menu import CommentsMenuItem
from .noting import AddNoteView
from .policy import PolicyView
from .privacy import EraseView, ExportView, PreviewView, PrivacyView, ReceiptView
from .redacting import RedactView
from .report import ReportTableView, ReportView
from .texts import AddTextView, DeleteTextView, EditTextView, TextsView
from .undoing import UndoView


class CommentURLFinder(ModelAdminURLFinder):
    """Lets the site history link to the comment that a decision was about."""

    edit_url_name = f"{NAMESPACE}:inspect"
    permission_policy = comment_policy  # read by Wagtail 7.4; Wagtail 8 asks its registry


class DeskViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "massage-comments"
    icon = "comment"
    add_to_admin_menu = True
    menu_label = _("Comments")
    menu_name = "massage-comments"
    menu_order = 250
    menu_item_class = CommentsMenuItem

    def on_register(self) -> None:
        super().on_register()
        register_admin_url_finder(VisitorComment, CommentURLFinder)

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(LaneView), name="index"),
            path("lane/<slug:lane>/", view(LaneView), name="lane"),
            path("lane/<slug:lane>/results/", view(LaneView, results_only=True), name="lane_results"),
            path("counts/", view(CountsView), name="counts"),
            path("lane/<slug:lane>/cards.json", view(CardsView), name="cards"),
            path("lane/<slug:lane>/bulk/", view(BulkView), name="bulk"),
            path("lane/<slug:lane>/export.csv", view(SpreadsheetView, format="csv"), name="export_csv"),
            path("lane/<slug:lane>/export.xlsx", view(SpreadsheetView, format="xlsx"), name="export_xlsx"),
            path("page/<int:page_id>/", view(PolicyView), name="policy"),
            path("<int:pk>/", view(CommentView), name="inspect"),
            path("<int:pk>/decide/", view(DecideView), name="decide"),
            path("<int:pk>/undo/", view(UndoView), name="undo"),
            path("<int:pk>/note/", view(AddNoteView), name="note"),
            path("<int:pk>/answer/", view(AnswerView), name="answer"),
            path("<int:pk>/set-apart/", view(SetApartView), name="set_apart"),
            path("<int:pk>/redact/", view(RedactView), name="redact"),
            path("<int:question_pk>/health/answer/", view(AnswerHealthView), name="health_answer"),
            path("<int:question_pk>/health/decide/", view(DecideHealthView), name="health_decide"),
            path("<int:question_pk>/health/draft/", view(PromoteView), name="health_draft"),
            path("texts/", view(TextsView), name="texts"),
            path("texts/results/", view(TextsView, results_only=True), name="texts_results"),
            path("texts/new/", view(AddTextView), name="text_add"),
            path("texts/<int:text_pk>/", view(EditTextView), name="text_edit"),
            path("texts/<int:text_pk>/delete/", view(DeleteTextView), name="text_delete"),
            path("entries/", view(EntriesView), name="entries"),
            path("entries/results/", view(EntriesView, results_only=True), name="entries_results"),
            path("entries/new/", view(AddEntryView), name="entry_add"),
            path("entries/<int:entry_pk>/", view(EditEntryView), name="entry_edit"),
            path("entries/<int:entry_pk>/delete/", view(DeleteEntryView), name="entry_delete"),
            path("report/", view(ReportView), name="report"),
            path("report/<slug:table>.csv", view(ReportTableView), name="report_csv"),
            path("privacy/", view(PrivacyView), name="privacy"),
            path("privacy/preview/", view(PreviewView), name="privacy_preview"),
            path("privacy/download/", view(ExportView), name="privacy_export"),
            path("privacy/erase/", view(EraseView), name="privacy_erase"),
            path("privacy/receipts/", view(ReceiptView), name="receipts"),
        ]
