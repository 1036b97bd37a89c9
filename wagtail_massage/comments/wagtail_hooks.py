"""What the comments room adds to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .actions.recording import LOG_PREFIX
from .desk.access import desk_url
from .desk.deletion import DeletePagesAction, before_delete_page
from .desk.entries import entries_menu_item
from .desk.groups import SectionFormSet
from .desk.mail_choices import MailChoicesPanel
from .desk.panels import construct_homepage_panels
from .desk.policy import page_header_buttons
from .desk.policy_words import PolicyLogFormatter
from .desk.privacy import PrivacyMenuItem
from .desk.report import ReportMenuItem
from .desk.side_panel import HAS_EDIT_VIEWS, waiting_button
from .desk.texts import texts_menu_item
from .desk.viewset import DeskViewSet

_LOGGED = {
    "approve": (_("Approve comment"), _("Comment approved")),
    "reject": (_("Reject comment"), _("Comment rejected")),
    "mark_spam": (_("Mark comment as spam"), _("Comment marked as spam")),
    "hide": (_("Hide comment"), _("Comment hidden")),
    "restore": (_("Restore comment"), _("Comment restored")),
    "undo": (_("Take back decision about comment"), _("Decision about comment taken back")),
    "remove": (_("Remove comment"), _("Comment removed")),
    "edit": (_("Edit comment"), _("Comment edited")),
    "erase": (_("Erase comment"), _("Comment erased")),
    "acknowledge": (_("Read comment"), _("Comment read")),
    "dismiss_reports": (_("Keep reported comment"), _("Reported comment kept")),
    "pin": (_("Pin comment"), _("Comment pinned")),
    "unpin": (_("Unpin comment"), _("Comment unpinned")),
    "answer": (_("Answer comment"), _("Comment answered")),
    "set_apart": (_("Set health question apart"), _("Comment set apart as a health question")),
    "put_back": (_("Put comment back"), _("Comment found to be no health question")),
    "answer_health": (_("Answer health question"), _("Health question answered")),
    "publish_question": (_("Publish health question"), _("Health question published")),
    "publish_answer": (_("Publish answer"), _("Answer to a health question published")),
    "redact": (_("Redact comment"), _("Words taken out of a comment")),
    "promote": (_("Make draft page of health question"), _("Draft page made of a health question")),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for verb, (label, message) in _LOGGED.items():
        actions.register_action(f"{LOG_PREFIX}.{verb}", label, message)
    actions.register_action(f"{LOG_PREFIX}.set_policy")(PolicyLogFormatter)


@hooks.register("register_admin_viewset")
def register_desk() -> DeskViewSet:
    return DeskViewSet()


@hooks.register("register_reports_menu_item")
def register_privacy_request() -> PrivacyMenuItem:
    return PrivacyMenuItem(
        _("Privacy request"), desk_url("privacy"), name="massage-privacy", icon_name="user", order=950
    )


@hooks.register("register_reports_menu_item")
def register_report() -> ReportMenuItem:
    return ReportMenuItem(
        _("Visitor comments"), desk_url("report"), name="massage-report", icon_name="comment", order=940
    )


@hooks.register("register_group_permission_panel")
def register_group_permission_panel() -> Any:
    return SectionFormSet


# After Wagtail's own viewset for all pages, which has order -1, and before those of a site, which have 0.
if HAS_EDIT_VIEWS:
    from .desk.edit_views import CommentedPageViewSet

    hooks.register("register_admin_viewset", CommentedPageViewSet, order=-0.5)
else:
    hooks.register("register_page_header_buttons", waiting_button)

hooks.register("construct_homepage_panels", construct_homepage_panels)
hooks.register("register_settings_menu_item", entries_menu_item)
hooks.register("register_settings_menu_item", texts_menu_item)
hooks.register("register_page_header_buttons", page_header_buttons)
hooks.register("before_delete_page", before_delete_page)
hooks.register("register_bulk_action", DeletePagesAction, order=1)  # after Wagtail's own, which has order 0
hooks.register("register_account_settings_panel", MailChoicesPanel)
