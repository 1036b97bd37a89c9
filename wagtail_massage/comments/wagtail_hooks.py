"""What the comments room adds to the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .actions.recording import LOG_PREFIX

_LOGGED = {
    "approve": (_("Approve comment"), _("Comment approved")),
    "reject": (_("Reject comment"), _("Comment rejected")),
    "mark_spam": (_("Mark comment as spam"), _("Comment marked as spam")),
    "hide": (_("Hide comment"), _("Comment hidden")),
    "restore": (_("Restore comment"), _("Comment restored")),
    "remove": (_("Remove comment"), _("Comment removed")),
    "edit": (_("Edit comment"), _("Comment edited")),
    "set_policy": (_("Change comment policy"), _("Comment policy changed")),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for verb, (label, message) in _LOGGED.items():
        actions.register_action(f"{LOG_PREFIX}.{verb}", label, message)
