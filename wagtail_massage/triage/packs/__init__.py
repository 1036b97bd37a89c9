"""The words of each language that triage knows, one TOML file each. English is thorough; the others know the common
words, so that common questions are seen."""

from .base import Pack, load_packs

__all__ = ["Pack", "load_packs"]
