"""`huiche model`: what the shop has learnt of who comes back, and how well it foretold the last year."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from core.prediction.rules import PredictionRules
    from storage.churn_models import ChurnModel
    from storage.crm import Crm
    from storage.db import Database

_STATES = {
    "fitted": "learnt",
    "learning": "learning",
    "unsure": "the search for the parameters did not end well: nothing is foretold",
    "not_enough": "not enough data yet",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--refit", action="store_true", help="learn anew now; else it happens once a month")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    with opened() as house:
        if args.refit:
            _refit(house.database)
        document = house.database.read(_document)
    if args.json:
        screen.document(document)
    elif document["state"] == "none":
        screen.hint("nothing was learnt yet: huiche model --refit")
    else:
        _show(document)
    return 1 if document["state"] == "none" else 0


def _refit(database: Database) -> None:
    from journeys import forecast

    owners = database.read(lambda crm: crm.predictions.owners())
    with screen.Progress("predictions", owners) as progress:
        forecast.refit(database, progress.on)


def _document(crm: Crm) -> dict[str, Any]:
    model = crm.churn_models.latest()
    if model is None:
        return {"state": "none"}
    return {
        "state": model.state,
        "as_of": str(model.as_of),
        "owners": model.owners,
        "repeaters": model.repeaters,
        "parameters": _parameters(model) if model.state in ("fitted", "unsure") else None,
        "predictions": crm.predictions.count(),
        **_tried(model.tried(), crm.shop.policy.prediction),
    }


def _parameters(model: ChurnModel) -> dict[str, Any]:
    numbers = {name: getattr(model, name) for name in ("k", "at_first", "r", "alpha", "a", "b", "log_likelihood")}
    return {**numbers, "spend_per_visit": f"{model.spend_mean_fen / 100:.2f}", "spend_trust": model.spend_trust}


def _tried(trial: dict[str, Any], rules: PredictionRules) -> dict[str, Any]:
    """`trial` and `coverage` are null where there is not enough data yet, and `needs` tells what it takes."""
    if "parts" not in trial:
        needs = {"owners": trial.get("least_owners"), "repeaters": trial.get("least_repeaters")}
        return {"trial": None, "calibration": [], "coverage": None, "needs": needs}
    coverage = trial["coverage"]
    if coverage:
        coverage = {**coverage, "share": round(coverage["warned"] / coverage["lost"], 4), "goal": rules.coverage_goal}
    told = {name: trial[name] for name in ("days", "owners", "log_score")}
    return {"trial": told, "calibration": trial["parts"], "coverage": coverage, "needs": None}


def _show(document: dict[str, Any]) -> None:
    state = _STATES[document["state"]]
    counts = f"{document['owners']} owners, {document['repeaters']} came again, {document['predictions']} predictions"
    print(screen.paint(f"{document['as_of']}: {state} · {counts}", "bold"))
    if document["parameters"]:
        print("  ".join(f"{name}={_number(value)}" for name, value in document["parameters"].items()))
    if document["trial"]:
        print(f"\nFitted without the last {document['trial']['days']} days, and who came in them, by tenths of owners:")
        parts = document["calibration"]
        rows = [(p["owners"], f"{p['foretold']:.0%}", f"{p['seen']:.0%}") for p in parts]
        screen.table(("owners", "foretold", "came"), rows)
    for line in _coverage_lines(document):
        print(line)


def _coverage_lines(document: dict[str, Any]) -> Iterator[str]:
    needs, coverage = document["needs"], document["coverage"]
    if needs:
        yield f"not tried: it takes {needs['owners']} owners and {needs['repeaters']} who came again, a year ago"
    elif not coverage:
        yield "\nwarnings: not enough data yet, too few owners were lost"
    else:
        yield f"\nOf {coverage['lost']} regular owners who were lost, {coverage['warned']} had been warned of in time:"
        yield f"{coverage['share']:.0%} (goal {coverage['goal']:.0%}), from a risk of {coverage['threshold']:.0%} on."
        yield f"False warnings: {coverage['false_warnings']} of {coverage['stayed']} who came back in time."


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
