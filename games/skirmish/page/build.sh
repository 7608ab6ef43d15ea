#!/bin/sh
# Builds or tests the page for Maven: build.sh (build|test). All the work is in build.mjs; this only says what is missing.
for tool in node npm; do
  command -v "$tool" >/dev/null 2>&1 || {
    echo "The page of Skirmish needs Node.js 20 or newer, but '$tool' is not on the PATH. Install Node.js (https://nodejs.org), then build again." >&2
    exit 1
  }
done
exec node "$(dirname "$0")/build.mjs" "$@"
