"""Runs DAGs with Airflow's own ``dag.test`` and looks at what became of the tasks."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from airflow.utils.session import create_session


@dataclass
class Ran:
    """One DAG run, after its end."""

    state: str
    run_id: str
    states: dict[str, str]
    attempts: dict[str, int]
    xcoms: dict[str, Any]


def plain(printed: str) -> str:
    """Printed text without colours, frames and line breaks."""
    return re.sub(r"[\s│]+", " ", re.sub(r"\x1b\[[0-9;]*m", "", printed))


def printed(capfd) -> str:
    """What was logged; Airflow 3.3 keeps the last lines in a buffer."""
    for stream in (sys.stdout, sys.__stdout__, sys.stderr, sys.__stderr__):
        stream.flush()
    return plain("".join(capfd.readouterr()))


def load(name: str):
    """The DAG of the file, parsed again so that newly set options take effect."""
    for module in [m for m in sys.modules if m == name or m.startswith("pos_dags")]:
        del sys.modules[module]
    return importlib.import_module(name).dag


def quicken(dag) -> None:
    """Retries after a moment instead of minutes."""
    from datetime import timedelta

    for task in dag.tasks:
        task.retry_delay = timedelta(seconds=1)
        task.max_retry_delay = timedelta(seconds=1)


def run(dag, logical_date: datetime, **conf: Any) -> Ran:
    """Runs it to its end."""
    from airflow.models.xcom import XComModel

    ended = dag.test(logical_date=logical_date, run_conf=conf or None)
    with create_session() as session:
        tis = ended.get_task_instances(session=session)
        rows = session.query(XComModel).filter_by(run_id=ended.run_id, key="return_value").all()
        return Ran(
            state=str(ended.state),
            run_id=ended.run_id,
            states={ti.task_id: str(ti.state) for ti in tis},
            attempts={ti.task_id: ti.try_number for ti in tis},
            xcoms={row.task_id: XComModel.deserialize_value(row) for row in rows},
        )
