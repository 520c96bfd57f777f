# Sourced by the verbs: strict mode, the repository's root, how to fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
  echo "error: $*" >&2
  exit 5
}

# Debian's packages, as root; told by name what to install otherwise.
install_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || fail "missing: apt-get install $*"
  echo "installing Debian's $*"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@"; } > /dev/null ||
    fail "apt-get install $* failed; the lines above say why"
}
