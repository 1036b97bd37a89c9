"""Comments against the floor and django-comments-xtd: reading, posting, counting, approving, on one PostgreSQL."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from . import contenders, content, database, report, workloads
from .counting import count_apart
from .report import say
from .servers import Server

OUTPUT = database.ROOT / "build"


def main(argv: list[str]) -> int:
    """Measure, print the table and write build/bench.json. With BIG=1 in the environment a million comments too.

    Returns:
        0, whatever the figures are: they are for people to judge.
    """
    options = _parser().parse_args(argv)
    database.run_within_postgres()
    sizes = sorted(
        {int(size) for size in options.n.split(",")} | ({1_000_000} if os.environ.get("BIG") else set())
    )
    signal.signal(signal.SIGTERM, lambda *_ignored: sys.exit(143))  # so that the servers are stopped too
    started = time.strftime("%Y-%m-%d %H:%M")
    results = {"started": started, "machine": report.machine(), "sizes": sizes} | measure(options, sizes)
    found = report.targets(results, sizes)
    results["targets"] = [asdict(target) | {"is_met": target.is_met} for target in found]
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / "bench.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print("\n".join(report.lines(results, found)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks comments", description=__doc__)
    parser.add_argument("--n", default="1000,10000,100000", help="comments in a thread, with commas between")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--without-xtd", action="store_true", help="compare with the floor only")
    parser.add_argument("--posts", type=int, default=100, help="posts of each of the eight clients")
    return parser


def measure(options: argparse.Namespace, sizes: list[int]) -> dict[str, Any]:
    """Seed, serve and measure every contender."""
    OUTPUT.mkdir(exist_ok=True)
    kinds = [kind for kind in contenders.ALL if not (options.without_xtd and kind is contenders.Xtd)]
    with ExitStack() as stack:
        rivals: workloads.Rivals = {}
        for kind in kinds:
            say(f"filling {kind.name}")
            contender = kind(rounds=options.rounds, sizes=sizes)
            server = Server(contender.database, contender.application, OUTPUT / f"bench-{kind.name}.log")
            rivals[kind.name] = (contender, stack.enter_context(server))
        results: dict[str, Any] = {
            "queries": {
                name: count_apart(pair[0].application, workloads.for_counting(pair[0], sizes))
                for name, pair in rivals.items()
            }
        }
        results["reads"] = {}
        for name, asks in _reads(rivals, sizes).items():
            say(name)
            in_turn = name.endswith("any part")
            results["reads"][name] = workloads.read(rivals, asks, rounds=options.rounds, in_turn=in_turn)
        say("posting")
        results["post"] = workloads.post(rivals, rounds=options.rounds)
        results["post_at_once"] = {
            name: workloads.post_at_once(*pair, each=options.posts) for name, pair in rivals.items()
        }
        say("approving")
        results["approve"] = workloads.approve(
            rivals, rounds=lambda name: 1 if name == "xtd" else options.rounds
        )
        return results


def _reads(rivals: workloads.Rivals, sizes: list[int]) -> dict[str, dict[str, list[Any]]]:
    reads: dict[str, dict[str, Any]] = {}
    for size in sizes:
        for end in ("first", "last"):
            pages = {name: [pair[0].flat(size, is_last=end == "last")] for name, pair in rivals.items()}
            reads[f"flat {size:,} {end}"] = pages
        reads[f"flat {size:,} any part"] = {name: pair[0].parts(size) for name, pair in rivals.items()}
        reads[f"tree {size:,}"] = {name: [pair[0].tree(size)] for name, pair in rivals.items()}
    waiting = f"of {content.QUEUE:,} that wait"
    reads[f"desk {waiting}"] = {name: [pair[0].queue()] for name, pair in rivals.items()}
    reads[f"list alone {waiting}"] = {name: [pair[0].queue_part()] for name, pair in rivals.items()}
    reads[f"JSON {waiting}"] = {name: [pair[0].queue_rows()] for name, pair in rivals.items()}
    reads["empty page of the admin"] = {name: [pair[0].empty_desk()] for name, pair in rivals.items()}
    reads["counts of 20 pages"] = {name: pair[0].counts() for name, pair in rivals.items()}
    return {
        name: {who: found for who, found in asks.items() if found and None not in found}
        for name, asks in reads.items()
    }
