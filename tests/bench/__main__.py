"""`make bench`: the product and its peers, interleaved, as ratios measured in one run."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.bench import figures
from tests.bench.load import Result, measure
from tests.bench.prediction import print_prediction
from tests.bench.server import OWN_CORE
from tests.bench.sides import ROOT, SIDES, Side
from tests.bench.startup import startup
from tests.bench.table import print_startup, print_turns
from tests.core.understanding.score import print_score
from tests.servers import free_port

Results = dict[tuple[str, str], list[Result]]


def main() -> None:
    arguments = read_arguments()
    if arguments.figures:
        figures.run(arguments.owners, arguments.database)
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {OWN_CORE})
    sides = [side for side in SIDES if not arguments.only or arguments.only in side.name]
    rounds, seconds = (1, 3.0) if arguments.fast else (3, 7.0)
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as folder:
        results = run_rounds(sides, arguments.rounds or rounds, arguments.seconds or seconds, Path(folder))
        print_turns(results)
        if not arguments.only:
            print_startup(startup(Path(folder), tries=1 if arguments.fast else 3))
            print("\nSentences of owners understood by rules alone:")
            print_score()
            print_prediction(2_000 if arguments.fast else 20_000)
    if not arguments.only:
        os.sched_setaffinity(0, cores)
        figures.run(10_000 if arguments.fast else arguments.owners, arguments.database)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="one short round")
    parser.add_argument("--figures", action="store_true", help="nothing but grades, stages, alerts and audiences")
    parser.add_argument("--owners", type=int, default=100_000, help="how large a shop, with five visits each")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--only", help="servers whose name contains this")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="measured per server and round")
    return parser.parse_args()


def run_rounds(sides: list[Side], rounds: int, seconds: float, folder: Path) -> Results:
    results: Results = {}
    for number in range(rounds):
        for side in sides:
            for channel in side.channels:
                print(f"round {number + 1}/{rounds}: {side.name} over {channel} …", file=sys.stderr)
                result = run_one(side, channel, seconds, Path(tempfile.mkdtemp(dir=folder)))
                results.setdefault((channel, side.name), []).append(result)
    return results


def run_one(side: Side, channel: str, seconds: float, folder: Path) -> Result:
    sink = free_port()
    with side.start(folder, sink) as server:
        warm_up = min(2.0, seconds / 3)
        return uvloop.run(measure(server, sink, channel, warm_up=warm_up, seconds=seconds))


if __name__ == "__main__":
    main()
