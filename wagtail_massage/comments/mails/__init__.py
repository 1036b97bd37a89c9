"""Mails: what the outbox holds, written and handed to the mail server.

delivery  which rows are due, and what becomes of them
letters   what every mail looks like: plain text, headers, nothing that a visitor has typed
authors   mails to those who wrote a comment, and when one must not be sent
desk      mails to moderators: at once, or together once a day
links     signed links that confirm an address or stop mails
"""

from .delivery import deliver_due
from .desk import plan_digests

__all__ = ["deliver_due", "plan_digests"]
