# Sourced by the commands: strict mode, the repository's root, the function fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
  echo "error: $*" >&2
  exit 5
}

# Debian's packages, as root, unless the command that comes first says they are there; otherwise the error names what
# to install. Concurrent processes take turns, so none sees a partial installation of another.
install_debian() {
  local present=$1
  shift
  (
    flock 9
    ! $present || exit 0
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || fail "missing: apt-get install $*"
    echo "installing Debian's $*"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@"; } > /dev/null 9>&- ||
      fail "apt-get install $* failed; the lines above say why"
  ) 9> "${TMPDIR:-/tmp}/pos-modern-ai-$(id -u)-install.lock"
}
