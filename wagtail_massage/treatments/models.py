"""The snippets that pages point at: people, body areas, contraindications."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from wagtail_massage.installed import require_installed

require_installed("wagtail_massage.treatments")


class Person(index.Indexed, models.Model):
    """Somebody who writes articles or gives treatments."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("Shown under the name."))
    credentials = models.CharField(
        _("credentials"),
        max_length=255,
        blank=True,
        help_text=_("Diplomas and registrations, as they are printed."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The account with which this person signs in here, if there is one."),
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("credentials")]),
        FieldPanel("user"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class BodyArea(index.Indexed, models.Model):
    """A part of the body that a treatment is for: the filter that guests use first."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=60, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("body area")
        verbose_name_plural = _("body areas")

    def __str__(self) -> str:
        return self.name


class Contraindication(index.Indexed, models.Model):
    """A condition with which a treatment is unsafe, or safe only with care."""

    class Level(models.TextChoices):
        """What follows from the condition, the gravest first."""

        AVOID = "AVOID", _("Avoid the treatment")
        AVOID_AREA = "AVOID_AREA", _("Avoid the area")
        ASK_DOCTOR = "ASK_DOCTOR", _("Ask a doctor first")
        ADAPT = "ADAPT", _("Adapt the treatment")

    INSTRUCTIONS = {
        Level.AVOID: _("Do not have this treatment if this applies to you: %(name)s."),
        Level.AVOID_AREA: _("Do not have the affected area treated if this applies to you: %(name)s."),
        Level.ASK_DOCTOR: _("Ask your doctor before you book if this applies to you: %(name)s."),
        Level.ADAPT: _("Ask us to adapt the treatment if this applies to you: %(name)s."),
    }

    name = models.CharField(
        _("name"),
        max_length=120,
        validators=[MinLengthValidator(2)],
        help_text=_("In words that guests use, in lower case: it stands within a sentence."),
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("Other words for it, one a line, as guests may write them.")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.ASK_DOCTOR)
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Why, and what to do instead. Shown with the name.")
    )
    clinically_reviewed_date = models.DateField(
        _("clinically reviewed on"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which a clinician has checked this entry. Empty means: not clinically reviewed."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
        FieldPanel("level"),
        FieldPanel("explanation"),
        FieldPanel("synonyms"),
        FieldPanel("clinically_reviewed_date"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("synonyms"),
        index.FilterField("level"),
    ]

    class Meta:
        verbose_name = _("contraindication")
        verbose_name_plural = _("contraindications")

    def __str__(self) -> str:
        return self.name

    @property
    def gravity(self) -> tuple[int, str]:
        """Sort key: the gravest level first, then by name."""
        known = self.Level.values
        # A level that this version does not know is taken for the gravest.
        return known.index(self.level) if self.level in known else 0, self.name.casefold()

    @property
    def instruction(self) -> str:
        """The whole sentence for guests, which says "do not" or "ask" by itself."""
        sentence = self.INSTRUCTIONS.get(self.level, self.INSTRUCTIONS[self.Level.AVOID])  # type: ignore[call-overload]
        return str(sentence) % {"name": self.name}

    @property
    def synonym_list(self) -> list[str]:
        """The synonyms, one by one."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]

    @property
    def is_clinically_reviewed(self) -> bool:
        """Whether a clinician has checked this entry."""
        return self.clinically_reviewed_date is not None


class DraftPreview(models.Model):
    """A page as one editor sees it in the form, unsaved changes included, for a front end that shows the preview.

    One row for each editor and page, written anew with each look; `page_key` is the page's id, or where a new page is
    about to be. Rows that no token opens any more are deleted on the way.
    """

    key = models.CharField(max_length=32, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    page_type = models.CharField(max_length=200)
    page_key = models.CharField(max_length=300)
    content = models.TextField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("draft in a preview")
        verbose_name_plural = _("drafts in previews")
        indexes = [models.Index(fields=["user", "page_type"], name="massage_preview_of_user")]

    def __str__(self) -> str:
        return f"{self.page_type} {self.page_key}"
