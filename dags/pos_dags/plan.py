"""The night: jobs in an order in which they can run, what each waits for, reads and writes."""

from __future__ import annotations

from dataclasses import dataclass, replace

REGISTRY = "ops.model_registry"
LEDGER = "ops.publications"
RESULTS = "results."


@dataclass(frozen=True)
class Job:
    """One job of the night, as conf/nightly.yaml places it and the job itself declares it.

    ``dated`` is whether it works on an as-of date, as all of the night do. ``feeds`` are the source tables
    that a job before the night brings, or the folder of all where files of settings say which.
    """

    name: str
    purpose: str
    group: str
    after: tuple[str, ...]
    reads: tuple[str, ...]
    reads_if_present: tuple[str, ...]
    writes: tuple[str, ...]
    runs_after_failure: bool
    dated: bool = True
    feeds: tuple[str, ...] = ()

    @property
    def trains(self) -> bool:
        """Whether its candidate model passes the gate."""
        return REGISTRY in self.writes

    @property
    def publishes(self) -> bool:
        return LEDGER in self.writes

    @property
    def result_tables(self) -> tuple[str, ...]:
        """The result tables it hands on, when it is the job that publishes them."""
        if not self.publishes:
            return ()
        return tuple(t for t in (*self.reads, *self.reads_if_present) if t.startswith(RESULTS))


# Maintenance is not a job of the night: it belongs to no as-of date and depends on no other job.
MAINTENANCE = Job(
    name="maintain",
    purpose="drop old dates, join small files, remove unneeded ones",
    group="",
    after=(),
    reads=(),
    reads_if_present=(),
    writes=(),
    runs_after_failure=False,
    dated=False,
)

# A look at what has arrived, before the night: it writes nothing.
ARRIVALS = replace(
    MAINTENANCE,
    name="arrivals",
    purpose="wait until enough stores' sales of the as-of date are in the lake",
    reads=("source.sales_lines", "source.stores"),
    reads_if_present=("source.store_days",),
    dated=True,
)

# Nor is this: it is asked for, by or for a customer.
ERASURE = replace(
    MAINTENANCE,
    name="erase-customer",
    purpose="forget a customer in the lake, in the till's database and in the reports, and prove it",
)

# Before the night: rows of the retailer's databases.
EXTRACT = replace(
    MAINTENANCE,
    name="extract",
    purpose="bring rows of databases that changed into the source tables",
    feeds=("source",),
)

# Before the night: the weather at the stores.
WEATHER = replace(
    MAINTENANCE,
    name="weather",
    purpose="ask a weather service about the stores' places: what was measured, what is expected",
    feeds=("source.weather_daily", "source.weather_forecasts"),
)

# Before the night: events near the stores.
LOCAL_EVENTS = replace(
    MAINTENANCE,
    name="local-events",
    purpose="ask ticket services, calendars and files for events near the stores",
    feeds=("source.local_events",),
)

# And what people ask for or talk about.
TRENDS = replace(
    MAINTENANCE,
    name="trends",
    purpose="ask files and feeds how much terms are asked for or talked about",
    feeds=("source.trend_signals",),
)

# What feeds the night. It does not wait for them: a source that is away costs its news, not the night.
FEEDERS = (EXTRACT, WEATHER, LOCAL_EVENTS, TRENDS)

# After the night, for the date that it published.
CAMPAIGNS = replace(
    MAINTENANCE,
    name="campaigns",
    purpose="propensities, audience, messages and results of the campaigns that are switched on",
    dated=True,
)

# Every quarter of an hour.
RESPONSES = replace(
    MAINTENANCE,
    name="responses",
    purpose="turn answers that landed into campaign events, and stop words into suppressions",
)
SEND = replace(
    MAINTENANCE,
    name="send",
    purpose="send the messages of campaigns that are due",
)


def forgotten_edges(jobs: dict[str, Job]) -> list[str]:
    """Producers that a consumer of their table does not wait for, one sentence each.

    Tables of ``ops`` are ledgers that many jobs append to: they make no edge.
    """
    ancestors: dict[str, set[str]] = {}
    faults = []
    for job in jobs.values():
        ancestors[job.name] = set(job.after).union(*(ancestors[name] for name in job.after))
        for producer in jobs.values():
            shared = set(producer.writes) & {*job.reads, *job.reads_if_present}
            tables = sorted(table for table in shared if not table.startswith("ops."))
            if tables and producer is not job and producer.name not in ancestors[job.name]:
                faults.append(f"{job.name} reads {tables[0]} but does not wait for {producer.name}")
    return faults


def load() -> dict[str, Job]:
    """The compiled plan by name, in its order."""
    from pos_dags import compiled

    jobs = (
        Job(**{key: tuple(value) if isinstance(value, list) else value for key, value in job.items()})
        for job in compiled.JOBS
    )
    return {job.name: job for job in jobs}
