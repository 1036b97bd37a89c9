"""Wagtail by itself: the articles as a page type with a StreamField, in Wagtail's two APIs and as HTML."""
