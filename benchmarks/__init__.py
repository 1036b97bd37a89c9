"""Speed, measured side by side: `make bench`, or `python -m benchmarks [NAME] [options]`. See docs/performance.md.

Nothing here is part of the package or of its tests. `comments` compares us with the floor (bare Django, one indexed
query, the same JSON) and with django-comments-xtd on one PostgreSQL; other modules with a `main(argv)` measure one
part each and are run by their names.
"""
