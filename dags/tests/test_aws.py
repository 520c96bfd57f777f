"""conf/aws/: what the jobs declare to read and write against what their role allows."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from pos_dags import alarm, plan, settings

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
    found = [statement for policy in policies for statement in policy["PolicyDocument"]["Statement"]]
    # Of a condition what holds when it is met.
    return [statement["Fn::If"][1] if "Fn::If" in statement else statement for statement in found]


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
    "place",
    ["lake/publication/visible.json", "lake/_writer/1.json", "lake/_conditional_put/x"],
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
    assert not allows(bi, "s3:GetObject", file_of("ops.quarantine"))
    live = [
        contract for contract in (ROOT / "lake-schemas").rglob("*.yaml") if "bi-live]" in contract.read_text()
    ]
    assert len(live) >= 3
    for contract in live:
        assert allows(bi, "s3:GetObject", file_of(f"{contract.parent.name}.{contract.stem}")), contract
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


ROLES = {
    "night": "JobRole",
    "maintenance": "MaintenanceRole",
    "erasure": "ErasureRole",
    "bi": "BiRole",
}


# Needed, and not seen in one run: the manifests of the eighth publication before are dropped, and Athena
# reads tables that belong to no publication.
LATER = {
    ("s3:DeleteObject", "lake/publication/*"),
    ("s3:GetObject", "lake/ops/live_alerts/*"),
    ("s3:GetObject", "lake/ops/source_ages/*"),
}


def recorded(who: str) -> list[tuple[str, str]]:
    """What whole runs of the jobs asked of S3, as (action, place)."""
    lines = (ROOT / "conf" / "aws" / "requests.txt").read_text().splitlines()
    words = [line.split(" ") for line in lines if line.startswith(f"{who} ")]
    return [(action, place[0] if place else "") for _, action, *place in words]


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def permits(statement: dict, action: str, place: str) -> bool:
    """Whether a statement of a role covers a recorded request."""
    if action not in listed(statement["Action"]):
        return False
    if action == "s3:ListBucket":
        prefixes = listed(statement["Condition"]["StringLike"]["s3:prefix"])
        # A folder is listed by its prefix with or without the slash.
        return any(
            fnmatchcase(place.removesuffix("/*").removesuffix("/") + end, p)
            for p in prefixes
            for end in ("", "/")
        )
    return any(fnmatchcase(f"arn:aws:s3:::{BUCKET}/{place}", arn) for arn in listed(statement["Resource"]))


@pytest.mark.parametrize("who", ROLES)
def test_a_role_allows_every_request_that_its_runs_make(who):
    allowed = statements(ROLES[who])
    requests = recorded(who)
    assert len(requests) >= 3
    missing = [request for request in requests if not any(permits(s, *request) for s in allowed)]
    assert missing == []


@pytest.mark.parametrize("who", ROLES)
def test_a_role_allows_no_place_that_its_runs_do_not_need(who):
    requests = recorded(who)
    # The tests' files are too small to be sent in parts; code and logs are EMR's to fetch and to write.
    needless = []
    for statement in statements(ROLES[who]):
        for action in listed(statement["Action"]):
            if not action.startswith("s3:") or action in ("s3:ListBucket", "s3:AbortMultipartUpload"):
                continue
            for arn in listed(statement["Resource"]):
                place = arn.removeprefix(f"arn:aws:s3:::{BUCKET}/")
                if place.startswith(("code/", "logs/")):
                    continue
                if (action, place) in LATER:
                    continue
                if not any(action == a and fnmatchcase(p, place) for a, p in requests):
                    needless.append((action, place))
    assert needless == []


def test_no_role_lists_more_than_its_runs_do():
    for who, role in ROLES.items():
        tops = {place.split("/")[0] for action, place in recorded(who) if action == "s3:ListBucket"}
        for statement in statements(role):
            if "s3:ListBucket" in listed(statement["Action"]):
                prefixes = listed(statement["Condition"]["StringLike"]["s3:prefix"])
                assert {prefix.split("/")[0] for prefix in prefixes} == tops, role


def test_one_glue_database_and_the_right_to_fill_it():
    database = template("storage.yaml")["Resources"]["ResultsDatabase"]["Properties"]["DatabaseInput"]["Name"]
    local = yaml.safe_load((ROOT / "conf" / "local.yaml").read_text())
    assert local["publish"]["bi"]["glue_database"] == database
    glue = [s for s in statements("BiRole") if "glue:CreateTable" in listed(s["Action"])]
    assert len(glue) == 1
    assert {"glue:CreateDatabase", "glue:BatchCreatePartition", "glue:UpdateTable"} <= set(glue[0]["Action"])
    assert all(
        re.search(rf":(catalog|database/{database}|table/{database}/\*)$", arn) for arn in glue[0]["Resource"]
    )


def test_an_old_source_is_alarmed_by_the_words_that_the_tasks_log():
    resources = template("airflow.yaml")["Resources"]
    lines = resources["SourceOldLines"]["Properties"]
    words = lines["FilterPattern"].strip('"')
    assert words.startswith(alarm.WORD)
    java = ROOT / "spark-jobs/src/main/java/com/posmodern/ai/job/quality/OldSources.java"
    assert f'WORD = "{words}"' in java.read_text()
    counted = lines["MetricTransformations"][0]
    alarmed = resources["SourceOld"]["Properties"]
    assert alarmed["Namespace"] == counted["MetricNamespace"]
    assert alarmed["MetricName"] == counted["MetricName"]
    assert alarmed["AlarmActions"] == ["Notices"]


def test_every_template_that_is_named_exists():
    named = set()
    for file in (
        *(ROOT / "conf").rglob("*.yaml"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "dags").glob("*.md"),
    ):
        named |= set(re.findall(r"conf/aws/\w+\.yaml", file.read_text()))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_what_an_erasure_cannot_reach_ends_when_the_settings_say():
    rules = {
        rule["Id"]: rule
        for rule in template("storage.yaml")["Resources"]["LakeBucket"]["Properties"][
            "LifecycleConfiguration"
        ]["Rules"]
    }
    privacy = yaml.safe_load((ROOT / "conf" / "aws.yaml").read_text())["privacy"]
    assert (
        rules["ReplacedObjects"]["NoncurrentVersionExpiration"]["NoncurrentDays"]
        == privacy["bucket_versions_days"]
    )
    assert rules["ImportedExportsToGlacier"]["ExpirationInDays"] == privacy["landed_exports_days"]


@pytest.mark.parametrize(
    "table",
    ["source.campaign_events", "source.suppressions", "ops.outbox", "ops.send_runs", "ops.quarantine"],
)
def test_the_role_of_messages_writes_its_tables_and_reads_all(table):
    allowed = statements("OutreachRole", "answers.yaml")
    for action in WRITES:
        assert allows(allowed, action, file_of(table)), (action, table)
    assert allows(allowed, "s3:GetObject", file_of("results.campaign_messages"))
    assert not allows(allowed, "s3:PutObject", file_of("source.customers"))
    assert not allows(allowed, "s3:PutObject", file_of("results.campaign_messages"))


def test_answers_land_where_the_command_reads_them():
    landing = template("answers.yaml")["Resources"]["Landing"]["Properties"]
    assert landing["ExtendedS3DestinationConfiguration"]["Prefix"] == "lake/outreach/landed/"
    allowed = statements("LandingRole", "answers.yaml")
    assert allows(allowed, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/lake/outreach/landed/x")
    assert not allows(allowed, "s3:PutObject", file_of("source.suppressions"))


def test_the_role_of_databases_writes_source_tables_and_no_result():
    allowed = statements("ExtractRole", "extract.yaml")
    for table in ("source.sales_lines", "source.customers", "ops.quarantine"):
        for action in WRITES:
            assert allows(allowed, action, file_of(table)), (action, table)
    assert allows(allowed, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/lake/extract/shop/state.json")
    assert not allows(allowed, "s3:PutObject", file_of("results.demand_forecast"))
    assert not allows(allowed, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/lake/outreach/journal")


def test_events_land_where_the_stream_reads_them_a_line_each():
    template_of_events = template("events.yaml")["Resources"]
    landing = template_of_events["Landing"]["Properties"]["ExtendedS3DestinationConfiguration"]
    assert landing["Prefix"] == "lake/events/landed/"
    # Spark leaves alone what begins with an underscore.
    assert landing["ErrorOutputPrefix"].startswith("lake/events/landed/_")
    method = template_of_events["EventsMethod"]["Properties"]
    assert method["ApiKeyRequired"]
    allowed = statements("LandingRole", "events.yaml")
    assert allows(allowed, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/lake/events/landed/x")
    assert not allows(allowed, "s3:PutObject", file_of("source.interactions"))


@pytest.mark.parametrize(
    "table",
    [
        "source.interactions",
        "source.sales_lines",
        "source.reviews",
        "ops.event_batches",
        "ops.live_alerts",
        "ops.quarantine",
    ],
)
def test_the_role_of_the_stream_writes_the_rows_of_events(table):
    allowed = statements("StreamRole", "events.yaml")
    for action in WRITES:
        assert allows(allowed, action, file_of(table)), (action, table)
    assert allows(allowed, "s3:DeleteObject", f"arn:aws:s3:::{BUCKET}/lake/events/landed/x")
    assert allows(allowed, "s3:PutObject", f"arn:aws:s3:::{BUCKET}/reports/live.html")
    assert not allows(allowed, "s3:PutObject", file_of("source.customers"))
    assert not allows(allowed, "s3:PutObject", file_of("results.demand_forecast"))


def test_the_stream_may_tell_of_alerts_on_its_topic_alone():
    allowed = statements("StreamRole", "events.yaml")
    assert allows(allowed, "sns:Publish", "AlertTopicArn")
    assert not allows(allowed, "sns:Publish", "arn:aws:sns:sa-east-1:123456789012:another")
    resources = template("events.yaml")
    assert resources["Parameters"]["AlertTopicArn"]["Default"] == ""


def test_every_plan_that_the_settings_name_travels_to_the_driver():
    emr = yaml.safe_load((ROOT / "conf" / "emr.yaml").read_text())
    place = yaml.safe_load((ROOT / "conf" / "airflow.yaml").read_text())["emr-serverless"]
    files = {address.split("/")[-1] for address in place["files"].split(",")}
    assert {emr["plan"], emr["campaign_plan"], emr["behaviour_plan"]} <= files
    folders = {address.split("#")[1] for address in place["archives"].split(",")}
    assert {emr["campaign"]["folder"], emr["extracts"]} <= folders
