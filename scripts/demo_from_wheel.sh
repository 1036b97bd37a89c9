#!/usr/bin/env bash
# Start the demo from what a site would install: the built wheel, in an environment and a folder that do not hold the
# checkout. (The contract tests meet the wheel in scripts/matrix.py.)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

uv=$root/.venv/bin/uv
python=$root/.venvs/wheel/bin/python
rm -rf dist
"$uv" build --quiet --wheel --out-dir dist
[ -x "$python" ] || "$uv" venv --quiet --python .venv/bin/python .venvs/wheel
"$uv" pip install --quiet --python "$python" --constraint constraints.txt --group demo
"$uv" pip install --quiet --python "$python" --constraint constraints.txt --reinstall-package wagtail-massage dist/*.whl

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R example_project pyproject.toml "$folder"
cd "$folder"
where=$("$python" -c "import wagtail_massage; print(wagtail_massage.__file__)")
case $where in
*/site-packages/*) echo "The package under test: $(basename "$root"/dist/*.whl)" ;;
*) echo "The demo would see $where instead of the wheel." >&2 && exit 1 ;;
esac
"$python" "$root/scripts/probe_demo.py"
