#!/bin/sh
# Runs a private Redis in its folder until standard input ends.
#
#   redis.sh PROGRAM HOME
set -eu
cd "$2"
exec sh "$(dirname "$0")/keep.sh" "$2/running" TERM "$1" "$2/redis.conf"
