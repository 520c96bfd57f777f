"""The night on EMR Serverless: every request as moto's server got it, and every way a job run ends."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import boto3
import nights
import pytest
from airflow.exceptions import AirflowFailException
from airflow.providers.amazon.aws.operators.emr import EmrServerlessStartJobOperator
from moto.emrserverless import models
from moto.moto_api import recorder
from moto.server import ThreadedMotoServer
from test_commands import GOLDEN, same_as_golden

from pos_dags import plan

# Renamed in moto 5.2.
JOB_RUN = getattr(models, "FakeJobRun", None) or models.JobRun
BUCKET = "retailer-lake"
ROLE = "arn:aws:iam::123456789012:role/pos-job"
MAINTENANCE_ROLE = "arn:aws:iam::123456789012:role/pos-maintenance"
ERASURE_ROLE = "arn:aws:iam::123456789012:role/pos-erasure"
SECRET = "arn:aws:secretsmanager:sa-east-1:123456789012:secret:pos-{}-AbCdEf"
NIGHT = datetime(2025, 10, 1, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(port=0)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def emr(server, airflow_db, option, monkeypatch, tmp_path):
    """An application on moto's server, and the options that conf/aws/ would set."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    client = boto3.client("emr-serverless", endpoint_url=server)
    # moto does not know the label emr-spark-8.0.0; test_aws holds the template to it.
    application = client.create_application(
        name="pos", releaseLabel="emr-7.9.0", type="SPARK", clientToken="once"
    )
    option("where", "emr-serverless")
    option("bucket", BUCKET)
    option("emr_application_id", application["applicationId"])
    option("emr_job_role", ROLE)
    option("emr_maintenance_role", MAINTENANCE_ROLE)
    option("emr_erasure_role", ERASURE_ROLE)
    option("pseudonym_secret", SECRET.format("pseudonym"))
    option("customer_secret", SECRET.format("erasure"))
    return Emr(client, application["applicationId"], monkeypatch, tmp_path)


class Emr:
    def __init__(self, client, application_id: str, monkeypatch, folder: Path) -> None:
        self.client, self.application_id = client, application_id
        self._monkeypatch, self._recording = monkeypatch, folder / "requests"
        self.when_started = lambda: None
        self.endings: dict[str, list[tuple[str, str]]] = {}
        made = JOB_RUN.__init__

        def ends(run, *args, **kwargs):
            made(run, *args, **kwargs)
            self.when_started()
            left = self.endings.get(run.name.removeprefix("pos-"))
            if left:
                run.state, run.state_details = left.pop(0)

        monkeypatch.setattr(JOB_RUN, "__init__", ends)

    def night(self, minute: int, dag_id: str = "pos_nightly", prepare=nights.quicken, **conf) -> nights.Ran:
        dag = nights.load(dag_id)
        prepare(dag)
        self._monkeypatch.setattr(recorder, "_location", str(self._recording))
        recorder.start_recording()
        try:
            return nights.run(dag, NIGHT.replace(minute=minute), **conf)
        finally:
            recorder.stop_recording()

    def started(self) -> dict[str, dict]:
        """The bodies of StartJobRun that the server got, by job; the last where there are several."""
        return {body["name"].removeprefix("pos-"): body for body in self.starts()}

    def starts(self) -> list[dict]:
        """All of them, in the order they came."""
        requests = [json.loads(line) for line in self._recording.read_text().splitlines()]
        return [
            json.loads(base64.b64decode(request["body"]))
            for request in requests
            if request["method"] == "POST" and request["url"].endswith("/jobruns")
        ]


def failed(code: int) -> tuple[str, str]:
    return (
        "FAILED",
        "Job execution failed, please check complete logs in configured logging destination. "
        f"ExitCode: {code}. Last few exceptions: source.stores: 3 rows break time_zone_shape",
    )


def test_a_night_sends_the_golden_request_for_every_job(emr):
    ran = emr.night(minute=1)
    assert ran.state == "success", ran.states
    bodies = emr.started()
    assert set(bodies) == set(plan.load())
    tokens = {body.pop("clientToken") for body in bodies.values()}
    assert len(tokens) == len(bodies)
    for job, body in bodies.items():
        same_as_golden(
            GOLDEN / "emr-serverless" / f"{job}.json", json.dumps(body, indent=2, sort_keys=True) + "\n"
        )
    runs = emr.client.list_job_runs(applicationId=emr.application_id)["jobRuns"]
    assert {run["executionRole"] for run in runs} == {ROLE}


def test_bad_data_is_not_tried_again(emr, capfd):
    emr.endings["quality"] = [failed(3)]
    ran = emr.night(minute=2, only_jobs=["quality"])
    assert ran.states["quality"] == "failed"
    assert ran.attempts["quality"] == 1
    assert "quality: bad data (exit code 3), not tried again." in nights.printed(capfd)


def test_stores_reach_the_job(emr):
    emr.night(minute=7, only_jobs=["forecast-score"], stores=["S01", "S02"])
    sent = emr.started()["forecast-score"]["jobDriver"]["sparkSubmit"]["entryPointArguments"]
    assert sent[0] == "forecast-score"
    assert sent[-2:] == ["--stores", "S01,S02"]


def test_a_rejected_model_skips_its_gate(emr):
    emr.endings["segment-train"] = [failed(4)]
    ran = emr.night(minute=3, only_jobs=["segment-train", "segment-score"])
    assert ran.states["segment-train"] == "success"
    assert ran.states["gate-segment"] == "skipped"
    assert ran.states["segment-score"] == "success"


