"""The options by which commands choose a person's comments, and what they choose."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from ..models import VisitorComment
from ..privacy import search


def add_selectors(parser: CommandParser) -> None:
    """Add --email, --name, --uuid and --user. What any of them finds is chosen."""
    parser.add_argument(
        "--email", default="", help="A whole e-mail address; also of users and outside accounts."
    )
    parser.add_argument(
        "--name", default="", help="A part of the name beside the comments. Others may share it."
    )
    parser.add_argument(
        "--uuid",
        action="append",
        default=[],
        help="The public id of a comment, or a link to it. Several times.",
    )
    parser.add_argument("--user", help="The username of a Django user.")


def chosen(options: dict[str, Any]) -> list[VisitorComment]:
    """Return the comments that the options choose, newest first.

    Raises:
        CommandError: if an option is none of its kind, or if there is none.
    """
    query = search.Query(
        name=options["name"],
        email=options["email"],
        address=" ".join(options["uuid"]),
        user=_user(options["user"]),
    )
    if not query.names_somebody:
        raise CommandError(_("Say whose comments: --email, --name, --uuid or --user."))
    try:
        query = search.check(query)
    except search.Unsearchable as error:
        raise CommandError(str(error)) from error
    return list(search.own_comments(query).select_related("page", "thread").order_by("-created_at", "-pk"))


def _user(username: str | None) -> Any:
    if not username:
        return None
    model = get_user_model()
    try:
        return model.objects.get_by_natural_key(username).pk
    except model.DoesNotExist as error:
        raise CommandError(
            _("There is no user “%(user)s”. --user wants the name that they sign in with.")
            % {"user": username}
        ) from error


def line(comment: VisitorComment) -> str:
    """Return what a list of comments says of one."""
    page = comment.page.title if comment.page else comment.thread.page_title
    return f"{comment.uuid}  {comment.created_at:%Y-%m-%d}  {comment.status}  {comment.author_name}  ({page})"
