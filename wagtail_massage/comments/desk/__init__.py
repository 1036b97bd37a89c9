"""The moderator's desk in the Wagtail admin. It shows, and hands every decision to `actions`.

viewset       the addresses, the menu item, where the audit log links to
listing       the lanes: comments of one state, with filters
conversation  one comment between what it answers and what answers it
deciding      the POST that approves, rejects, ...
composing     the form for a public answer of the team
answering     its POST
question      what the desk shows of a health question, and the composer of its answer
health        the POSTs about health questions
redacting     words are taken out of a comment, after a look
texts         "Texts of the desk": replies, notices and disclaimers that editors keep
policy        "Comments on this page": who may comment there
entries       "Screening lists": what is not welcome on the whole site
groups        the panel in Settings > Groups
panels        what waits, on the admin's first page
side_panel    what stands beside a page that is edited; `edit_views`: where Wagtail 8 wants it
report        Reports > Visitor comments; numbers in `figures`, words in `report_tables`, shapes in `charts`
deletion      what the confirmation says when pages with comments are deleted
access        what all views ask before they show anything
lanes, filters, words, health_words, marking   what the views are made of
"""