def test_infrastructure_is_tried_again_with_a_new_token(emr):
    endings = {
        "quality": failed(5),
        "daily-demand": failed(137),
        "customer-features": ("FAILED", "The service had no capacity in the subnet."),
    }
    emr.endings = {job: [ending] for job, ending in endings.items()}
    ran = emr.night(minute=4, only_jobs=list(endings))
    assert ran.state == "success"
    assert {job: ran.attempts[job] for job in endings} == dict.fromkeys(endings, 2)
    # EMR answers a token it knows with the run that failed.
    assert len({body["clientToken"] for body in emr.starts()}) == 2 * len(endings)


def test_each_look_for_the_sales_is_a_job_run_of_its_own(emr):
    yesterday = (datetime.now(ZoneInfo("America/Sao_Paulo")).date() - timedelta(days=1)).isoformat()

    def impatient(dag):
        nights.quicken(dag)
        task = dag.get_task("arrivals")
        wait = replace(task.wait, minutes=1 / 60, until="23:59")
        task.settings = replace(task.settings, wait_for_sales=wait)

    emr.endings["arrivals"] = [failed(6)]
    ran = emr.night(minute=8, prepare=impatient, as_of=yesterday, only_jobs=["quality"])
    assert ran.state == "success", ran.states
    assert ran.attempts["arrivals"] == 1
    looks = [body for body in emr.starts() if body["name"] == "pos-arrivals"]
    assert len({body.pop("clientToken") for body in looks}) == 2
    text = json.dumps(looks[1], indent=2, sort_keys=True) + "\n"
    same_as_golden(GOLDEN / "emr-serverless" / "arrivals.json", text.replace(yesterday, "2025-09-30"))


def test_an_erasure_hands_the_id_over_in_a_secret_that_is_empty_afterwards(emr, server, option, capfd):
    chosen = "CUST-PLANTED-471199"
    secrets = boto3.client("secretsmanager", endpoint_url=server)
    made = secrets.create_secret(Name="pos-erasure", SecretString="-")["ARN"]
    option("customer_secret", made)
    seen = []
    emr.when_started = lambda: seen.append(secrets.get_secret_value(SecretId=made)["SecretString"])
    ran = emr.night(minute=5, dag_id="pos_erase_customer", customer_id=chosen)
    assert ran.state == "success", ran.states
    assert seen == [chosen]
    assert secrets.get_secret_value(SecretId=made)["SecretString"] == "-"
    assert secrets.get_secret_value(SecretId=made, VersionStage="AWSPREVIOUS")["SecretString"] == "-"
    body = emr.started()["erase-customer"]
    del body["clientToken"]
    text = json.dumps(body, indent=2, sort_keys=True) + "\n"
    assert chosen not in text
    same_as_golden(
        Path(__file__).with_name("golden-erasure") / "emr-serverless.json", text.replace(made, "THE_SECRET")
    )
    assert ran.states["empty-the-secret"] == "success"
    captured = capfd.readouterr()
    shown = [line for line in (captured.out + captured.err).splitlines() if "MaskSecret(" not in line]
    assert chosen not in "".join(shown)


def test_several_customers_are_erased_in_one_pass(emr, server, option):
    secrets = boto3.client("secretsmanager", endpoint_url=server)
    made = secrets.create_secret(Name="pos-erasure-many", SecretString="-")["ARN"]
    option("customer_secret", made)
    seen = []
    emr.when_started = lambda: seen.append(secrets.get_secret_value(SecretId=made)["SecretString"])
    emr.night(minute=8, dag_id="pos_erase_customer", customer_id="CUST-0001\n\n CUST-0002 \n")
    assert seen == ['["CUST-0001", "CUST-0002"]']


@pytest.mark.parametrize("killed", ["in the worker", "on EMR"])
def test_a_killed_erasure_leaves_no_id_in_the_secret(emr, server, option, monkeypatch, killed):
    secrets = boto3.client("secretsmanager", endpoint_url=server)
    made = secrets.create_secret(Name=f"pos-erasure-{killed[:2]}", SecretString="-")["ARN"]
    option("customer_secret", made)
    seen = []
    emr.when_started = lambda: seen.append(secrets.get_secret_value(SecretId=made)["SecretString"])
    if killed == "on EMR":
        emr.endings["erase-customer"] = [failed(137)] * 9
    else:
        begin = EmrServerlessStartJobOperator.execute

        # The job run has begun; what Airflow sees of a worker that is gone is a failed task.
        def dies(self, context, event=None):
            try:
                begin(self, context, event)
            except BaseException:
                raise AirflowFailException("the worker was killed") from None

        monkeypatch.setattr(EmrServerlessStartJobOperator, "execute", dies)
    ran = emr.night(
        minute=9 if killed == "on EMR" else 10, dag_id="pos_erase_customer", customer_id="CUST-4711"
    )
    assert ran.state == "failed"
    assert "CUST-4711" in seen
    assert ran.states["empty-the-secret"] == "success"
    for stage in ("AWSCURRENT", "AWSPREVIOUS"):
        assert secrets.get_secret_value(SecretId=made, VersionStage=stage)["SecretString"] == "-"


def test_maintenance_has_a_role_of_its_own(emr):
    emr.night(minute=11, dag_id="pos_maintenance")
    assert emr.started()["maintain"]["executionRoleArn"] == MAINTENANCE_ROLE
