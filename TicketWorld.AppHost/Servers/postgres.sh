#!/bin/sh
# Runs a private PostgreSQL with the database ticketworld until standard input ends; makes it at the first start.
#
#   postgres.sh BIN BASE USER HOME PORT
#
# BIN    the folder of PostgreSQL's programs, inside of BASE
# BASE   the folder to change the root to; / for none
# USER   who runs it when the caller is root, which PostgreSQL refuses; empty otherwise
# HOME   the server's folder: data/, and the file password
#
# For root, the caller gives this script a mount namespace of its own (unshare --mount): what is mounted here is seen by
# no other process and gone when the server is, however it ends.
set -eu
bin=$1
base=${2%/}
user=$3
home=$4
port=$5
keep=$(dirname "$0")/keep.sh
password=$(cat "$home/password")

inside=$home
set --
if [ -n "$user" ]; then
  # The server's user may not reach HOME by its path, and from inside of BASE nobody does.
  for inside in /var/lib/postgresql /var/lib/pgsql /mnt; do
    [ -d "$base$inside" ] && break
  done
  mount --bind "$home" "$base$inside"
  if [ -n "$base" ]; then
    mount -t proc proc "$base/proc"
    mount --bind /dev "$base/dev"
  fi
  set -- chroot --userspec="$user:$user" "$base/"
  "$@" test -w "$inside/password" || chroot "$base/" chown -R "$user:$user" "$inside"
fi

if [ ! -e "$home/data/PG_VERSION" ]; then
  # Made beside its place and moved there when it is whole, so a start that is cut off leaves nothing half done.
  echo "making the database"
  new=new.$$
  rm -rf "$home"/new.*
  "$@" "$bin/initdb" -D "$inside/$new" -U postgres -A scram-sha-256 --pwfile="$inside/password" -E UTF8 --locale=C.UTF-8 --no-instructions >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log"; exit 1; }
  # Only the owner of the database gets in, only from this machine, only with the password.
  echo "host ticketworld ticketworld 127.0.0.1/32 scram-sha-256" >"$home/$new/pg_hba.conf"
  single() {
    database=$1
    shift
    "$@" "$bin/postgres" --single -D "$inside/$new" -c log_min_error_statement=panic "$database" 2>&1 >/dev/null
  }
  said=$(
    printf "CREATE ROLE ticketworld LOGIN PASSWORD '%s'\nCREATE DATABASE ticketworld OWNER ticketworld\n" "$password" | single postgres "$@"
    echo "CREATE EXTENSION vector" | single ticketworld "$@"
  )
  case $said in
    *ERROR* | *FATAL* | *PANIC*)
      echo "$said"
      exit 1
      ;;
  esac
  [ ! -e "$home/data" ] || { echo "another start has made the database meanwhile"; exit 1; }
  mv "$home/$new" "$home/data"
  rm -f "$home/initdb.log"
fi

# After a crash of the machine the number in the lock file may be that of any other process, for which PostgreSQL would not start.
if [ -s "$home/data/postmaster.pid" ]; then
  holder=$(head -n 1 "$home/data/postmaster.pid")
  if kill -0 "$holder" 2>/dev/null; then
    program=$(cat "/proc/$holder/comm" 2>/dev/null || ps -o comm= -p "$holder")
    case $program in
      *postgres*) ;;
      *) rm -f "$home/data/postmaster.pid" ;;
    esac
  fi
fi

exec sh "$keep" "$home/running" INT "$@" "$bin/postgres" -D "$inside/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
  -c max_connections=1000 -c shared_buffers=256MB -c max_wal_size=4GB -c log_line_prefix=
