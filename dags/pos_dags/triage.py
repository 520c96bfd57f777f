"""The *Docs* of a task: what to do when it fails."""

from __future__ import annotations

from pos_dags.plan import Job

_NOTES = """
### {job.name}
{job.purpose}.

**When it fails**, the last lines of its log say what is wrong, where, and what to do.

| Exit code | Means | Airflow | You |
|---|---|---|---|
| 2 | wrong usage or settings | failed, not tried again | correct the key named in the message, then clear this task |
| 3 | bad data | failed, not tried again | see `ops.quality_results` and `ops.quarantine` for the date; correct the source, clear |
| 4 | candidate model rejected | success here, `gate` is skipped | nothing tonight: the champion scores; see `ops.model_metrics` |
| 5 | infrastructure | tried again, later each time | if all attempts failed: disk, network, storage; then clear |
| 1 | a fault of the program | failed, not tried again | file it with the log |

Clearing a task runs it and all that follow; each replaces the date's rows, so nothing doubles.

Reads {reads}. Writes {writes}.
"""


def notes(job: Job) -> str:
    """Markdown for the job's ``doc_md``."""
    return _NOTES.format(
        job=job, reads=_names((*job.reads, *job.reads_if_present)), writes=_names(job.writes)
    )


def _names(tables: tuple[str, ...]) -> str:
    return ", ".join(f"`{table}`" for table in tables) or "nothing"
