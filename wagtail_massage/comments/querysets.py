"""Filters on comments, as adjectives. Every public read goes through `.public()`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.lookups import In

from .states import TOMBSTONES, ActorKind, Status


class Among(In):
    """`In`, of which PostgreSQL is sent one list: with a thousand values apart, Django and psycopg are busy longer than
    PostgreSQL is with the rows."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*params, list(self.rhs)]


class CommentQuerySet(models.QuerySet[Any]):
    def public(self) -> CommentQuerySet:
        """What a visitor of the page can reach: approved comments under open parents, and tombstones that
        still hold visible replies. Whether the page itself is public is asked of `wagtail_massage.visibility`."""
        return self.filter(is_visible=True, page__isnull=False)

    def counted(self) -> CommentQuerySet:
        """Public comments without tombstones: the number that readers are told."""
        return self.public().exclude(status__in=TOMBSTONES)

    def among(self, pks: Collection[int]) -> CommentQuerySet:
        """Those of many row numbers."""
        return self.filter(Among(F("pk"), pks))

    def roots(self) -> CommentQuerySet:
        return self.filter(depth=1)

    def subtree_of(self, comment: Any) -> CommentQuerySet:
        """The comment and everything below it."""
        if comment.root_id is None:
            return self.filter(Q(pk=comment.pk) | Q(root=comment.pk))
        return self.filter(root=comment.root_id, path__startswith=comment.path)

    def with_status(self, status: str) -> CommentQuerySet:
        return self.filter(status=status)

    def waiting(self) -> CommentQuerySet:
        return self.with_status(Status.PENDING)

    def after(self, created_at: datetime, pk: int) -> CommentQuerySet:
        """Keyset condition for (created_at, id) ascending, in the form that all supported databases seek on."""
        return self.filter(Q(created_at__gte=created_at), Q(created_at__gt=created_at) | Q(pk__gt=pk))

    def before(self, created_at: datetime, pk: int) -> CommentQuerySet:
        """Keyset condition for (created_at, id) descending."""
        return self.filter(Q(created_at__lte=created_at), Q(created_at__lt=created_at) | Q(pk__lt=pk))


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are written once. Only a deletion of their comment takes them away, only its erasure thins them."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} rows are never changed; add a new one.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self.model.__name__} rows go with their comment; erase or purge that.")

    def thin_for_erasure(self) -> int:
        """Take away what could lead to a person: reasons, luggage, and who acted where that was the author.

        The one exception to "never changed", for `actions.erase_many` alone. Verb, states, kind of actor and time
        stay, so that the history of an erased comment can still be read. Returns the number of rows.
        """
        author_aside = Case(When(actor_kind=ActorKind.AUTHOR, then=Value(None)), default=F("actor"))
        return super().update(reason="", data={}, actor=author_aside)
