"""`manage.py load_contraindications`: add the starter set."""

from __future__ import annotations

from typing import Any

from ....commands import MassageCommand
from ...models import Contraindication
from ...starter_set import STARTER_SET


class Command(MassageCommand):
    """Adds what is missing, by slug. Entries that are there stay as editors have left them."""

    help = (
        "Add the starter set of contraindications. Run it as often as you like: what is there is never changed. "
        "None of the entries is clinically reviewed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Contraindication.objects.values_list("slug", flat=True))
        missing = [entry for entry in STARTER_SET if entry.slug not in known]
        for entry in missing:
            texts = {"name": entry.name, "explanation": entry.explanation, "synonyms": entry.synonyms}
            Contraindication.objects.create(
                slug=entry.slug, level=entry.level, **{field: str(text) for field, text in texts.items()}
            )
        self.stdout.write(
            f"{len(missing)} contraindications added, {len(STARTER_SET) - len(missing)} were already there. "
            "None of the added ones is clinically reviewed: a clinician has to check them."
        )
