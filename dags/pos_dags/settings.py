"""conf/airflow.yaml, typed. ``${name:-default}`` is option ``name`` of Airflow's section ``[pos]``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

GO_ON = "go-on"
FAIL = "fail"
PLACES = ("local", "cluster", "emr-serverless")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SECTIONS = ("where", "schedule", "wait_for_sales", "retries", "pool", "minutes", "groups", "notify")
_OPTION = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


class SettingsError(ValueError):
    """A value of conf/airflow.yaml that cannot be used; the message names the key."""


@dataclass(frozen=True)
class Schedule:
    night: str
    deadline: str
    maintenance: str
    extract: str
    weather: str
    local_events: str
    send: str
    time_zone: str


@dataclass(frozen=True)
class WaitForSales:
    """How the night waits for the sales of its as-of date.

    ``share`` is of the stores open that day, ``minutes`` lie between two looks, ``until`` is a local time
    on the day after, and ``then`` says what follows.
    """

    share: float
    minutes: float
    until: str
    then: str


@dataclass(frozen=True)
class Retries:
    attempts: int
    first_delay_minutes: int
    longest_delay_minutes: int


@dataclass(frozen=True)
class Pool:
    name: str
    slots: int


@dataclass(frozen=True)
class Notifier:
    """An Airflow notifier: its class by import path, and the arguments it is made with."""

    class_path: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Size:
    """What one job gets where it has machines of its own. Memory as Spark writes it."""

    driver_cores: int
    driver_memory: str
    executor_cores: int
    executor_memory: str
    least_executors: int
    most_executors: int


@dataclass(frozen=True)
class SparkSubmit:
    """A place that is reached with spark-submit; what is empty is as the job's size says."""

    master: str
    application: str
    settings: str
    lake: str
    spark: dict[str, str]
    driver_memory: str = ""
    worker_cores: str = ""
    worker_memory: str = ""


@dataclass(frozen=True)
class EmrServerless:
    release: str
    application_id: str
    job_role: str
    maintenance_role: str
    erasure_role: str
    outreach_role: str
    extract_role: str
    application: str
    files: str
    archives: str
    settings: str
    lake: str
    logs: str
    pseudonym_secret: str
    customer_secret: str
    outreach_secrets: dict[str, str]
    extract_secrets: dict[str, str]
    weather_secrets: dict[str, str]
    local_events_secrets: dict[str, str]
    spark: dict[str, str]
    tags: dict[str, str]


@dataclass(frozen=True)
class Settings:
    where: str
    schedule: Schedule
    wait_for_sales: WaitForSales
    retries: Retries
    pool: Pool
    limits: dict[str, timedelta]
    default_limit: timedelta
    notifiers: tuple[Notifier, ...]
    place: SparkSubmit | EmrServerless
    sizes: dict[str, Size]

    def limit(self, job: str) -> timedelta:
        return self.limits.get(job, self.default_limit)


def airflow_option(name: str) -> str | None:
    """An option of section ``[pos]``, which Airflow holds in memory."""
    from airflow.configuration import conf

    return conf.get("pos", name, fallback=None)


def load(option: Callable[[str], str | None] = airflow_option) -> Settings:
    """The compiled settings, with the options of this Airflow filled in."""
    from pos_dags import compiled

    return read(compiled.SETTINGS, compiled.SIZES, option)


def read(tree: Mapping[str, Any], sizes: Mapping[str, Any], option: Callable[[str], str | None]) -> Settings:
    """
    :raises SettingsError: an unknown or missing key, or a ``where`` that is no place
    """
    tree = _filled(tree, option)
    where = tree["where"]
    if where not in PLACES:
        raise SettingsError(
            f"conf/airflow.yaml where: {where!r} is no place. Write one of {', '.join(PLACES)}."
        )
    _check_keys(tree, {*_SECTIONS, *PLACES}, "")
    kind = EmrServerless if where == "emr-serverless" else SparkSubmit
    minutes = dict(tree["minutes"])
    default = minutes.pop("default")
    return Settings(
        where=where,
        schedule=_typed(Schedule, tree["schedule"], "schedule"),
        wait_for_sales=_wait(tree["wait_for_sales"]),
        retries=_typed(Retries, tree["retries"], "retries"),
        pool=_typed(Pool, tree["pool"], "pool"),
        limits={job: timedelta(minutes=value) for job, value in minutes.items()},
        default_limit=timedelta(minutes=default),
        notifiers=tuple(Notifier(n["class"], dict(n.get("arguments", {}))) for n in tree["notify"]),
        place=_typed(kind, tree[where], where),
        sizes={
            job: _typed(Size, sizes["sizes"][size], f"sizes.{size}") for job, size in sizes["jobs"].items()
        },
    )


def _filled(value: Any, option: Callable[[str], str | None]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(item, option) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, option) for item in value]
    if not isinstance(value, str):
        return value

    def fill(match: re.Match[str]) -> str:
        chosen = option(match[1])
        if chosen is None and match[2] is None:
            raise SettingsError(
                f"option {match[1]} of section [pos] is not set. Set AIRFLOW__POS__{match[1].upper()}."
            )
        return match[2] if chosen is None else chosen

    return _OPTION.sub(fill, value)


def _wait(tree: Mapping[str, Any]) -> WaitForSales:
    wait = _typed(WaitForSales, tree, "wait_for_sales")
    if not 0 < wait.share <= 1:
        raise SettingsError("conf/airflow.yaml wait_for_sales.share: a share above 0 and at most 1.")
    if not wait.minutes > 0:
        raise SettingsError("conf/airflow.yaml wait_for_sales.minutes: a number above 0.")
    if not _TIME.fullmatch(wait.until):
        raise SettingsError('conf/airflow.yaml wait_for_sales.until: a time in quotes, such as "04:00".')
    if wait.then not in (GO_ON, FAIL):
        raise SettingsError(f"conf/airflow.yaml wait_for_sales.then: {GO_ON} or {FAIL}.")
    return wait


def _typed(kind: type, tree: Mapping[str, Any], place: str) -> Any:
    known = {field.name: field for field in fields(kind)}
    _check_keys(tree, known, f"{place}.")
    try:
        return kind(**tree)
    except TypeError as missing:
        raise SettingsError(f"conf/airflow.yaml {place}: {missing}. Add the key.") from missing


def _check_keys(tree: Mapping[str, Any], known: Any, prefix: str) -> None:
    for key in tree:
        if key not in known:
            raise SettingsError(
                f"conf/airflow.yaml {prefix}{key}: unknown key. Known are {', '.join(sorted(known))}."
            )
