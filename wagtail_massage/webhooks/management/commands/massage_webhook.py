"""`manage.py massage_webhook --test URL_OR_NAME`: see whether somebody hears us."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ....commands import MassageCommand
from ... import signing
from ...events import Trouble
from ...models import WebhookEndpoint
from ...sending import Answer
from ...trying import send_test, send_test_to


class Command(MassageCommand):
    help = (
        "Send a test message to a webhook, by its name, or to any address, and say what came back. Without --test, "
        "list the webhooks that there are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--test", metavar="URL_OR_NAME", help="Where to: a webhook's name, or an address."
        )
        parser.add_argument(
            "--secret",
            metavar="whsec_...",
            help="What to sign with, for an address that is no webhook yet. One is made up without.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["test"]
        if not wanted:
            self._list()
            return
        endpoint = WebhookEndpoint.objects.filter(name=wanted).first()
        endpoint = endpoint or WebhookEndpoint.objects.filter(url=wanted).order_by("pk").first()
        if endpoint is not None:
            attempt = send_test(endpoint, now=timezone.now())
            answer = Answer(
                trouble=Trouble(attempt.trouble) if attempt.trouble else None,
                detail=attempt.detail,
                status=attempt.status,
                body=attempt.answer_body,
                milliseconds=attempt.milliseconds,
            )
        elif "://" in wanted:
            answer = self._test_address(wanted, options["secret"])
        else:
            names = ", ".join(WebhookEndpoint.objects.order_by("name").values_list("name", flat=True)) or "–"
            raise CommandError(
                _(
                    "There is no webhook called “%(name)s”. There are: %(names)s. An address begins with https://."
                )
                % {"name": wanted, "names": names}
            )
        self._tell(answer)

    def _test_address(self, url: str, secret: str | None) -> Answer:
        if secret is None:
            secret = signing.make_secret()
            self.stdout.write(
                _("Signed with a secret that was made up for this test: %(secret)s") % {"secret": secret}
            )
        try:
            return send_test_to(url, secret=secret, now=timezone.now())
        except ValueError as error:
            raise CommandError(_("That is no secret. It begins with whsec_, and base64 follows.")) from error

    def _tell(self, answer: Answer) -> None:
        if answer.status is not None:
            self.stdout.write(f"{answer.status} ({answer.milliseconds} ms)")
        if answer.body:
            self.stdout.write(answer.body[:2000])  # control characters are gone already
        if answer.trouble:
            why = str(answer.trouble.label)
            raise CommandError(f"{why} {answer.detail}".strip())

    def _list(self) -> None:
        for endpoint in WebhookEndpoint.objects.order_by("name"):
            state = _("on") if endpoint.is_active else _("off")
            self.stdout.write(f"{endpoint.name}\t{endpoint.url}\t{state}")
        if not WebhookEndpoint.objects.exists():
            self.stdout.write(_("There is no webhook yet. Add one in the admin: Settings, Webhooks."))
