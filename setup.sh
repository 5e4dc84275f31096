#!/usr/bin/env bash
# Makes this checkout ready: installs the system packages that are missing (Debian, Ubuntu), makes .venv, and installs
# Saraban into it. `./setup.sh dev` adds the tools for tests and lint. The second run only looks and ends.
# pip's own settings (index, certificates, cache) are left as the machine has them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

extras="${1:-}"
venv=.venv
# What .venv must have been made from; the folder counts because a virtual environment cannot be moved.
key="$(cat pyproject.toml setup.sh <(pwd -P) | sha256sum | cut -c1-16)"

say() { printf 'setup: %s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}

# The one that SETUP_PYTHON names, else the newest of the tested, else whatever python3 is. A name on the PATH proves
# nothing (a version manager leaves names that do not run, Debian splits off ensurepip), so each is tried.
find_python() {
    local name
    for name in ${SETUP_PYTHON:-} python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
        if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

install_packages() {
    command -v apt-get >/dev/null || die "please install: $* (there is no apt-get here)"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "please install, as root: apt-get install $*"
        as_root=(sudo)
    fi
    say "installing system packages: $*"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update || say "apt-get update failed; trying with the lists that are here"
    "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null </dev/null
}

missing=()
command -v tesseract >/dev/null || missing+=(tesseract-ocr)
find_python >/dev/null || missing+=(python3 python3-venv)
# Reports as PDF need a Thai face; on a machine without any, Saraban would make all other forms of them alone.
if ! fc-list :lang=th family 2>/dev/null | grep -q .; then
    missing+=(fontconfig fonts-tlwg-laksaman-ttf)
fi
# The tests of the review desk drive a browser. Ubuntu has it as a snap alone; there they say why they are skipped.
if [ "$extras" = dev ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null && ! command -v chromium >/dev/null; then
    missing+=(chromium)
fi
# The tests of the archive run on SQLite and on a PostgreSQL server of their own; without it they say why they skip.
if [ "$extras" = dev ] && ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
    missing+=(postgresql)
fi
[ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"

installed="$(cat "$venv/installed" 2>/dev/null || true)"
if "$venv/bin/python" -c '' 2>/dev/null && { [ "$installed" = "$key dev" ] || [ "$installed" = "$key $extras" ]; }; then
    exit 0
fi

python="$(find_python)" || die "Python 3.11 or newer with venv is needed (Debian 12, Ubuntu 24.04 or newer have it)"
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || {
    say "making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
}
say "installing Saraban and the packages it needs into $venv (some minutes the first time)"
rm -f "$venv/installed"
"$venv/bin/python" -m pip install --quiet --editable ".${extras:+[$extras]}"
printf '%s\n' "$key $extras" >"$venv/installed"
say "ready: $venv/bin/saraban"
