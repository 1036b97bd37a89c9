"""The stored choices of the blocks. Values are permanent; labels are not."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the entries of a list are to the reader."""

    REASONS = "REASONS", _("Reasons")
    BENEFITS = "BENEFITS", _("Benefits")
    TIPS = "TIPS", _("Tips")
    SIGNS = "SIGNS", _("Signs")
    MYTHS = "MYTHS", _("Myths")
    STEPS = "STEPS", _("Steps")
    OTHER = "OTHER", _("Other")


class Numbering(models.TextChoices):
    """How positions become numbers."""

    ASCENDING = "ASCENDING", _("Counting up: 1, 2, 3")
    COUNTDOWN = "COUNTDOWN", _("Counting down: 3, 2, 1")
    NONE = "NONE", _("No numbers")


class HeadingLevel(models.TextChoices):
    """The HTML heading with which a list starts."""

    H2 = "H2", _("Second level (h2)")
    H3 = "H3", _("Third level (h3)")
    H4 = "H4", _("Fourth level (h4)")


class CalloutKind(models.TextChoices):
    """How urgent a callout is."""

    TIP = "TIP", _("Tip")
    NOTE = "NOTE", _("Note")
    IMPORTANT = "IMPORTANT", _("Important")
