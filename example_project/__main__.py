"""`python -m example_project` starts the demo, `python -m example_project COMMAND ...` runs a command of it."""

import os
import sys


def main() -> int:
    # Set, not defaulted: whatever project the shell is in, the demo touches nothing but its own folder.
    os.environ["DJANGO_SETTINGS_MODULE"] = "example_project.settings"
    if sys.argv[1:]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["python -m example_project", *sys.argv[1:]])
        return 0
    from example_project.startup import start

    return start(os.environ.get("PORT", "8000"))


if __name__ == "__main__":
    sys.exit(main())
