#!/usr/bin/env bash
# Generates and verifies sets over many seeds: soak.sh [SEEDS] [TICKETS_EACH] [first seed].
# The counts of orders, customers and products change from seed to seed, so that own, shared and too few orders all occur.
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-20}
tickets=${2:-5000}
first=${3:-1}
dotnet build TicketWorld.Cli -c Release --nologo -v q
run="TicketWorld.Cli/bin/Release/net10.0/ticketworld"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for ((seed = first; seed < first + seeds; seed++)); do
  case $((seed % 4)) in
    0) orders=$((tickets * 2)) ;;
    1) orders=$tickets ;;
    2) orders=$((tickets / 10 + 1)) ;;
    3) orders=70 ;;
  esac
  "$run" generate --seed "$seed" --tickets "$tickets" --orders "$orders" --customers $((orders / 2 + 20)) --products $((35 + seed * 7 % 200)) --output-dir "$folder" --json >"$folder/generated.txt" 2>/dev/null
  disagreements=$(grep -o '"oracle_disagreements": [0-9]*' "$folder/generated.txt" | grep -o '[0-9]*$')
  rejects=$(grep -o '"gate_rejects": [0-9]*' "$folder/generated.txt" | grep -o '[0-9]*$')
  if ! "$run" verify "$folder" --list 10 >"$folder/verified.txt"; then
    cat "$folder/verified.txt"
    exit 1
  fi
  echo "seed $seed: $tickets tickets on $orders orders, $disagreements oracle disagreements, $rejects gate rejects, verified: $(tail -n 1 "$folder/verified.txt")"
  [ "$disagreements" -eq 0 ] || exit 1
done
