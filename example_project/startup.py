"""From `make demo` to the first page: a port, the database, the content, an admin user, the server."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import sys
from pathlib import Path
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

from . import frontend_server
from .console import Step

HOST = "127.0.0.1"
PORTS_TRIED = 50
ADMIN = "admin"
STEPS = 5

WELCOME = """
This is a demo: its server is Django's own, its secrets lie in {folder}. Do not put it on the internet.

  Site      http://localhost:{port}/
  Front end {frontend}
  Admin     http://localhost:{port}/admin/
  API docs  http://localhost:{port}/api/massage/v1/docs/
  Mails     are written to {mail}, none leaves this machine

Try this: {hint}

Ctrl+C stops it. `make demo` starts it again with everything you did; remove {folder} to begin anew.
"""
HINT = "leave a comment below an article, then approve it in the admin under Comments."


def start(port: str) -> int:
    """Prepare what is not prepared yet, serve until Ctrl+C and return the exit status."""
    if not (port.isdecimal() and 1 <= int(port) <= 65535):
        print(
            f"PORT={port} is not a port number. Take one from 1 to 65535, such as 8000.",
            file=sys.stderr,
        )
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _prepare_and_serve(int(port))
    except KeyboardInterrupt:
        print("\nThe demo has stopped.")
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        print(
            f"No port from {port} on could be taken, {PORTS_TRIED} were tried: {error.strerror}.",
            file=sys.stderr,
        )
        print("Choose another one: make demo PORT=9000", file=sys.stderr)
        return 1
    return 0


def _prepare_and_serve(wanted: int) -> None:
    with Step(1, STEPS, "Port") as step:
        server = bind(wanted)
        port = server.server_port
        step.finish(str(port) if port == wanted else f"{port}, because {wanted} is taken")
    os.environ["MASSAGE_DEMO_PORT"] = str(port)  # the settings build absolute addresses from it
    with Step(2, STEPS, "Front end") as step:
        frontend = frontend_server.choose_origin(after=port)
        step.finish(frontend or frontend_server.WITHOUT)
    os.environ["MASSAGE_DEMO_FRONTEND"] = frontend

    from .wsgi import application

    with Step(3, STEPS, "Database") as step:
        migrate(step)
    with Step(4, STEPS, "Content") as step:
        fill(step, port=port)
        secret = frontend_server.subscribe(frontend)
    with Step(5, STEPS, "Admin user") as step:
        welcome_admin(step, password=secrets.token_urlsafe(9))

    from django.conf import settings

    folder, mail = _short(settings.VAR), _short(settings.EMAIL_FILE_PATH)
    server.set_app(application)
    server.server_activate()
    with frontend_server.running(frontend, cms=f"http://localhost:{port}", secret=secret):
        shown = f"{frontend}/" if frontend else "not started"
        print(WELCOME.format(port=port, frontend=shown, folder=folder, mail=mail, hint=HINT), flush=True)
        try:
            server.serve_forever()
        finally:
            server.server_close()


def bind(wanted: int) -> ThreadedWSGIServer:
    """Return a server on `wanted` or the next free port. It answers only once `server_activate` is called.

    Raises:
        OSError: when none of the next ports is free.
    """
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        server = ThreadedWSGIServer((HOST, port), WSGIRequestHandler, bind_and_activate=False)
        try:
            server.server_bind()
        except OSError as error:
            server.server_close()
            refusal = error
        else:
            return server
    raise refusal


def migrate(step: Step) -> None:
    """Bring the database up to date with a progress bar; an interrupted run goes on where it stopped."""
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    total = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not total:
        step.finish("up to date")
        return

    class WithProgress(Command):
        applied = 0

        def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
            if action == "apply_success":
                self.applied += 1
                step.progress(self.applied, total)

    call_command(WithProgress(), verbosity=0, interactive=False)
    step.finish(f"{total} migrations in {_short(Path(connection.settings_dict['NAME']))}")


def fill(step: Step, *, port: int) -> None:
    """Let `seed` fill an empty site, all or nothing, and let the site answer on `port`."""
    from wagtail.models import Site

    from .seed import ForeignSite, seed

    try:
        made = seed(report=step.progress)
    except ForeignSite as error:
        step.finish(f"kept. {error}")
    else:
        step.finish(_counted() if made else "kept")
    Site.objects.filter(is_default_site=True).update(hostname="localhost", port=port)
    Site.clear_site_root_paths_cache()


def _counted() -> str:
    from wagtail.images import get_image_model
    from wagtail.models import Page

    from wagtail_massage.comments.models import VisitorComment

    pages, images = Page.objects.filter(depth__gt=1).count(), get_image_model().objects.count()
    return f"{pages} pages, {images} images, {VisitorComment.objects.count()} comments"


def welcome_admin(step: Step, *, password: str) -> None:
    """Make the admin user at the first start and let the content's own accounts in with the same password.

    It is printed and kept nowhere.
    """
    from django.contrib.auth import get_user_model

    from .seed.accounts import EDITOR, MODERATOR

    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        step.finish(f"kept; a new password: python -m example_project changepassword {ADMIN}")
        return
    users.create_superuser(ADMIN, "admin@otterfold.example", password)
    for user in users.filter(username__in=[MODERATOR, EDITOR]):
        user.set_password(password)
        user.save()
    step.finish(
        f"{ADMIN}, password {password} (shown only now). It also lets in {MODERATOR}, who moderates comments, "
        f"and {EDITOR}, who edits pages"
    )


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
