#!/usr/bin/env bash
# Run a command with a private MariaDB beside it, on a free port and in a temporary folder, gone afterwards:
#
#     scripts/with_mariadb.sh .venv/bin/pytest tests/comments
#
# The command finds the server in MASSAGE_TEST_MARIADB_PORT (see tests/projects/base.py).
set -euo pipefail

PATH=$PATH:/usr/sbin:/usr/local/sbin
for program in mariadbd mariadb-install-db mariadb-admin; do
    command -v "$program" >/dev/null || {
        echo "MariaDB's server programs were not found ($program is missing)." >&2
        echo "Install them: apt install mariadb-server, brew install mariadb, or your system's package." >&2
        exit 1
    }
done

# The server refuses to run as root, so root lends it to the account that the package made for it.
if [ "$(id -u)" = 0 ]; then
    account=$(id -un mysql 2>/dev/null || echo nobody)
    as_server() { (cd / && exec setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups "$@"); }
else
    account=$(id -un)
    as_server() { "$@"; }
fi

folder=$(mktemp -d)
chown "$account" "$folder"
stop() {
    [ ! -f "$folder/pid" ] || kill "$(cat "$folder/pid")" 2>/dev/null || true
    wait || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])" 2>/dev/null) ||
    port=$((20000 + RANDOM % 20000))
as_server mariadb-install-db --no-defaults --datadir="$folder/data" --auth-root-authentication-method=normal \
    --skip-test-db >"$folder/log" 2>&1 || {
    cat "$folder/log" >&2
    exit 1
}
# Nothing here has to survive a power cut, so the server need not wait for the disk. Defaults otherwise, the character
# set included: a site's database is what its host has set up.
as_server mariadbd --no-defaults --datadir="$folder/data" --socket="$folder/socket" --port="$port" \
    --bind-address=127.0.0.1 --pid-file="$folder/pid" --character-set-server=utf8mb4 \
    --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --skip-innodb-doublewrite >>"$folder/log" 2>&1 &
for _ in $(seq 150); do
    mariadb-admin --no-defaults --user=root --socket="$folder/socket" --silent ping >/dev/null 2>&1 && break
    jobs %% >/dev/null 2>&1 || break
    sleep 0.2
done
mariadb-admin --no-defaults --user=root --socket="$folder/socket" --silent ping >/dev/null || {
    cat "$folder/log" >&2
    exit 1
}
echo "$(mariadbd --version | tail -1) on port $port"
MASSAGE_TEST_MARIADB_PORT=$port "$@"
