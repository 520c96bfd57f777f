"""How a job ended, and what that means for Airflow. docs/data-engineer.md lists the codes."""

from __future__ import annotations

import re
from enum import StrEnum

from airflow.exceptions import AirflowException, AirflowFailException

OK = 0
INTERNAL = 1
USAGE = 2
BAD_DATA = 3
REJECTED_MODEL = 4
INFRASTRUCTURE = 5
INCOMPLETE = 6

_KINDS = {
    INTERNAL: "a fault of the program",
    USAGE: "wrong usage or settings",
    BAD_DATA: "bad data",
    INFRASTRUCTURE: "infrastructure failed",
    INCOMPLETE: "sales have not arrived",
}

# The shell's exit codes for SIGKILL and SIGTERM; Python's are negative.
_KILLED = {137, 143}


class Outcome(StrEnum):
    OK = "ok"
    REJECTED = "rejected"
    INCOMPLETE = "incomplete"


def is_worth_a_retry(code: int) -> bool:
    """Infrastructure, or a driver that something killed."""
    return code == INFRASTRUCTURE or code < 0 or code in _KILLED


def judge(job: str, code: int, message: str) -> dict[str, str]:
    """The task's result for the exit code.

    :return: ``outcome`` and ``message``, for the tasks after it
    :raises AirflowException: worth a retry
    :raises AirflowFailException: not worth one
    """
    if code == OK:
        return {"outcome": Outcome.OK, "message": message}
    if code == REJECTED_MODEL:
        return {"outcome": Outcome.REJECTED, "message": message}
    if is_worth_a_retry(code):
        kind = _KINDS.get(code, "the driver was killed")
        raise AirflowException(f"{job}: {kind} (exit code {code}). {message}")
    kind = _KINDS.get(code, "unknown exit code")
    raise AirflowFailException(f"{job}: {kind} (exit code {code}), not tried again. {message}")


class LastWords:
    """Picks, from a driver's output, the line that says how the job ended."""

    _LINE = re.compile(
        r"(?:^|\s)(?P<job>[a-z-]+)\s+(?P<word>ok|skipped|rejected|failed) in [\d.]+ s: (?P<rest>.+)$"
        r"|^error: (?P<error>.+)$"
    )

    def __init__(self) -> None:
        self.message = ""

    def hear(self, line: str) -> None:
        if match := self._LINE.search(line.strip()):
            self.message = match["error"] or f"{match['word']}: {match['rest']}"
