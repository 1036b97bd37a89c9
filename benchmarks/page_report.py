"""The figures of pages against their targets."""

from __future__ import annotations

from typing import Any

from .page_contenders import Alone
from .report import Target, ratio

NAMES = ("floor", "ours", Alone.name, "v2", "v3")
_FLOOR, _V2, _V3 = "times the floor", "share of v2", "share of v3"
_LIMITS = {
    "article, ever another": {_FLOOR: 5, _V2: 0.30, _V3: 0.40},
    "article, kept": {_FLOOR: 3, _V2: 0.15},
    "article, unchanged (304)": {_FLOOR: 3, _V2: 0.15},
    "20 articles, ever others": {_FLOOR: 2.5, _V2: 0.15, _V3: 0.05},
}
_BELOW = {_FLOOR: "floor", _V2: "v2", _V3: "v3"}
_QUERIES = {"article": 3, "article kept": 1, "article unchanged": 1, "20 articles": 4}
_MOST_MEMORY = 1.1
_MOST_OF_HTML = 0.6


def targets(results: dict[str, Any]) -> list[Target]:
    """Return every promise about pages with what came out."""
    reads, queries = results["reads"], results["queries"]
    found = [
        Target(name=f"{name}: {what}", value=ratio(reads[name], "ours", _BELOW[what]), limit=limit)
        for name, limits in _LIMITS.items()
        for what, limit in limits.items()
    ]
    html = ratio(reads["article as HTML"], Alone.name, "v2")
    found.append(Target(name="article as HTML: share of bare Wagtail's", value=html, limit=_MOST_OF_HTML))
    found += [
        Target(name=f"queries: {name}", value=queries["ours"][name], limit=limit)
        for name, limit in _QUERIES.items()
    ]
    found.append(Target(name="queries: HTML", value=queries[Alone.name]["HTML"], limit=4))
    held = results["memory_mb"][-1]
    for who in ("ours", Alone.name):
        value = round(held[who] / held["v2"], 3)
        found.append(Target(name=f"memory of {who}: times bare Wagtail's", value=value, limit=_MOST_MEMORY))
    return found


def lines(results: dict[str, Any]) -> list[str]:
    """Return the table as text."""
    text = ["CPU ms (database's part)".ljust(36) + "".join(name.rjust(22) for name in NAMES)]
    for name, cells in results["reads"].items():
        figures = (_figure(cells[who]) if who in cells else "-" for who in NAMES)
        text.append(name.ljust(36) + "".join(figure.rjust(22) for figure in figures))
    for title in ("queries", "bytes"):
        text.append("")
        for who, counted in results[title].items():
            told = ", ".join(f"{name} {value:,}" for name, value in counted.items())
            text.append(f"{title}, {who}: {told}")
    text.append("")
    for when, held in zip(("before", "after"), results["memory_mb"], strict=True):
        told = ", ".join(f"{who} {value}" for who, value in held.items())
        text.append(f"MB of a worker {when}: {told}")
    return text


def _figure(cell: dict[str, Any]) -> str:
    return f"{cell['cpu_ms']:.2f} ({cell['cpu_database_ms']:.2f})"
