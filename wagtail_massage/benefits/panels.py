"""The editor's panel that compares the number in the title with the list."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from .title_mismatch import mismatch_of


class TitleCountPanel(Panel):
    """Warn, without ever blocking a save, when the title says 6 and the list has 5; one click mends the title.

    Put it near the title of any page type whose StreamFields may hold benefit lists. It shows the state of the last
    save, and with JavaScript follows the form as it is edited.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_massage/panels/title_count.html"

        class Media:
            css = {"all": ["wagtail_massage/title-count.css"]}
            js = ["wagtail_massage/title-count.js"]

        def show_panel_furniture(self) -> bool:
            return False  # most of the time there is nothing to show

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            bound_title = self.form["title"] if "title" in self.form.fields else None
            return {
                **context,
                "mismatch": mismatch_of(self.instance),
                "title_id": bound_title.id_for_label if bound_title else "",
            }
