"""The commands of this room, run as at a keyboard."""

from __future__ import annotations

from io import StringIO

from django.core.management import CommandError, call_command

from wagtail_massage.treatments.abstract import BenefitListMixin
from wagtail_massage.treatments.discovery import page_models


def articles():
    [model] = page_models(BenefitListMixin)
    return model.objects.order_by("pk")


class Run:
    """One run of the command: what it said, and what it complained about."""

    command = "import_article"

    def __init__(self, *args):
        out, err = StringIO(), StringIO()
        self.error = ""
        try:
            call_command(self.command, *map(str, args), stdout=out, stderr=err)
        except CommandError as error:
            self.error = str(error)
        self.out, self.err = out.getvalue(), err.getvalue()


class ImportComments(Run):
    command = "import_comments"


class ExportComments(Run):
    command = "export_comments"
