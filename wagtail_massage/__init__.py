"""Benefit lists, treatment pages and moderated visitor comments for Wagtail.

Importing the package touches nothing: each room below is an app of its own.
"""

__version__ = "0.1.0.dev0"
