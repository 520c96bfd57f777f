"""The campaigns of 84.51's "The Complete Journey" as one table of events, for conf/import/complete-journey-events.yaml.

    python scripts/peers/complete_journey_events.py path/to/complete-journey events.csv

Reads campaigns (who was sent which), campaign_descriptions (from which day) and coupon_redemptions (who took it up, a
row per coupon) as the R package ships them, and writes a row per event: sent on the first day of the campaign,
converted on each day on which the household redeemed a coupon of a campaign that it was sent.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def events(folder: Path) -> list[tuple[str, str, str, str, str]]:
    """Rows of id, campaign, household, kind and day, sorted."""
    begins = {row["campaign_id"]: row["start_date"] for row in table(folder, "campaign_descriptions")}
    sent = {(row["campaign_id"], row["household_id"]) for row in table(folder, "campaigns")}
    taken = {
        (row["campaign_id"], row["household_id"], row["redemption_date"])
        for row in table(folder, "coupon_redemptions")
        if (row["campaign_id"], row["household_id"]) in sent
    }
    rows = [(f"sent/{c}/{h}", c, h, "sent", begins[c]) for c, h in sent]
    rows += [(f"converted/{c}/{h}/{day}", c, h, "converted", day) for c, h, day in taken]
    return sorted(rows)


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        print(__doc__)
        sys.exit(2)
    with Path(arguments[1]).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("event_id", "campaign_id", "household_id", "kind", "day"))
        writer.writerows(events(Path(arguments[0])))


if __name__ == "__main__":
    main(sys.argv[1:])
