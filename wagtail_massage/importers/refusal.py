"""The one error of this room that a person is meant to read."""


class ImportRefused(Exception):
    """Nothing was written. The message names the value and the next step."""
