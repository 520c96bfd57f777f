"""What DAGs that are only triggered by hand have in common."""

from __future__ import annotations

from typing import Any

BY_HAND: dict[str, Any] = {
    "schedule": None,
    "catchup": False,
    "max_active_runs": 1,
    # A request must not wait unseen behind a switch.
    "is_paused_upon_creation": False,
}
