#!/bin/sh
# Runs a server until it ends by itself or standard input ends, which is when the AppHost ends, in whatever way.
#
#   keep.sh RECORD SIGNAL COMMAND ...
#
# RECORD is a file that names the running server. A server that it names and that still runs was left behind by an
# AppHost and a keep.sh that were both killed: it is stopped first. SIGNAL asks for a clean stop.
set -u
record=$1
signal=$2
shift 2

# What tells a process from a later one of the same number: when it was started, and since which start of the machine.
identity() {
  if [ -r /proc/self/stat ]; then
    [ -r "/proc/$1/stat" ] && echo "$1 $(sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20) $(cat /proc/sys/kernel/random/boot_id)"
  else
    ps -o pid=,lstart= -p "$1"
  fi
}

if [ -s "$record" ]; then
  left=$(cut -d ' ' -f 1 "$record")
  if [ "$(identity "$left")" = "$(cat "$record")" ]; then
    echo "process $left was left behind by an AppHost that was killed; it is stopped"
    kill -"$signal" "$left"
    tenths=0
    while [ "$(identity "$left")" = "$(cat "$record")" ]; do
      tenths=$((tenths + 1))
      [ "$tenths" -eq 100 ] && kill -QUIT "$left"
      [ "$tenths" -gt 150 ] && { echo "process $left does not stop"; exit 1; }
      sleep 0.1
    done
  fi
fi

exec 3<&0
"$@" </dev/null 3<&- 2>&1 &
server=$!
identity "$server" >"$record.new" && mv "$record.new" "$record"
(
  while read -r _ <&3; do :; done
  # Again and again: a server that is just starting does not hear it yet.
  while kill -"$signal" "$server"; do sleep 1; done
) 2>/dev/null &
watch=$!
exec 3<&-
wait "$server"
status=$?
kill "$watch" 2>/dev/null
exit "$status"
