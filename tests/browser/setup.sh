#!/bin/sh
# The browser tests drive the Chromium of the distribution. As root or under CI it is installed
# here where it is missing; elsewhere the tests are skipped, and say so.
set -eu
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    sudo=
elif [ -n "${CI:-}" ]; then
    sudo="sudo -n"
else
    echo "NO CHROMIUM: the browser tests are skipped. On Debian: sudo apt install chromium" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q
$sudo apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core
