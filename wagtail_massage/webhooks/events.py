"""What can be told, and what becomes of telling it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """The kinds of events that an endpoint can ask for. The values are part of the contract."""

    PAGE_PUBLISHED = "page.published", _("A page is published")
    PAGE_UNPUBLISHED = "page.unpublished", _("A page is unpublished or deleted")
    PAGE_MOVED = "page.moved", _("A page is moved")
    PAGE_SLUG_CHANGED = "page.slug_changed", _("The address of a page is changed")
    PAGE_ACCESS_CHANGED = "page.access_changed", _("A page becomes private or public")
    COMMENT_APPROVED = "comment.approved", _("A comment appears")
    COMMENT_REMOVED = "comment.removed", _("A comment disappears")
    COMMENT_CHANGED = "comment.changed", _("A visible comment is edited or pinned")


TEST = "webhook.test"
"""The type of what the test button sends; nobody has to ask for it."""


class Outcome(models.TextChoices):
    """What a delivery came to; blank while it is still to be tried."""

    DELIVERED = "DELIVERED", _("Delivered")
    FAILED = "FAILED", _("Given up")


class Trouble(models.TextChoices):
    """Why an attempt failed; blank when it did not."""

    STATUS = "STATUS", _("The answer was not a success (2xx).")
    REDIRECT = (
        "REDIRECT",
        _("The answer was a redirect. Webhooks do not follow any: enter the final address."),
    )
    TIMEOUT = "TIMEOUT", _("There was no complete answer in time.")
    UNREACHABLE = "UNREACHABLE", _("No connection could be made.")
    UNKNOWN_HOST = "UNKNOWN_HOST", _("The host name has no address.")
    FORBIDDEN = "FORBIDDEN", _("The address is private or reserved, so it is not called.")
    INSECURE = "INSECURE", _("The address is not https, so it is not called.")
    TLS = "TLS", _("The certificate or the encryption was not accepted.")
    BROKEN = "BROKEN", _("The answer was not HTTP.")
    INTERNAL = "INTERNAL", _("Something failed on our side; the server's log has more.")
