"""conf/aws/: what the jobs declare to read and write against what their role allows."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from pos_dags import plan, settings

BUCKET = "retailer-lake"
READS = ("s3:GetObject",)
WRITES = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")


class Template(yaml.SafeLoader):
    """CloudFormation's short forms as plain values; imports and references by a value of our own."""


IMPORTS = {"pos-bucket": BUCKET, "pos-key-arn": "arn:aws:kms:sa-east-1:123456789012:key/lake"}


def _short(loader: Template, suffix: str, node: yaml.Node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return IMPORTS.get(value, value) if suffix == "ImportValue" else value
    value = loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else {}
    if suffix == "Sub" and len(value) == 2:
        text = value[0].replace("${AWS::Partition}", "aws")
        for name, part in value[1].items():
            text = text.replace(f"${{{name}}}", part)
        return text
    return value


Template.add_multi_constructor("!", _short)


def template(name: str) -> dict:
    return yaml.load((ROOT / "conf" / "aws" / name).read_text(), Template)


def statements(role: str, name: str = "compute.yaml") -> list[dict]:
    policies = template(name)["Resources"][role]["Properties"]["Policies"]
    return [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]


def allows(allowed: list[dict], action: str, arn: str) -> bool:
    def listed(value) -> list:
        return value if isinstance(value, list) else [value]

    return any(
        statement["Effect"] == "Allow"
        and any(fnmatchcase(action, pattern) for pattern in listed(statement["Action"]))
        and any(fnmatchcase(arn, pattern) for pattern in listed(statement["Resource"]))
        for statement in allowed
    )


def file_of(table: str) -> str:
    return f"arn:aws:s3:::{BUCKET}/lake/{table.replace('.', '/')}/part-0.parquet"


@pytest.mark.parametrize("job", list(plan.load()))
def test_the_job_role_allows_what_each_job_declares(job):
    allowed = statements("JobRole")
    declared = plan.load()[job]
    for table in (*declared.reads, *declared.reads_if_present):
        for action in READS:
            assert allows(allowed, action, file_of(table)), (action, table)
    # Every job adds its row to the ledger of runs.
    for table in (*declared.writes, "ops.pipeline_runs"):
        for action in WRITES:
            assert allows(allowed, action, file_of(table)), (action, table)
    assert allows(allowed, "s3:ListBucket", f"arn:aws:s3:::{BUCKET}")


@pytest.mark.parametrize(
    "place", ["lake/publication/visible.json", "lake/_conditional_put/x", "reports/x.html"]
)
def test_the_job_role_allows_what_is_written_beside_tables(place):
    allowed = statements("JobRole")
    assert all(allows(allowed, action, f"arn:aws:s3:::{BUCKET}/{place}") for action in WRITES[1:])


def test_the_job_role_allows_no_more():
    allowed = statements("JobRole")
    written = {table.split(".")[0] for job in plan.load().values() for table in job.writes}
    assert written == {"features", "models", "ops", "results"}
    for action in ("s3:PutObject", "s3:DeleteObject"):
        assert not allows(allowed, action, file_of("source.sales_lines"))
        assert not allows(allowed, action, f"arn:aws:s3:::{BUCKET}/code/pos-modern-ai.jar")
        assert not allows(allowed, action, f"arn:aws:s3:::{BUCKET}/dags/pos_nightly.py")
        assert not allows(allowed, action, "arn:aws:s3:::another-bucket/lake/results/x")
    assert not any("*" in str(statement["Action"]) for statement in allowed)
    assert not any(statement["Resource"] == "*" for statement in allowed)


def test_bi_reads_results_only_and_the_dags_role_nothing_of_the_lake():
    bi = statements("BiRole")
    assert allows(bi, "s3:GetObject", file_of("results.demand_forecast"))
    assert not allows(bi, "s3:GetObject", file_of("source.customers"))
    assert not allows(bi, "s3:PutObject", file_of("results.demand_forecast"))
    dags = statements("DagRole", "airflow.yaml")
    assert not allows(dags, "s3:GetObject", file_of("results.demand_forecast"))
    assert allows(dags, "s3:GetObject", f"arn:aws:s3:::{BUCKET}/dags/pos_nightly.py")
    assert not any("s3" in str(s["Action"]) for s in statements("PosRole"))


def test_what_a_job_run_is_handed_is_allowed():
    options = {"where": "emr-serverless", "bucket": BUCKET}
    place = settings.load(options.get).place
    allowed = statements("JobRole")
    for address in (place.application, *place.files.split(",")):
        assert allows(allowed, "s3:GetObject", address.replace("s3://", "arn:aws:s3:::"))
    assert allows(allowed, "s3:PutObject", place.logs.replace("s3://", "arn:aws:s3:::") + "stdout.gz")


def test_the_templates_agree_with_the_dags():
    application = template("compute.yaml")["Resources"]["Application"]["Properties"]
    place = settings.load({"where": "emr-serverless"}.get).place
    assert application["ReleaseLabel"] == place.release == "emr-spark-8.0.0"
    environment = template("airflow.yaml")["Resources"]["Environment"]["Properties"]
    lock = (ROOT / "dags" / "requirements.lock").read_text()
    assert f"apache-airflow=={environment['AirflowVersion']} " in lock
    used = Path(ROOT / "conf" / "airflow.yaml").read_text()
    for name in environment["AirflowConfigurationOptions"]:
        assert "${" + name.removeprefix("pos.") in used, name


def test_only_the_erasure_may_delete_from_the_source_tables_and_learns_whom_to_forget():
    erasure = statements("ErasureRole")
    for action in WRITES:
        for table in ("source.customers", "features.accepted_sales", "ops.publications"):
            assert allows(erasure, action, file_of(table)), (action, table)
        if action != "s3:GetObject":
            assert not allows(erasure, action, f"arn:aws:s3:::{BUCKET}/code/pos-modern-ai.jar")
    assert allows(erasure, "secretsmanager:GetSecretValue", "ErasureSecret")
    assert not allows(statements("JobRole"), "secretsmanager:GetSecretValue", "ErasureSecret")
    for role in ("ErasureRole", "JobRole", "PosRole"):
        assert allows(statements(role), "secretsmanager:GetSecretValue", "PseudonymSecret"), role
    for role, file in (("BiRole", "compute.yaml"), ("DagRole", "airflow.yaml")):
        assert not allows(statements(role, file), "secretsmanager:GetSecretValue", "PseudonymSecret"), role
    assert allows(
        statements("DagRole", "airflow.yaml"), "secretsmanager:PutSecretValue", "pos-erasure-secret-arn"
    )


def test_emr_runs_the_delta_that_the_jar_is_built_against():
    """The release has an older one of its own: every jar of ours is named, in pom.xml's version."""
    pom = (ROOT / "pom.xml").read_text()
    delta, spark, scala = (
        pom.split(f"<{name}>")[1].split("<")[0]
        for name in ("delta.version", "spark.binary.version", "scala.binary.version")
    )
    emr = yaml.safe_load((ROOT / "conf" / "airflow.yaml").read_text())["emr-serverless"]
    artifacts = [f"delta-spark_{spark}_{scala}", "delta-storage"]
    artifacts += ["delta-kernel-api", "delta-kernel-defaults", "delta-kernel-unitycatalog"]
    assert emr["spark"]["spark.jars"].split(",") == [
        f"s3://${{bucket:-}}/code/{artifact}-{delta}.jar" for artifact in artifacts
    ]
