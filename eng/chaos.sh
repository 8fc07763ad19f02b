#!/usr/bin/env bash
# Ends processes, servers and connections while batches, tickets and ledger entries are under way, and shows that nothing is lost or
# done twice. Prints kills by kind and by crash point and "lost = 0, duplicated = 0"; exit code 1 otherwise. docs/quality.md tells more.
#
#   chaos.sh [--brief | --short] [--tickets N] [--kills N] [--seed N]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
bash eng/servers.sh install
dotnet build TicketWorld.Tests -c Release --nologo -v quiet
exec bash eng/servers.sh run dotnet TicketWorld.Tests/bin/Release/net10.0/TicketWorld.Tests.dll chaos "$@"
