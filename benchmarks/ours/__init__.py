"""Ours: the whole package on a site with the middleware of Wagtail's project template."""
