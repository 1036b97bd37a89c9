#!/usr/bin/env bash
# Try what a site would install: the built wheel, in an environment and a folder that do not hold the checkout.
#
#     scripts/try_wheel.sh tests      the contract tests against the wheel
#     scripts/try_wheel.sh demo       the demo started from the wheel and asked for three pages
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

uv=$root/.venv/bin/uv
python=$root/.venvs/wheel/bin/python
rm -rf dist
"$uv" build --quiet --wheel --out-dir dist
[ -x "$python" ] || "$uv" venv --quiet --python .venv/bin/python .venvs/wheel
"$uv" pip install --quiet --python "$python" --constraint constraints.txt --group test --group demo
"$uv" pip install --quiet --python "$python" --constraint constraints.txt --reinstall-package wagtail-massage dist/*.whl

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R tests example_project pyproject.toml "$folder"
cd "$folder"
where=$("$python" -c "import wagtail_massage; print(wagtail_massage.__file__)")
case $where in
*/site-packages/*) echo "The package under test: $(basename "$root"/dist/*.whl)" ;;
*) echo "The tests would see $where instead of the wheel." >&2 && exit 1 ;;
esac

case ${1:-} in
tests) "$python" -m pytest -n auto --quiet -p no:cacheprovider -m contract ;;
demo) "$python" "$root/scripts/probe_demo.py" ;;
*) echo "Say tests or demo." >&2 && exit 2 ;;
esac
