"""Pages against the floor and bare Wagtail: one article and twenty, as JSON and as HTML, on one PostgreSQL."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from . import contenders, database, page_report, report
from .articles import ARTICLES, LISTED, OVERLAPPING, STARTS
from .client import Ask, Client
from .counting import count_apart
from .page_contenders import Alone, Floor, Ours, PageContender, Version2, Version3
from .report import say
from .servers import Server
from .workloads import read_turns

OUTPUT = database.ROOT / "build"

Turns = dict[str, list[list[Ask]]]
"""By contender: the answers to ask for in turn, each a list of requests."""


def main(argv: list[str]) -> int:
    """Measure, print the table and write build/bench-pages.json.

    Returns:
        0, whatever the figures are: they are for people to judge.
    """
    options = _parser().parse_args(argv)
    database.run_within_postgres()
    signal.signal(signal.SIGTERM, lambda *_ignored: sys.exit(143))  # so that the servers are stopped too
    started = time.strftime("%Y-%m-%d %H:%M")
    results = {"started": started, "machine": report.machine()} | measure(options.rounds)
    found = page_report.targets(results)
    results["targets"] = [asdict(target) | {"is_met": target.is_met} for target in found]
    (OUTPUT / "bench-pages.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print("\n".join([*page_report.lines(results), "", *report.verdicts(found)]))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


def measure(rounds: int) -> dict[str, Any]:
    """Seed, serve and measure every contender."""
    OUTPUT.mkdir(exist_ok=True)
    with ExitStack() as stack:
        servers: dict[str, Server] = {}
        rivals = _serve(stack, servers)
        results: dict[str, Any] = {
            "queries": {name: _queries(rival) for name, rival in rivals.items()},
            "bytes": {name: _sizes(rival, servers[name]) for name, rival in rivals.items()},
            "reads": {},
        }
        held = [_memory(servers)]
        for name, asks in _reads(rivals).items():
            say(name)
            results["reads"][name] = read_turns(servers, asks, rounds=rounds)
        return results | {"memory_mb": [*held, _memory(servers)]}


def _memory(servers: dict[str, Server]) -> dict[str, float]:
    return {who: servers[who].memory_mb() for who in ("ours", Alone.name, "v2")}


def _serve(stack: ExitStack, servers: dict[str, Server]) -> dict[str, PageContender]:
    """Fill the databases and start a server for each application. The floor gets its rows from what ours answers."""

    def start(kind: type[PageContender]) -> Server:
        log = OUTPUT / f"bench-pages-{kind.name.replace(' ', '-')}.log"
        return stack.enter_context(Server(kind.database, kind.application, log))

    say("filling ours")
    pages = contenders.seed("benchmarks.ours.articles")["pages"]
    servers |= {"ours": start(Ours), Alone.name: start(Alone)}
    say("filling the floor")
    contenders.seed("benchmarks.floor_articles", servers["ours"].port, *pages)
    servers |= {"floor": start(Floor)}
    say("filling bare Wagtail")
    bare = contenders.seed("benchmarks.bare.seeding")["pages"]
    servers |= dict.fromkeys(("v2", "v3"), start(Version2))
    of_ours = [kind(pages) for kind in (Floor, Ours, Alone)]
    return {rival.name: rival for rival in [*of_ours, Version2(bare), Version3(bare)]}


def _reads(rivals: dict[str, Any]) -> dict[str, Turns]:
    """Return what is measured. Where it says "ever another", nothing that is kept is asked for again."""
    of_json = {name: rivals[name] for name in ("floor", "ours", "v2", "v3")}
    of_html = {name: rivals[name] for name in (Alone.name, "ours", "v2")}
    return {
        "article, ever another": {
            name: [rival.article(number) for number in range(ARTICLES)] for name, rival in of_json.items()
        },
        "article, kept": {name: [rival.article(0)] for name, rival in of_json.items()},
        "article, unchanged (304)": {
            name: [rival.unchanged(0) or rival.article(0)] for name, rival in of_json.items()
        },
        "article as HTML": {
            name: [rival.html(number) for number in range(ARTICLES)] for name, rival in of_html.items()
        },
        "page with nothing on it": {"v2": [rivals["v2"].nothing()]},
        "20 articles, ever others": {
            name: [rival.listed(start) for start in STARTS] for name, rival in of_json.items()
        },
        "20 articles, kept": {name: [rival.listed(0)] for name, rival in of_json.items()},
        "20 kept articles, ever another list": {
            name: [rival.listed(start) for start in OVERLAPPING] for name, rival in of_json.items()
        },
    }


def _queries(rival: PageContender) -> dict[str, int]:
    asks = {
        "article": [rival.article(0), rival.article(1)],
        "article kept": [rival.article(1), rival.article(1)],
        "article unchanged": [rival.unchanged(1), rival.unchanged(1)],
        "HTML": [rival.html(0), rival.html(1)],
        "20 articles": [rival.listed(0), rival.listed(LISTED)],
        "20 articles kept": [rival.listed(LISTED), rival.listed(LISTED)],
    }
    return count_apart(rival.application, {name: pair for name, pair in asks.items() if all(pair)})


def _sizes(rival: PageContender, server: Server) -> dict[str, int]:
    """Return the bytes of each answer, after a look whether it is the right one."""
    client = Client(server.port)
    if unchanged := rival.unchanged(0):
        statuses = [client.check(ask).status for ask in unchanged * 2]
        if statuses != [200, 304]:
            raise SystemExit(f"{rival.name} says {statuses} to a reader who has the article.")
    asked = {"article": rival.article(0), "HTML": rival.html(0), "20 articles": rival.listed(0)}
    return {name: sum(len(client.check(ask).body) for ask in asks) for name, asks in asked.items() if asks}
