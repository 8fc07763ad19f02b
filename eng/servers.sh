#!/usr/bin/env bash
# The servers that TicketWorld can use: PostgreSQL 17 with pgvector, and Redis.
#
#   servers.sh install          installs what is missing (Debian, as root; may be repeated)
#   servers.sh run COMMAND ...  starts private instances in a temporary folder, on loopback and free ports with a random
#                               password, runs the command with their addresses in its environment, and ends them
#   servers.sh control ACTION   within run: restart-postgres fast|immediate, kill-redis, start-redis
#
# Debian 12 has no PostgreSQL 17, so there it goes into a folder of its own, which nothing else of the system uses.
set -euo pipefail

root=${TICKETWORLD_SERVERS:-/var/lib/ticketworld/servers}

fail() {
  echo "servers.sh: $*" >&2
  exit 3
}

# Prints "BIN ROOT": the folder of PostgreSQL's programs, and the folder to change the root to ("/" for none).
find_postgres() {
  local version base
  for version in 17 18 16; do
    for base in / "$root/"; do
      if [ -x "${base}usr/lib/postgresql/$version/bin/postgres" ] && [ -e "${base}usr/share/postgresql/$version/extension/vector.control" ]; then
        echo "/usr/lib/postgresql/$version/bin $base"
        return 0
      fi
    done
  done
  return 1
}

install() {
  find_postgres >/dev/null && command -v redis-server >/dev/null && return 0
  [ -r /etc/debian_version ] || fail "this installs on Debian only. Install PostgreSQL 17 with pgvector and Redis 7 yourself; docs/deployment.md says how TicketWorld finds them."
  [ "$(id -u)" -eq 0 ] || fail "installing needs root. Run 'sudo bash eng/servers.sh install', or install PostgreSQL 17 with pgvector and Redis 7 yourself."
  export DEBIAN_FRONTEND=noninteractive

  # Two installations at once would work in the same folder; the second waits, and then finds everything there.
  mkdir -p "$(dirname "$root")"
  exec 9>"$root.lock"
  flock 9
  find_postgres >/dev/null && command -v redis-server >/dev/null && return 0
  apt-get update -q >/dev/null
  command -v redis-server >/dev/null || apt-get install -y -q --no-install-recommends redis-server >/dev/null
  find_postgres >/dev/null && return 0
  if apt-cache show postgresql-17-pgvector >/dev/null 2>&1; then
    apt-get install -y -q --no-install-recommends postgresql-17 postgresql-17-pgvector >/dev/null
  else
    command -v debootstrap >/dev/null || apt-get install -y -q --no-install-recommends debootstrap >/dev/null
    local mirror
    mirror=$(awk '/^URIs:/ { print $2; exit } /^deb / { print $2; exit }' /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true)
    [ -n "$mirror" ] || fail "the machine's Debian mirror was not found in /etc/apt. Name it in sources.list and run this again."
    rm -rf "$root.new"
    debootstrap --variant=minbase --include=postgresql-17,postgresql-17-pgvector trixie "$root.new" "$mirror" >"$root.log" 2>&1 || fail "PostgreSQL 17 could not be installed; $root.log says why."
    rm -rf "$root" "$root.log"
    mv "$root.new" "$root"
  fi
  find_postgres >/dev/null || fail "PostgreSQL with pgvector is not where it was expected after the installation."
}

free_port() {
  # A port that was free a moment ago; the kernel hands them out in turn.
  python3 - <<'PY' 2>/dev/null || echo $((20000 + RANDOM % 20000))
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])
PY
}

in_root() {
  if [ "$base" != / ]; then
    chroot --userspec="$user:$user" "$base" "$@"
  elif [ "$(id -u)" -eq 0 ]; then
    runuser -u "$user" -- "$@"
  else
    "$@"
  fi
}

start_redis() {
  redis-server --bind 127.0.0.1 --port "$redis_port" --requirepass "$password" --save "" --appendonly no --dir "$folder" --daemonize yes --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >/dev/null
}

control() {
  [ -r "${TICKETWORLD_TEST_INSTANCES:-}" ] || fail "control works within 'servers.sh run' only."
  # shellcheck disable=SC1090
  . "$TICKETWORLD_TEST_INSTANCES"
  case "$*" in
    "restart-postgres fast" | "restart-postgres immediate") in_root "$bin/pg_ctl" -D "$inside/data" -w -m "$2" -l "$inside/log" restart >/dev/null ;;
    kill-redis) kill -KILL "$(cat "$folder/redis.pid")" ;;
    start-redis) start_redis ;;
    *) fail "there is no action '$*'." ;;
  esac
}

run() {
  local port
  read -r bin base < <(find_postgres) || fail "PostgreSQL with pgvector was not found. Run 'bash eng/servers.sh install'."
  command -v redis-server >/dev/null || fail "redis-server was not found. Run 'bash eng/servers.sh install'."
  folder=$(mktemp -d)
  data=$(mktemp -d "${base}tmp/ticketworld-postgres.XXXXXX")
  trap stop EXIT
  user=$(id -un)
  [ "$user" = root ] && user=postgres
  inside=/${data#"$base"}
  if [ "$base" != / ]; then
    mountpoint -q "${base}proc" || mount -t proc proc "${base}proc"
    mountpoint -q "${base}dev" || mount --bind /dev "${base}dev"
  fi
  [ "$(id -u)" -eq 0 ] && chroot "$base" chown "$user" "$inside"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  port=$(free_port)
  in_root bash -c "umask 077; printf %s '$password' >'$inside/password'"
  in_root "$bin/initdb" -D "$inside/data" -U ticketworld --pwfile="$inside/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; fail "the database could not be made."; }
  in_root "$bin/pg_ctl" -D "$inside/data" -w -l "$inside/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=256MB -c max_wal_size=4GB" start >"$folder/start.log" 2>&1 || { cat "$folder/start.log" "$data/log" >&2; fail "PostgreSQL did not start."; }
  in_root env PGPASSWORD="$password" "$bin/psql" -q -h 127.0.0.1 -p "$port" -U ticketworld -d postgres -c 'CREATE DATABASE ticketworld' -c '\c ticketworld' -c 'CREATE EXTENSION IF NOT EXISTS vector' >/dev/null
  export TICKETWORLD_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Database=ticketworld;Username=ticketworld;Password=$password"

  redis_port=$(free_port)
  start_redis
  export TICKETWORLD_TEST_REDIS="127.0.0.1:$redis_port,password=$password"
  export TICKETWORLD_TEST_INSTANCES="$folder/instances"
  (umask 077; declare -p bin base user inside folder password redis_port >"$TICKETWORLD_TEST_INSTANCES")
  local status=0
  "$@" || status=$?
  return "$status"
}

stop() {
  [ -n "${inside:-}" ] && in_root "$bin/pg_ctl" -D "$inside/data" -m immediate stop >/dev/null 2>&1 || true
  [ -s "${folder:-/nonexistent}/redis.pid" ] && kill "$(cat "$folder/redis.pid")" 2>/dev/null || true
  [ -n "${data:-}" ] && rm -rf "$data"
  [ -n "${folder:-}" ] && rm -rf "$folder"
}

case "${1:-}" in
  install) install ;;
  run) shift; [ $# -gt 0 ] || fail "run what? servers.sh run COMMAND ..."; run "$@" ;;
  control) shift; control "$@" ;;
  *) sed -n '2,10p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2 ;;
esac
