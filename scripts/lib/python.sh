# Sourced by the commands that need Airflow: makes .venv-airflow from the lock file when it is missing or older, and
# puts it first on the path. POS_PYTHON names another Python 3.11.
venv=.venv-airflow

python=${POS_PYTHON:-python3.11}

has_venv() {
  "$python" -c 'import ensurepip' 2> /dev/null
}

ensure_python() {
  local lock=dags/requirements-dev.lock
  if [ ! -f "$venv/installed" ] || [ "$lock" -nt "$venv/installed" ]; then
    install_debian has_venv python3.11 python3.11-venv
    echo "installing Airflow into $venv (the first time downloads about 250 MB)"
    rm -rf "$venv"
    "$python" -m venv "$venv"
    # Every package is in the lock file, so nothing is left to resolve.
    "$venv/bin/pip" --quiet --disable-pip-version-check install --no-deps --require-hashes -r "$lock" ||
      fail "the installation failed; the lines above say why"
    touch "$venv/installed"
  fi
  PATH="$PWD/$venv/bin:$PATH"
  export PATH
}
