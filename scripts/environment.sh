#!/usr/bin/env bash
# Make the virtual environment VENV if it is not there, and install the project with its dependency group GROUP:
#
#     scripts/environment.sh .venv dev
#
# uv is used where it is found, venv and pip otherwise. Versions come from constraints.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$1
group=$2
python=$venv/bin/python
uv=$(command -v uv || true)

if ! "$python" -c "" 2>/dev/null; then
    base=$(scripts/find_python.sh 3.11) || {
        echo "No Python >= 3.11 with the venv module was found. Install one (on Debian: apt install python3-venv)," >&2
        echo "or say where it is: make PYTHON=/path/to/python3 ..." >&2
        exit 1
    }
    echo "Making $venv with $("$base" --version), $base"
    if [ -n "$uv" ]; then
        "$uv" venv --quiet --clear --python "$base" "$venv"
    else
        "$base" -m venv --clear "$venv"
        "$python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1" # the first that knows --group
    fi
fi

[ -n "$uv" ] || { [ -x "$venv/bin/uv" ] && uv=$venv/bin/uv; } || true
echo "Installing the project with its $group group into $venv"
if [ -n "$uv" ]; then
    "$uv" pip install --quiet --python "$python" --constraint constraints.txt --editable . --group "$group"
else
    "$python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group "$group"
fi
