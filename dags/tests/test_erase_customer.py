"""The erasure of a customer: the command and its environment, and that no log has the id."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import nights
import pytest
from test_commands import same_as_golden

GOLDEN = Path(__file__).with_name("golden-erasure")
ID = "CUST-PLANTED-471199"
NIGHT = datetime(2026, 3, 1, 15, tzinfo=UTC)


@pytest.fixture
def dag(airflow_db, stand_in):
    """On the stand-in spark-submit, which ends as ``<job>.ends`` says and notes what it was given."""
    loaded = nights.load("pos_erase_customer")
    nights.quicken(loaded)
    return loaded


def log(capfd) -> str:
    """All that was printed, but the one message that dag.test's own supervisor shows when it debugs itself:
    that a value is to be masked."""
    captured = capfd.readouterr()
    lines = (captured.out + captured.err).splitlines()
    return nights.plain(" ".join(line for line in lines if "MaskSecret(" not in nights.plain(line)))


@pytest.mark.parametrize("where", ["local", "cluster"])
def test_the_command_names_no_customer(where, option):
    option("where", where)
    task = nights.load("pos_erase_customer").get_task("erase-customer")
    same_as_golden(GOLDEN / f"{where}.txt", "\n".join(task.command()) + "\n")


def test_the_driver_gets_the_id_and_no_log_does(dag, tmp_path, capfd):
    ran = nights.run(dag, NIGHT, customer_id=f" {ID} ")
    assert ran.state == "success", ran.states
    assert (tmp_path / "erase-customer.environment").read_text() == ID
    logged = log(capfd)
    assert "erase-customer ok in" in logged, "the capture works"
    assert ID not in logged
    assert ID not in str(ran.xcoms)


def test_what_the_driver_prints_of_the_id_is_masked(dag, tmp_path, capfd):
    (tmp_path / "erase-customer.says").write_text(f"the customer {ID} is a slip of ours")
    nights.run(dag, NIGHT.replace(minute=1), customer_id=ID)
    logged = log(capfd)
    assert "the customer *** is a slip of ours" in logged
    assert ID not in logged


def test_without_an_id_nothing_runs_and_nothing_is_tried_again(dag, tmp_path, capfd):
    ran = nights.run(dag, NIGHT.replace(minute=2))
    assert ran.states == {"erase-customer": "failed"}
    assert ran.attempts == {"erase-customer": 1}
    assert not (tmp_path / "calls").exists()
    assert "fill in customer_id" in nights.plain("".join(capfd.readouterr()))


def test_a_dry_run_runs_nothing(dag, tmp_path):
    ran = nights.run(dag, NIGHT.replace(minute=3), customer_id=ID, dry_run=True)
    assert ran.states == {"erase-customer": "skipped"}
    assert not (tmp_path / "calls").exists()


def test_infrastructure_is_tried_again(dag, tmp_path):
    (tmp_path / "erase-customer.ends").write_text("5\n0")
    ran = nights.run(dag, NIGHT.replace(minute=4), customer_id=ID)
    assert ran.state == "success"
    assert ran.attempts == {"erase-customer": 2}


def test_it_runs_alone_in_the_pool(option):
    dag = nights.load("pos_erase_customer")
    from pos_dags import settings

    pool = settings.load().pool
    task = dag.get_task("erase-customer")
    assert (task.pool, task.pool_slots) == (pool.name, pool.slots)
    assert dag.max_active_runs == 1
