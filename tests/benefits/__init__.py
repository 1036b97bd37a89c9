"""Benefit lists."""
