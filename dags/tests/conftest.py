"""An Airflow of the tests' own: metadata in a temporary folder, nothing of the developer's touched."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Before the first import of Airflow, which reads them once.
os.environ |= {
    "AIRFLOW_HOME": tempfile.mkdtemp(prefix="pos-airflow-"),
    "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AWS_DEFAULT_REGION": "sa-east-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "PATH": f"{ROOT / 'scripts' / 'spark'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
}

import pytest  # noqa: E402


@pytest.fixture(scope="session")
def airflow_db():
    """The metadata database with the DAGs and their assets, made once for all tests."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.utils.db import initdb

    try:
        from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    except ImportError:  # before Airflow 3.2
        from airflow.models.dagbag import DagBag

        sync_bag_to_db = DagBag.sync_to_db

    initdb()
    DagBundlesManager().sync_bundles_to_db()
    bag = DagBag(ROOT / "dags")
    assert bag.import_errors == {}
    sync_bag_to_db(bag, "dags-folder", None)
    share_the_execution_api()


def share_the_execution_api() -> None:
    """dag.test makes a server of Airflow's execution API, and serializes the DAG again for each task."""
    from airflow.sdk.execution_time import supervisor

    server = supervisor.in_process_api_server()
    supervisor.in_process_api_server = lambda: server
    make = supervisor.InProcessTestSupervisor._api_client
    # The DAG is kept beside its client, so that no other one gets its id.
    clients: dict[int, tuple] = {}

    def client(dag=None):
        if id(dag) not in clients:
            clients.clear()
            clients[id(dag)] = (dag, make(dag))
        return clients[id(dag)][1]

    supervisor.InProcessTestSupervisor._api_client = staticmethod(client)


@pytest.fixture
def stand_in(tmp_path, monkeypatch) -> Path:
    """A spark-submit that ends as ``<job>.ends`` in this folder says, and notes there what it was given."""
    monkeypatch.setenv("PATH", f"{Path(__file__).with_name('fake')}:{os.environ['PATH']}")
    monkeypatch.setenv("POS_FAKE", str(tmp_path))
    return tmp_path


@pytest.fixture
def notices():
    """What the notifier of the log told. Heard at its logger: where Airflow prints it differs by version."""
    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())
    logger = logging.getLogger("pos_dags.notify")
    logger.addHandler(handler)
    yield told
    logger.removeHandler(handler)


@pytest.fixture
def option(monkeypatch):
    """Sets an option of Airflow's section [pos] for one test."""

    def choose(name: str, value: str) -> None:
        monkeypatch.setenv(f"AIRFLOW__POS__{name.upper()}", value)

    return choose
