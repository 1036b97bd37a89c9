"""Screening: every check looks at every draft, the gravest verdict wins, and all of them are kept."""
