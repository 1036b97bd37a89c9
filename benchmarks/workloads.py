"""What is measured: reading in rounds, posting one after the other and at once, approving a thousand."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from .client import Ask, Client
from .contenders import Contender
from .servers import Meter, Server

SECONDS = 0.7
MOST = 100
CLIENTS = 8

Rivals = dict[str, tuple[Contender, Server]]


@dataclass
class Cost:
    """What a request costs one contender: CPU milliseconds (medians over the rounds) and seconds on the clock."""

    application: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def note(self, meter: Meter, seconds: list[float]) -> None:
        self.application.append(meter.application / len(seconds))
        self.database.append(meter.database / len(seconds))
        self.seconds += seconds

    def figures(self) -> dict[str, Any]:
        both = [sum(pair) for pair in zip(self.application, self.database, strict=True)]
        slowest = sorted(self.seconds)[min(len(self.seconds) - 1, len(self.seconds) * 99 // 100)]
        return {
            "cpu_ms": round(statistics.median(both), 3),
            "cpu_application_ms": round(statistics.median(self.application), 3),
            "cpu_database_ms": round(statistics.median(self.database), 3),
            "wall_median_ms": round(statistics.median(self.seconds) * 1000, 2),
            "wall_p99_ms": round(slowest * 1000, 2),
            "requests": len(self.seconds),
        }


def read(
    rivals: Rivals, asks: dict[str, list[Ask]], *, rounds: int, in_turn: bool = False
) -> dict[str, dict[str, Any]]:
    """Ask every contender the same in each round, in a new random order. Several requests make one answer together, or
    are asked one after the other where `in_turn`."""
    return read_turns(
        {name: pair[1] for name, pair in rivals.items()},
        {name: [[ask] for ask in some] if in_turn else [some] for name, some in asks.items()},
        rounds=rounds,
    )


def read_turns(
    servers: dict[str, Server], asks: dict[str, list[list[Ask]]], *, rounds: int
) -> dict[str, dict[str, Any]]:
    """The same where each contender has several such answers, which are asked for in turn."""
    costs = {name: Cost() for name in asks}
    turns = {name: cycle(answers) for name, answers in asks.items()}
    for name, answers in asks.items():
        warm_up(servers[name], [ask for together in answers[-2:] for ask in together])
    for _round in range(rounds):
        for name in random.sample(list(asks), len(asks)):
            server = servers[name]
            client, seconds = Client(server.port), []
            for ask in next(turns[name]):
                client.do(
                    ask
                )  # so that no visit begins with a new connection, or without the version it names
            with Meter(server) as meter:
                started = time.perf_counter()
                while len(seconds) < MOST and (len(seconds) < 2 or time.perf_counter() - started < SECONDS):
                    seconds.append(sum(client.do(ask).seconds for ask in next(turns[name])))
            costs[name].note(meter, seconds)
    return {name: cost.figures() for name, cost in costs.items()}


def warm_up(server: Server, asks: list[Ask]) -> None:
    """Ask over several connections, so that both workers have imported and cached what they need."""
    for _connection in range(6):
        client = Client(server.port)
        for ask in asks:
            client.check(ask)


def post(rivals: Rivals, *, rounds: int, each: int = 40) -> dict[str, dict[str, Any]]:
    """Post comments one after the other, in rounds as `read` does."""
    costs = {name: Cost() for name in rivals}
    for contender, server in rivals.values():
        warm_up(server, [contender.post(f"warm {random.random()}")])
    for number in range(rounds):
        for name in random.sample(list(rivals), len(rivals)):
            contender, server = rivals[name]
            client = Client(server.port)
            asks = [
                contender.post(f"one{number}.{comment} after the other, and calm") for comment in range(each)
            ]
            with Meter(server) as meter:
                seconds = [client.do(ask).seconds for ask in asks]
            costs[name].note(meter, seconds)
    return {name: cost.figures() for name, cost in costs.items()}


def post_at_once(contender: Contender, server: Server, *, each: int) -> dict[str, Any]:
    """Let eight clients post at the same time, then compare what was answered with what is stored."""
    tag = f"at-once-{random.randrange(10**9)}"
    answers: list[tuple[str, str]] = []
    gate = threading.Barrier(CLIENTS + 1)

    def run(number: int) -> None:
        client = Client(server.port)
        gate.wait()
        for comment in range(each):
            text = f"{tag} {number}.{comment} all together now"
            answers.append((str(client.do(contender.post(text)).document["id"]), text))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    stored = contender.posted(tag)
    return {
        "posts_per_second": round(len(answers) / seconds, 1),
        "sent": CLIENTS * each,
        "lost": CLIENTS * each - len(stored),
        "wrong": sum(stored.get(public_id) != text for public_id, text in answers),
        "duplicates": len(answers) - len({public_id for public_id, _text in answers}),
        "count_faults": contender.count_faults(),
    }


def approve(rivals: Rivals, *, rounds: Callable[[str], int]) -> dict[str, dict[str, Any]]:
    """Approve a thousand comments, in `rounds(name)` rounds."""
    costs = {name: Cost() for name in rivals}
    for number in range(max(map(rounds, rivals))):
        for name in random.sample(
            [name for name in rivals if rounds(name) > number], k=_count(rivals, rounds, number)
        ):
            contender, server = rivals[name]
            seen, before = contender.pending(), contender.count_approved()
            with Meter(server) as meter:
                answer = Client(server.port).do(contender.approve(seen))
            if (done := contender.count_approved() - before) != len(seen):
                raise SystemExit(f"{name} approved {done} of {len(seen)}.")
            costs[name].note(meter, [answer.seconds])
    return {name: cost.figures() for name, cost in costs.items()}


def _count(rivals: Rivals, rounds: Callable[[str], int], number: int) -> int:
    return sum(rounds(name) > number for name in rivals)


def for_counting(contender: Contender, sizes: list[int]) -> dict[str, list[list[Ask]]]:
    """Return the requests whose queries are counted, for `counting`: {name: [to warm up, to count]}."""
    waiting = contender.pending()
    reads = {
        "flat first": [contender.flat(max(sizes), is_last=False)],
        "flat last": [contender.flat(max(sizes), is_last=True)],
        "tree": [contender.tree(max(sizes))],
        "counts": contender.counts(),
        "desk": [contender.queue()],
        "desk list": [contender.queue_part()],
        "desk JSON": [contender.queue_rows()],
        "empty page": [contender.empty_desk()],
    }
    asks = {name: [found, found] for name, found in reads.items() if None not in found}
    asks["post"] = [[contender.post("counted, the first")], [contender.post("counted, the second")]]
    asks["approve"] = [[], [contender.approve(waiting)]]
    return asks
