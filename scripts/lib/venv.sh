# Sourced by the commands that run their own Python: an environment made from a lock file.

# locked_venv <folder> <lock>: makes the environment, and rebuilds it when the lock file (exact versions and hashes)
# has changed.
locked_venv() {
  local venv=$1 lock=$2
  if cmp -s "$lock" "$venv/installed.txt"; then
    return
  fi
  rm -rf "$venv"
  has_venv() { python3 -c 'import ensurepip' 2> /dev/null; }
  install_debian has_venv python3-venv
  echo "installing $lock into $venv" >&2
  { python3 -m venv "$venv" && "$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r "$lock"; } > /dev/null ||
    fail "the Python packages of $lock cannot be installed; the lines above say why"
  cp "$lock" "$venv/installed.txt"
}
