# Sourced by the commands that need Airflow: makes .venv-airflow from the lock file when it is missing or older, and
# puts it first on the path. POS_PYTHON names another Python 3.11. POS_AIRFLOW=newest takes the newest Airflow that
# Amazon MWAA has an image of, with Python 3.12, in an environment of its own.
airflow_lock=dags/requirements-dev.lock
airflow_venv=.venv-airflow
airflow_python=python3.11
if [ "${POS_AIRFLOW:-}" = newest ]; then
  airflow_lock=dags/requirements-newest.lock
  airflow_venv=.venv-airflow-newest
  airflow_python=python3.12
fi
python=${POS_PYTHON:-$airflow_python}

has_venv() {
  "$python" -c 'import ensurepip' 2> /dev/null
}

ensure_python() {
  if [ ! -f "$airflow_venv/installed" ] || [ "$airflow_lock" -nt "$airflow_venv/installed" ]; then
    [ -n "${POS_PYTHON:-}" ] || install_debian has_venv "$airflow_python" "$airflow_python-venv"
    echo "installing Airflow into $airflow_venv (the first time downloads about 250 MB)"
    rm -rf "$airflow_venv"
    "$python" -m venv "$airflow_venv"
    # Every package is in the lock file, so nothing is left to resolve.
    "$airflow_venv/bin/pip" --quiet --disable-pip-version-check install --no-deps --require-hashes -r "$airflow_lock" ||
      fail "the installation failed; the lines above say why"
    touch "$airflow_venv/installed"
  fi
  PATH="$PWD/$airflow_venv/bin:$PATH"
  export PATH
}
