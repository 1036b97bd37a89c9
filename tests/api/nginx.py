"""nginx as a shared cache before the site, on a private port, and how Wagtail has it forget an address.

nginx without its commercial parts knows no PURGE, but finds a copy that is deleted gone: that is what `Purger` does
(docs/headless.md has the same few lines for a site). Asking for the address past the cache would not be enough: an
answer that may not be kept, such as a 404, leaves the old copy where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from wagtail.contrib.frontend_cache.backends import BaseBackend

from tests.mail_sink import free_port
from tests.servers.processes import wait_until

CONFIGURATION = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=site:1m;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {upstream};
      proxy_set_header Host localhost;
      proxy_cache site;
      proxy_cache_key $request_uri;
      proxy_cache_revalidate on;
      add_header X-Cache $upstream_cache_status always;
    }}
  }}
}}
"""


class Answer(NamedTuple):
    status: int
    headers: Any
    body: bytes

    @property
    def cache(self) -> str:
        """HIT, MISS, EXPIRED, REVALIDATED, BYPASS, or "" where nginx did not think of its cache."""
        return self.headers.get("X-Cache", "")


class Nginx:
    def __init__(self, program: str, folder: Path, upstream: str) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"http://127.0.0.1:{self.port}"
        # Where root tests, nginx would work as somebody who may not write into the folder.
        user = "user root root;" if os.geteuid() == 0 else ""
        told = CONFIGURATION.format(user=user, folder=folder, port=self.port, upstream=upstream)
        (folder / "nginx.conf").write_text(told)
        self.process = subprocess.Popen(
            [program, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
        )
        wait_until(self._answers, "nginx")

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        try:
            self.ask("/api/massage/v1/comment-counts/?page=1")
        except OSError:
            return False
        return True

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=body, headers=named, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Purger(BaseBackend):
    """A cache backend for `WAGTAILFRONTENDCACHE` on the machine of nginx: it deletes every copy of an address."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.folder = Path(params["FOLDER"])

    def purge(self, url: str) -> None:
        key = b"\nKEY: /" + url.split("://", 1)[1].partition("/")[2].encode() + b"\n"
        for copy in self.folder.iterdir():
            if key in copy.read_bytes()[:2048]:  # the head of a copy says which key it has
                copy.unlink()


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
