"""The translation catalogues, one a language: wagtail_massage/locale/<language>/LC_MESSAGES/django.po.

    python scripts/catalogues.py update     gather the strings, then compile
    python scripts/catalogues.py compile    after translating
    python scripts/catalogues.py check      is what is committed what `update` would make?

The root app is part of every installation, so its catalogue serves all rooms. The compiled .mo files are
committed, because the build backend runs no hooks. A new language: add it to LANGUAGES and update.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
import wagtail

PACKAGE = Path(__file__).resolve().parent.parent / "wagtail_massage"
LANGUAGES = ["en", "de"]
SOURCES = ["*.py", "*.html", "*.txt"]
HEADER = {
    "Project-Id-Version": "wagtail-massage",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
"""No dates: a catalogue changes only when its strings do. The plural rule fits all of LANGUAGES."""

Key = tuple[str | None, str, str]


def catalogue(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=0)


def gather(package: Path) -> None:
    """Bring the strings of `package` into its catalogues, new languages included."""
    (package / "locale").mkdir(exist_ok=True)
    locales = [argument for language in LANGUAGES for argument in ("--locale", language)]
    command = [
        "makemessages",
        *locales,
        "--no-wrap",
        "--no-obsolete",
        "--add-location",
        "file",
        "--verbosity",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "-m", "django", *command], cwd=package, env=environment)
    if done.returncode:
        sys.exit("Django could not gather the strings; its message is above.")
    for language in LANGUAGES:
        entries = read(catalogue(language, package))
        entries.header, entries.metadata = "", {**HEADER, "Language": language}
        entries.metadata_is_fuzzy = False
        entries.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        entries.save(str(catalogue(language, package)))


def compile_all() -> None:
    for language in LANGUAGES:
        path = catalogue(language)
        entries = read(path)
        path.with_suffix(".mo").write_bytes(entries.to_binary())
        print(f"{language}: {len(entries)} strings, {entries.percent_translated()} % translated")


def keys(path: Path) -> set[Key]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in read(path) if not entry.obsolete}


def fresh_keys() -> set[Key]:
    """Return the strings of the sources as they are now, gathered in a copy of the package."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "package")
        for pattern in SOURCES:
            for source in PACKAGE.rglob(pattern):
                target = copy / source.relative_to(PACKAGE)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        gather(copy)
        return keys(catalogue(LANGUAGES[0], copy))


def faults() -> list[str]:
    """Return what is wrong with the committed catalogues, one sentence each."""
    found: list[str] = []
    wanted = fresh_keys()
    for language in LANGUAGES:
        path = catalogue(language)
        name = path.relative_to(PACKAGE.parent)
        if not path.exists():
            found.append(f"{name} is missing.")
            continue
        found += [f"{name} lacks {key[1]!r}." for key in sorted(wanted - keys(path), key=str)]
        found += [f"{name} still has {key[1]!r}." for key in sorted(keys(path) - wanted, key=str)]
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != read(path).to_binary():
            found.append(f"{compiled.relative_to(PACKAGE.parent)} is not what {name} compiles to.")
        checked = subprocess.run(
            ["msgfmt", "--check", "-o", os.devnull, path], capture_output=True, text=True
        )
        found += checked.stderr.splitlines() if checked.returncode else []
        found += overriding(language)
    return found


def overriding(language: str) -> list[str]:
    """Return what would change Wagtail's own words: a site puts us before Wagtail, so ours are used for both."""
    theirs: dict[tuple[str | None, str], set[tuple[str, ...]]] = {}
    for folder in wagtail.__path__:
        for path in Path(folder).glob(f"**/locale/{language}/LC_MESSAGES/django.mo"):
            for entry in polib.mofile(str(path)):
                theirs.setdefault((entry.msgctxt, entry.msgid), set()).add(words(entry))
    return [
        f"{language}: {entry.msgid!r} is {sorted(known)} in Wagtail; say the same, or give it a context."
        for entry in read(catalogue(language)).translated_entries()
        if (known := theirs.get((entry.msgctxt, entry.msgid))) and words(entry) not in known
    ]


def words(entry: polib.POEntry | polib.MOEntry) -> tuple[str, ...]:
    """Return what an entry is translated to: one text, or one for each plural form."""
    return tuple(entry.msgstr_plural.values()) or (entry.msgstr,)


def main() -> int:
    action = sys.argv[1] if len(sys.argv) == 2 else ""
    if action not in {"update", "compile", "check"}:
        sys.exit(__doc__)
    if action != "compile" and shutil.which("xgettext") is None:
        message = "GNU gettext is not installed (apt install gettext, brew install gettext)."
        if action == "check" and not os.environ.get("CI"):
            print(f"Catalogues not compared: {message}")
            return 0
        sys.exit(message)
    if action == "check":
        found = faults()
        print("\n".join([*found, "Run `make messages`."] if found else ["The catalogues are fresh."]))
        return int(bool(found))
    if action == "update":
        gather(PACKAGE)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
