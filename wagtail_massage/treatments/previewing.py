"""Drafts for a front end: what the editor sees in the form is kept for a while, under a signed, short-lived token.

The token is all that a reader needs; it stands in an address, so it opens one draft only and soon nothing.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core import signing
from django.utils import timezone

from wagtail_massage.conf import api_settings

_SALT = "wagtail_massage_treatments.preview"


class BadPreviewToken(LookupError):
    """The token is too old or forged, or its draft is gone."""


def keep_draft(page: Any, user: Any) -> str:
    """Keep `page`, as it is in memory, for a preview by `user`, and return the token that reads it."""
    from .models import DraftPreview

    now = timezone.now()
    DraftPreview.objects.filter(changed_at__lt=now - _lifetime()).delete()
    seen = {"content": page.to_json(), "changed_at": now}
    draft, _is_new = DraftPreview.objects.update_or_create(
        user=user if getattr(user, "is_authenticated", False) else None,
        page_type=page._meta.label_lower,
        page_key=str(page.pk) if page.pk else f"new:{page.path}",
        defaults=seen,
        create_defaults={**seen, "key": secrets.token_hex(16)},
    )
    return signing.dumps(draft.key, salt=_SALT)


def front_end_url(page: Any, user: Any) -> str:
    """Return where the front end shows the draft, "" where the site has not said that it does."""
    address = api_settings.preview_url
    if not address:
        return ""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'token': keep_draft(page, user)})}"


def read_draft(token: str) -> Any:
    """Return the page that a token stands for, ours or one of wagtail-headless-preview where that is installed.

    Raises:
        BadPreviewToken: if there is none.
    """
    from .models import DraftPreview

    try:
        key = signing.loads(token, salt=_SALT, max_age=_lifetime())
    except signing.BadSignature:
        return _read_foreign_draft(token)
    draft = DraftPreview.objects.filter(key=key, changed_at__gte=timezone.now() - _lifetime()).first()
    if draft is None:
        raise BadPreviewToken
    return apps.get_model(draft.page_type).from_json(draft.content, check_fks=False)


def _read_foreign_draft(token: str) -> Any:
    if not apps.is_installed("wagtail_headless_preview"):
        raise BadPreviewToken
    from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

    try:
        HeadlessPreviewMixin.get_preview_signer().unsign(token, max_age=_lifetime())
        return PagePreview.objects.get(token=token).as_page()
    except (signing.BadSignature, PagePreview.DoesNotExist) as error:
        raise BadPreviewToken from error


def _lifetime() -> timedelta:
    return timedelta(minutes=api_settings.preview_minutes)
