"""Readers of articles from elsewhere, and what makes pages of them."""
