#!/usr/bin/env bash
# Print the path of a Python that is at least MINIMUM and, if given, below BELOW:
#
#     scripts/find_python.sh 3.12          scripts/find_python.sh 3.11 3.12
#
# Every candidate is run before it is believed: a version manager's shim may stand in PATH and only print an error.
# PYTHON=/path/to/python goes first. Exit status 1 when there is none.
set -euo pipefail

minimum=$1
below=${2:-99}
test_version='
import ensurepip, sys, venv
low, high = (tuple(int(part) for part in text.split(".")) for text in sys.argv[1:3])
assert low <= sys.version_info[:2] and sys.version_info[: len(high)] < high
print(getattr(sys, "_base_executable", sys.executable))
'

for candidate in "${PYTHON:-}" python3 python python3.11 python3.12 python3.13 python3.14 \
    "$HOME"/.pyenv/versions/*/bin/python "$HOME"/.local/share/uv/python/*/bin/python /usr/bin/python3 \
    /usr/local/bin/python3 /opt/homebrew/bin/python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if found=$("$candidate" -c "$test_version" "$minimum" "$below" 2>/dev/null) && [ -x "$found" ]; then
        echo "$found"
        exit 0
    fi
done
exit 1
