#!/usr/bin/env bash
# Sends generated requests, right and wrong ones, for every operation of the OpenAPI document to an API of its own and checks the answers. The last line is
# "requests N, answers of 500 or above 0, hangs 0, answers that break the schema 0"; exit code 1 otherwise. docs/quality.md tells more.
#
#   fuzz.sh [--requests N] [--seed S] [--only N]
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build TicketWorld.Tests -c Release --nologo -v quiet
exec dotnet TicketWorld.Tests/bin/Release/net10.0/TicketWorld.Tests.dll fuzz "$@"
