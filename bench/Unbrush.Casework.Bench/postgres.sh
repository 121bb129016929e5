#!/bin/sh
# Runs a command against a throw-away PostgreSQL with its default settings: sh postgres.sh COMMAND...
# $STORE in the command's environment is the connection string of an empty database "bench" ("bench2" is beside it).
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
dir=$(mktemp -d /tmp/unbrush-bench-pg.XXXXXX)
as=""
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="runuser -u postgres --"; fi
stop() { $as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap stop EXIT
$as "$bin/initdb" -A trust -U unbrush -E UTF8 --locale=C.UTF-8 -D "$dir/data" >/dev/null
port=${PGPORT:-54329}
$as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-p $port -k $dir -c listen_addresses=127.0.0.1" start >/dev/null
for db in bench bench2; do "$bin/createdb" -h 127.0.0.1 -p "$port" -U unbrush "$db"; done
STORE="Host=127.0.0.1;Port=$port;Username=unbrush;Database=bench;Command Timeout=300" "$@"
