"""Comments: what visitors say, and the desk that decides. Needs nothing else of ours."""

import wagtail
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "wagtail_massage.comments"
    label = "wagtail_massage_comments"
    verbose_name = _("Visitor comments")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .. import slots
        from . import checks, receivers  # noqa: F401  (importing checks registers them)
        from .models import ScreeningEntry, VisitorComment
        from .permissions import comment_policy, entry_policy
        from .presenting import comments_link, render_slot
        from .readable import page_annotations

        receivers.connect()
        slots.register("page_end", key=self.label, renderer=render_slot)
        slots.register_comments_link(comments_link, annotations=page_annotations)
        if wagtail.VERSION >= (8, 0):
            from wagtail.permissions import register_permission_policy

            register_permission_policy(VisitorComment, comment_policy)
            register_permission_policy(ScreeningEntry, entry_policy)
