"""The figures of a run against the targets: a table to read, and JSON to keep."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from typing import Any

from . import content


@dataclass(frozen=True, kw_only=True)
class Target:
    """One promise: `value` must not be above `limit` (below, where `is_least`)."""

    name: str
    value: float | None
    limit: float
    is_least: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value >= self.limit if self.is_least else self.value <= self.limit


def say(what: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def machine() -> dict[str, Any]:
    """Return what the figures were taken on."""
    load = os.getloadavg()
    return {
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load": [round(n, 2) for n in load],
    }


def ratio(cells: dict[str, Any], above: str, below: str, figure: str = "cpu_ms") -> float | None:
    """Return how many times a figure of one contender is that of another; None where one of them has none."""
    if above not in cells or below not in cells:
        return None
    return round(float(cells[above][figure]) / float(cells[below][figure]), 3)


def targets(results: dict[str, Any], sizes: list[int]) -> list[Target]:
    """Return every promise of the comparison with what came out."""
    most, least = max(sizes), min(sizes)
    found = []
    for name, cells in results["reads"].items():
        if name == "empty page of the admin":
            continue  # Wagtail's own, to compare the desk with
        limit = 2 if name == "counts of 20 pages" else 10 if name.startswith(("desk", "list")) else 3
        found.append(
            Target(name=f"{name}: times the floor", value=ratio(cells, "ours", "floor"), limit=limit)
        )
    for end, share in (("first", 15), ("last", 40)):
        cells = results["reads"][f"flat {most:,} {end}"]
        value = ratio(cells, "ours", "xtd")
        if value is not None:
            found.append(
                Target(name=f"flat {most:,} {end}: share of xtd", value=value, limit=round(1 / share, 3))
            )
    value = ratio(results["reads"][f"desk of {content.QUEUE:,} that wait"], "ours", "xtd")
    if value is not None:
        found.append(Target(name="desk: share of xtd", value=value, limit=0.05))
    first, last, small = (
        results["reads"][f"flat {size:,} {end}"]["ours"]
        for size, end in ((most, "first"), (most, "last"), (least, "first"))
    )
    growth = {"first": first, "last": last, "small": small}
    found.append(
        Target(name=f"growth from {least:,} to {most:,}", value=ratio(growth, "first", "small"), limit=1.3)
    )
    found.append(
        Target(name=f"last part against first of {most:,}", value=ratio(growth, "last", "first"), limit=1.2)
    )
    found += _of_writing(results)
    found += [
        Target(name=f"queries: {name}", value=results["queries"]["ours"].get(name), limit=limit)
        for name, limit in (
            ("flat first", 3), ("flat last", 3), ("tree", 4), ("post", 9), ("counts", 1), ("approve", 15),
            ("desk", 8), ("desk list", 8), ("desk JSON", 8),
        )
    ]  # fmt: skip
    return found


def _of_writing(results: dict[str, Any]) -> list[Target]:
    at_once = results["post_at_once"]
    ours = at_once["ours"]
    faults = ours["lost"] + ours["wrong"] + ours["duplicates"] + bool(ours["count_faults"])
    share = ratio(at_once, "ours", "floor", "posts_per_second")
    return [
        Target(name="post: times the floor", value=ratio(results["post"], "ours", "floor"), limit=3),
        Target(name="posts at once: share of the floor's", value=share, limit=0.4, is_least=True),
        Target(name="posts at once: lost, wrong, doubled, miscounted", value=faults, limit=0),
        Target(
            name="approve 1,000: times the floor", value=ratio(results["approve"], "ours", "floor"), limit=5
        ),
    ]


def lines(results: dict[str, Any], found: list[Target]) -> list[str]:
    """Return the report as text."""
    head = f"{'CPU ms, application and database':34}{'floor':>9}{'ours':>9}{'x floor':>9}{'xtd':>11}"
    text = [f"{head}{'ours, wall: median p99':>26}"]
    rows = {**results["reads"], "post": results["post"], "approve 1,000": results["approve"]}
    for name, cells in rows.items():
        cpu = {who: f"{cell['cpu_ms']:.2f}" for who, cell in cells.items()}
        wall = f"{cells['ours']['wall_median_ms']:.1f} {cells['ours']['wall_p99_ms']:.1f}"
        times = ratio(cells, "ours", "floor") or 0
        text.append(
            f"{name:34}{cpu['floor']:>9}{cpu['ours']:>9}{times:>9.2f}{cpu.get('xtd', '-'):>11}{wall:>26}"
        )
    text.append("")
    for who, at_once in results["post_at_once"].items():
        text.append(
            f"posts at once, {who}: " + ", ".join(f"{name} {value}" for name, value in at_once.items())
        )
    for who, counted in results["queries"].items():
        text.append(f"queries, {who}: " + ", ".join(f"{name} {value}" for name, value in counted.items()))
    text += [f"{name}: {value}" for name, value in results.get("deep", {}).items()]
    return [*text, "", *verdicts(found)]


def verdicts(found: list[Target]) -> list[str]:
    """Return one line for each target."""
    text = []
    for target in found:
        verdict = {True: "met", False: "NOT MET", None: "not measured"}[target.is_met]
        sign = ">=" if target.is_least else "<="
        value = "-" if target.value is None else target.value
        text.append(f"{target.name:52}{value:>9}  {sign} {target.limit:<6} {verdict}")
    return text
