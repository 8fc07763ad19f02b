#!/usr/bin/env bash
# Restores what is missing, builds with warnings as errors, checks the formatting and runs all tests. Tests that need a server get
# private ones (eng/servers.sh); where these cannot be had, they are left out, which is said, and in CI is an error.
# A test that hangs for twenty minutes ends the run, with its name. Without arguments, and with servers, eng/chaos.sh's brief form follows.
# The last line is "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download and run this again." >&2
  exit 1
fi

dotnet build TicketWorld.sln --nologo -warnaserror
dotnet format TicketWorld.sln --no-restore --verify-no-changes

if bash eng/servers.sh install; then
  with=(bash eng/servers.sh run)
elif [ "${CI:-}" = true ]; then
  echo "The servers that tests need cannot be had." >&2
  exit 1
else
  echo "Tests that need PostgreSQL or Redis are left out." >&2
  with=()
  set -- --filter "Server!=postgres&Server!=redis" "$@"
fi

# A shell that starts this in the background has interrupts ignored, and what the tests interrupt would ignore them too.
if env --default-signal=INT true 2>/dev/null; then
  with=(env --default-signal=INT "${with[@]}")
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
"${with[@]}" dotnet test TicketWorld.sln --no-build --nologo --blame-hang --blame-hang-timeout 20m --blame-hang-dump-type none --logger "trx;LogFileName=results.trx" --results-directory "$results" "$@" || status=$?
if [ $# -eq 0 ]; then
  # About two minutes of processes, servers and connections that end; eng/chaos.sh has the long forms.
  "${with[@]}" dotnet TicketWorld.Tests/bin/Debug/net10.0/TicketWorld.Tests.dll chaos --brief || status=$?
fi

# With --collect "XPlat Code Coverage" the reports stay, one of each project of tests.
while IFS= read -r coverage; do
  mkdir -p TestResults
  cp "$coverage" TestResults/
  echo "Coverage: TestResults/$(basename "$coverage"), $(grep -o -m 1 'line-rate="[0-9.]*"' "$coverage" | head -n 1) of lines"
done < <(find "$results" -name coverage.cobertura.xml)

counters=$(grep -ho '<Counters [^>]*>' "$results"/*.trx || true)
sum() { echo "$counters" | grep -o "$1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ s += $1 } END { print s + 0 }'; }
passed=$(sum ' passed')
failed=$(sum ' failed')
skipped=$(($(sum ' total') - passed - failed))
[ "$status" -eq 0 ] && [ "$passed" -eq 0 ] && { echo "No test ran." >&2; status=1; }
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
