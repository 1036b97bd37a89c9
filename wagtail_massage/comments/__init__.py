"""Visitor comments: post, screen, decide, read.

The map, top to bottom; arrows point down and import-linter keeps them so:

    api, views, wagtail_hooks   translate HTTP and the admin into one domain call each
    actions                     the verbs; nothing else writes
    screening, throttling       decide what happens to a draft before anything is stored
    permissions                 who may moderate what
    models                      rows
    querysets, signals, states, paths, text, tokens, conf
"""
