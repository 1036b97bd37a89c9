"""The demo's start-up, as far as it needs no site: its port, its secret, what it prints and what it refuses."""

import io
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from example_project.console import Step
from example_project.keeping import home_folder, kept_secret
from example_project.startup import bind

ROOT = Path(__file__).resolve().parents[2]


class Terminal(io.StringIO):
    def isatty(self):
        return True


class TestBind:
    def test_takes_the_next_free_port_when_the_wanted_one_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as squatter:
            taken = squatter.getsockname()[1]
            with bind(taken) as server:
                assert server.server_port > taken

    def test_listens_on_this_machine_alone(self):
        with bind(20000) as server:
            assert server.server_address[0] == "127.0.0.1"


class TestKeptSecret:
    def test_is_made_once(self, tmp_path):
        assert kept_secret(tmp_path / "key") == kept_secret(tmp_path / "key")

    def test_differs_from_site_to_site(self, tmp_path):
        assert kept_secret(tmp_path / "one") != kept_secret(tmp_path / "other")

    def test_is_readable_by_its_owner_alone(self, tmp_path):
        kept_secret(tmp_path / "key")
        assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


class TestHomeFolder:
    def test_is_the_chosen_one(self, tmp_path, monkeypatch):
        monkeypatch.setenv("MASSAGE_DEMO_DIR", str(tmp_path / "new"))
        assert home_folder() == tmp_path / "new"
        assert (tmp_path / "new").is_dir()


class TestStep:
    def test_prints_one_plain_line_where_there_is_no_terminal(self):
        out = io.StringIO()
        with Step(1, 2, "Database", out=out) as step:
            step.progress(1, 4)
            step.finish("4 migrations")
        assert out.getvalue() == "[1/2] Database: 4 migrations\n"

    def test_draws_a_bar_on_a_terminal(self):
        out = Terminal()
        with Step(1, 2, "Database", out=out) as step:
            step.progress(2, 4)
        assert "[1/2] Database  ###############............... 2/4" in out.getvalue()

    def test_says_so_when_the_work_was_not_finished(self):
        out = io.StringIO()
        with pytest.raises(KeyboardInterrupt), Step(1, 2, "Database", out=out):
            raise KeyboardInterrupt
        assert out.getvalue() == "[1/2] Database: not finished\n"


class TestCommandLine:
    @pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
    def test_refuses_what_is_no_port(self, port, tmp_path):
        environment = {**os.environ, "PORT": port, "MASSAGE_DEMO_DIR": str(tmp_path / "var")}
        command = [sys.executable, "-m", "example_project"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 2
        assert f"PORT={port} is not a port number" in done.stderr
        assert not (tmp_path / "var").exists()
