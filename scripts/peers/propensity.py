"""Our propensities beside LightGBM, on the very same features, judged on the days after.

    scripts/bench-peers propensity path/to/lake 2017-12-31   the source tables of a lake; it stays as it is

Runs quality, customer-features and propensity-train as of the date on a copy of the source tables, with the
rows kept that were trained and judged on (models.propensity_examples). LightGBM learns from the same rows and is
judged on the same later ones; it chooses its number of trees on the newest quarter of the rows to learn from,
and then learns from all of them. Ours are the calibrated trees, as they were judged in the job.

    auc         area under the ROC curve, higher is better
    log loss    lower is better; of customer_value the Tweedie deviance (power 1.5)
    brier       mean squared error of a probability, lower is better
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import lightgbm
import numpy as np
from deltalake import DeltaTable

SEED = 1
KINDS = ("propensity_buy_category", "propensity_lapse", "propensity_respond", "customer_value")


def auc(labels: np.ndarray, scores: np.ndarray) -> float:
    """Share of the pairs in the right order, ties half."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    events = labels > 0
    number = events.sum()
    others = len(labels) - number
    return float((ranks[events].sum() - number * (number + 1) / 2) / (number * others)) if len(values) else float("nan")


def log_loss(labels: np.ndarray, scores: np.ndarray) -> float:
    cut = np.clip(scores, 1e-5, 1 - 1e-5)
    return float(-np.mean(np.where(labels > 0, np.log(cut), np.log(1 - cut))))


def deviance(labels: np.ndarray, scores: np.ndarray) -> float:
    mean = np.maximum(scores, 0.01)
    return float(np.mean(2 * (np.sqrt(labels) / (-0.5 * 0.5) + labels * mean**-0.5 / 0.5 + mean**0.5 / 0.5)))


def lightgbm_scores(past: np.ndarray, labels: np.ndarray, later: np.ndarray, amount: bool) -> np.ndarray:
    parameters = {
        "objective": "tweedie" if amount else "binary",
        "learning_rate": 0.05,
        "num_leaves": 31,
        "min_data_in_leaf": 20,
        "seed": SEED,
        "verbosity": -1,
        "num_threads": 1,
        "deterministic": True,
    }
    # Rows are in the order of their days.
    newest = len(labels) * 3 // 4
    chosen = lightgbm.train(
        parameters,
        lightgbm.Dataset(past[:newest], labels[:newest]),
        num_boost_round=1000,
        valid_sets=[lightgbm.Dataset(past[newest:], labels[newest:])],
        callbacks=[lightgbm.early_stopping(50, verbose=False)],
    )
    model = lightgbm.train(parameters, lightgbm.Dataset(past, labels), num_boost_round=max(1, chosen.best_iteration))
    return np.asarray(model.predict(later))


def compare(lake: Path, as_of: date) -> None:
    table = DeltaTable(str(lake / "models/propensity_examples"))
    rows = table.to_pandas(partitions=[("as_of_date", "=", as_of.isoformat())], columns=["model", "part", "example", "features", "label", "prediction"])
    print(f"{'':26}{'rows':>9}{'auc':>18}{'log loss':>18}{'brier':>18}")
    print(f"{'':35}{'ours   LightGBM':>18}{'ours   LightGBM':>18}{'ours   LightGBM':>18}")
    for kind in KINDS:
        mine = rows[rows.model == kind].sort_values("example")
        if mine.empty:
            print(f"{kind:26}  not trained")
            continue
        past, later = mine[mine.part == "train"], mine[mine.part == "judge"]
        amount = kind == "customer_value"
        theirs = lightgbm_scores(
            np.stack(past.features.to_numpy()), past.label.to_numpy(), np.stack(later.features.to_numpy()), amount
        )
        labels, ours = later.label.to_numpy(), later.prediction.to_numpy().astype(float)
        if amount:
            measures = [(float("nan"),) * 2, (deviance(labels, ours), deviance(labels, theirs)), (float("nan"),) * 2]
        else:
            measures = [
                (auc(labels, ours), auc(labels, theirs)),
                (log_loss(labels, ours), log_loss(labels, theirs)),
                (float(np.mean((labels - ours) ** 2)), float(np.mean((labels - theirs) ** 2))),
            ]
        text = "".join(f"{pair[0]:9.4f}{pair[1]:9.4f}" for pair in measures)
        print(f"{kind:26}{len(labels):9,}{text}", flush=True)


def run(conf: Path, *arguments: str) -> None:
    command = ["scripts/pos", *arguments, "--conf", str(conf)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")


def main(arguments: list[str]) -> None:
    if len(arguments) != 2 or "--help" in arguments:
        print(__doc__)
        sys.exit(0 if "--help" in arguments else 2)
    source, as_of = Path(arguments[0]), date.fromisoformat(arguments[1])
    with tempfile.TemporaryDirectory(prefix="bench-propensity-") as folder:
        lake = Path(folder) / "lake"
        shutil.copytree(source / "source", lake / "source")
        conf = Path(folder) / "settings.yaml"
        conf.write_text(
            f"extends: {Path('conf/local.yaml').resolve()}\nlake: {lake}\n"
            "propensity: {keep_examples: true}\n"
            # Public data sets record no consent; where a lake does, those who refused stay out.
            "privacy: {legal_basis: LEGITIMATE_INTEREST}\n"
        )
        run(conf, "nightly", "--only", "quality,customer-features", "--as-of", as_of.isoformat())
        run(conf, "campaigns", "--only", "propensity-train", "--as-of", as_of.isoformat())
        compare(lake, as_of)


if __name__ == "__main__":
    main(sys.argv[1:])
