"""conf/airflow.yaml: options, mistakes, notifiers."""

from __future__ import annotations

import copy
import logging

import pytest
from airflow.sdk import DAG

from pos_dags import compiled, notify, settings


def read(change=None, **options):
    tree = copy.deepcopy(compiled.SETTINGS)
    if change:
        change(tree)
    return settings.read(tree, compiled.SIZES, options.get)


def test_without_options_the_night_runs_on_this_machine():
    conf = read()
    assert conf.where == "local"
    assert conf.place.master == "local[*]"
    assert conf.limit("forecast-train").total_seconds() == 3600
    assert conf.limit("publish").total_seconds() == 1800


def test_options_of_airflows_section_pos_are_filled_in():
    conf = read(where="emr-serverless", bucket="b", emr_application_id="00f", emr_job_role="arn:role")
    assert conf.place.application == "s3://b/code/pos-modern-ai.jar"
    assert conf.place.lake == "s3a://b/lake"
    assert conf.place.application_id == "00f"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.update(where="yarn"), "where: 'yarn' is no place"),
        (lambda t: t["retries"].update(attemps=1), "retries.attemps: unknown key"),
        (lambda t: t["schedule"].pop("time_zone"), "schedule: .*time_zone"),
        (lambda t: t.update(wher="local"), "wher: unknown key"),
        (lambda t: t["local"].update(lake="${nowhere}"), "option nowhere of section"),
    ],
)
def test_a_mistake_names_its_key(change, message):
    with pytest.raises(settings.SettingsError, match=message):
        read(change)


NOTIFIERS = {
    "airflow.providers.amazon.aws.notifications.sns.SnsNotifier": {
        "target_arn": "arn:aws:sns:sa-east-1:123456789012:night",
        "subject": "{{ subject }}",
        "message": "{{ message }}",
    },
    "airflow.providers.slack.notifications.slack_webhook.SlackWebhookNotifier": {
        "slack_webhook_conn_id": "slack_default",
        "text": "*{{ subject }}*\n{{ message }}",
    },
    "airflow.providers.smtp.notifications.smtp.SmtpNotifier": {
        "to": "night@example.com",
        "subject": "{{ subject }}",
        "html_content": "<pre>{{ message }}</pre>",
    },
}


@pytest.mark.parametrize("class_path", NOTIFIERS)
def test_a_notifier_is_a_matter_of_configuration(class_path):
    conf = read(lambda t: t.update(notify=[{"class": class_path, "arguments": NOTIFIERS[class_path]}]))
    (made,) = notify.notifiers(conf, notify.TASK_FAILED)
    assert f"{type(made).__module__}.{type(made).__name__}" == class_path
    assert notify.TASK_FAILED[0] in repr(vars(made))


def test_the_default_notifier_logs(caplog):
    with caplog.at_level(logging.WARNING):
        for notifier in notify.notifiers(read(), ("s of {{ run_id }}", "m: {{ exception }}")):
            notifier({"dag": DAG("any", schedule=None), "run_id": "r1", "exception": "no disk"})
    assert "NOTICE s of r1 | m: no disk" in caplog.text
