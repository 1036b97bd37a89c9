"""One version, wherever it is asked for."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import wagtail_massage

ROOT = Path(__file__).resolve().parents[2]
IN_A_CHECKOUT = (ROOT / "wagtail_massage").is_dir()


class TestVersion:
    def test_is_the_same_in_pyproject_and_in_the_package(self):
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        assert wagtail_massage.__version__ == declared

    @pytest.mark.skipif(IN_A_CHECKOUT, reason="only in the folder of the wheel tests, which holds no package")
    def test_is_the_installed_one(self):
        assert "site-packages" in Path(wagtail_massage.__file__).parts
        assert version("wagtail-massage") == wagtail_massage.__version__
