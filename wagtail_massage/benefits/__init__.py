"""Benefit lists: StreamField blocks without tables, so any site may use them.

- `blocks`: what editors fill in. `values`: what templates, JSON and schema.org read.
- `anchors`: fragment identifiers that survive edits. `title_count`: the number in "6 Reasons ...".
- `expansion`: rich text and renditions of a whole value in a constant number of queries.
- `streams`: a whole StreamField as JSON or HTML. `schema_org`: a list as ItemList.
- `panels`: the editor's warning when title and list differ.
"""
