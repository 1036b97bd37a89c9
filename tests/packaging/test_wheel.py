"""What a site installs: the package with its templates, scripts, catalogues and types, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wagtail_massage"
UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")

pytestmark = [
    pytest.mark.skipif(not PACKAGE.is_dir(), reason="the wheel is built from a checkout"),
    pytest.mark.skipif(UV is None, reason="uv, which builds the wheel, is not installed"),
]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The files of a wheel that is built now."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([UV, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


class TestWheel:
    @pytest.mark.parametrize(
        "pattern", ["templates/**/*.html", "static/**/*", "**/*.mo", "**/*.po", "py.typed", "**/*.py"]
    )
    def test_holds_every_file_of_the_package(self, names, pattern):
        ours = [
            str(path.relative_to(ROOT))
            for path in PACKAGE.glob(f"**/{pattern}" if not pattern.startswith("**") else pattern)
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert ours
        assert sorted(set(ours) - names) == []

    def test_holds_the_licence(self, names):
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)

    def test_holds_nothing_but_the_package(self, names):
        roots = {name.split("/")[0] for name in names if ".dist-info/" not in name}
        assert roots == {"wagtail_massage"}
        assert not [name for name in names if name.endswith(".pyc")]
