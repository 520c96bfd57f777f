# Sourced by the verbs: strict mode, the repository's root, how to fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
  echo "error: $*" >&2
  exit 5
}
