#!/usr/bin/env bash
# Run a command with a private PostgreSQL beside it, on a free port and in a temporary folder, gone afterwards:
#
#     scripts/with_postgres.sh .venv/bin/pytest
#
# The command finds the server in MASSAGE_TEST_POSTGRES_PORT (see tests/projects/base.py).
set -euo pipefail

newest_server() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -rV); do
        [ -x "$folder/initdb" ] && echo "$folder" && return
    done
    command -v initdb >/dev/null && dirname "$(command -v initdb)"
}

bin=$(newest_server) || {
    echo "PostgreSQL's server programs (initdb, pg_ctl) were not found." >&2
    echo "Install them: apt install postgresql, brew install postgresql, or your system's package." >&2
    exit 1
}

# The server refuses to run as root, so root lends it to the account that the package made for it.
if [ "$(id -u)" = 0 ]; then
    account=$(id -un postgres 2>/dev/null || echo nobody)
    as_server() { (cd / && exec setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups "$@"); }
else
    account=$(id -un)
    as_server() { "$@"; }
fi

folder=$(mktemp -d)
chown "$account" "$folder"
stop() {
    as_server "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])" 2>/dev/null) ||
    port=$((20000 + RANDOM % 20000))
as_server "$bin/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --locale C >/dev/null
# Nothing here has to survive a power cut, so the server need not wait for the disk.
as_server "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --silent start --options \
    "-p $port -h 127.0.0.1 -k $folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null || {
    cat "$folder/log" >&2
    exit 1
}
echo "$("$bin/postgres" --version) on port $port"
MASSAGE_TEST_POSTGRES_PORT=$port "$@"
