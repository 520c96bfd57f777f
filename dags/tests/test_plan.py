"""The compiled plan against conf/ and the jobs' own declarations."""

from __future__ import annotations

import subprocess

import nights
import pytest
import yaml
from conftest import ROOT

from pos_dags import compile as compiler
from pos_dags import plan


def test_a_forgotten_group_is_told_in_one_line(tmp_path, capsys, monkeypatch):
    def forgetful(_declared):
        raise compiler.PlanError("conf/airflow.yaml groups: publish is in none of []")

    monkeypatch.setattr(compiler, "source", forgetful)
    (tmp_path / "declared.json").write_text("{}")
    assert compiler.main([str(tmp_path / "declared.json")]) == 2
    assert capsys.readouterr().err == "error: conf/airflow.yaml groups: publish is in none of []\n"


def test_compiled_is_what_conf_and_the_jobs_say():
    ended = subprocess.run(
        ["scripts/compile-dags", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_producer_is_waited_for():
    jobs = plan.load()
    assert plan.forgotten_edges(jobs) == []


@pytest.mark.parametrize("job", ["forecast-train", "replenishment", "recommend-score"])
def test_a_forgotten_edge_is_found(job):
    jobs = dict(plan.load())
    jobs[job] = plan.Job(**(vars(jobs[job]) | {"after": ()}))
    assert any(fault.startswith(f"{job} reads ") for fault in plan.forgotten_edges(jobs))


def test_a_job_without_a_group_or_unknown_to_the_program_is_refused():
    declared = [
        {
            "job": "a",
            "purpose": "",
            "reads": [],
            "reads_if_present": [],
            "writes": [],
            "runs_after_failure": False,
        }
    ]
    night = [{"job": "a", "after": []}]
    assert compiler.jobs(night, {"g": ["a"]}, declared)[0]["group"] == "g"
    with pytest.raises(compiler.PlanError, match="a is in none of"):
        compiler.jobs(night, {"g": []}, declared)
    with pytest.raises(compiler.PlanError, match="there is no job b"):
        compiler.jobs([{"job": "b", "after": []}], {"g": ["b"]}, declared)
    with pytest.raises(compiler.PlanError, match=r"\['c'\] are not in"):
        compiler.jobs(night, {"g": ["a", "c"]}, declared)


def test_the_dag_has_the_edges_of_the_plan():
    """Seen from outside: every edge of conf/nightly.yaml is a path of the DAG."""
    dag = nights.load("pos_nightly")
    for step in yaml.safe_load((ROOT / "conf/nightly.yaml").read_text())["jobs"]:
        ancestors = {t.task_id for t in dag.get_task(step["job"]).get_flat_relatives(upstream=True)}
        assert set(step["after"]) <= ancestors, step
        assert "check-request" in ancestors


def test_each_training_is_followed_by_a_gate_before_its_champion_is_used():
    dag = nights.load("pos_nightly")
    gates = {t.task_id for t in dag.tasks if t.task_id.startswith("gate-")}
    assert gates == {"gate-forecast", "gate-segment", "gate-recommend"}
    assert "gate-forecast" in dag.get_task("forecast-score").upstream_task_ids
    assert dag.task_group_dict["gate"].children.keys() == gates


def test_the_nights_schedule_and_limits():
    dag = nights.load("pos_nightly")
    assert dag.timetable.summary == "0 2 * * *"
    assert str(dag.timetable._timezone) == "America/Sao_Paulo"
    assert (dag.catchup, dag.max_active_runs) == (False, 1)
    for task in dag.tasks:
        if task.task_id in plan.load():
            assert task.execution_timeout, task.task_id
            assert task.retry_exponential_backoff
            assert task.doc_md.count("|") > 20
            assert task.pool == "pos_lake"
