"""What the comments room announces, always after commit and robustly: a receiver that fails loses nothing.

Every signal carries `comment` (the row as committed), `by` (a user or None), `now` (aware datetime).
`comment_approved` and `comment_hidden` mark the public changes; the other room's receivers must not write comments.
"""

from django.dispatch import Signal

comment_submitted = Signal()  # stored for the first time: UNCONFIRMED, PENDING, APPROVED or SPAM
comment_confirmed = Signal()  # UNCONFIRMED, PENDING -> PENDING or APPROVED: the author has proved the address
comment_erased = Signal()  # everything personal is gone; nothing but the public id is left
comment_reported = Signal()
comment_pinned = Signal()  # pinned, or taken down again: see the thread
comment_approved = Signal()
comment_rejected = Signal()
comment_marked_spam = Signal()
comment_hidden = Signal()  # APPROVED -> PENDING
comment_restored = Signal()  # REJECTED, SPAM -> PENDING; REMOVED -> what it was
comment_removed = Signal()
comment_edited = Signal()
change_recorded = Signal()
"""Not an announcement but what one will follow from: sent within the transaction, before it is committed, for a room
that writes rows of its own in the same transaction. A receiver that fails undoes the change, so it must be short.

It carries `announcement` (the signal that will go out for each comment after commit), `comments` (a list; each knows
`was_visible` and `is_visible`) and `now`.
"""
policy_changed = Signal()  # carries `thread` and `page` instead of `comment`
comments_imported = Signal()
"""Once for all comments that one call of an importer has brought to a page and that the public can see there; none of
them is announced by itself. Carries `page` instead of `comment`, and `roots`: the row numbers of comments from before
that have some of them below.
"""
comments_purged = Signal()
"""Once for each page of a batch of comments that were deleted after their time, if the public saw any of them. Carries
`page_id` and `uuids`, those of the comments and of the roots they stood below.
"""
