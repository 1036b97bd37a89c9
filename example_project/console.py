"""What the demo says while it starts: numbered steps, a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

BAR_WIDTH = 30


class Step:
    """One numbered step. As a context manager it prints its title before and its result after the work.

    Call `progress(done, total)` while working and `finish(result)` with a few words once it is done.
    """

    def __init__(self, number: int, of: int, title: str, *, out: TextIO | None = None) -> None:
        self.title, self.out = f"[{number}/{of}] {title}", out or sys.stdout
        self.result = "done"
        self.live = self.out.isatty()

    def __enter__(self) -> Step:
        if self.live:
            self._redraw(self.title)
        return self

    def progress(self, done: int, total: int) -> None:
        """Draw the bar; nothing where the output is a file or a pipe."""
        if self.live and total:
            filled = BAR_WIDTH * min(done, total) // total
            self._redraw(f"{self.title}  {'#' * filled}{'.' * (BAR_WIDTH - filled)} {done}/{total}")

    def finish(self, result: str) -> None:
        self.result = result

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        ending = "not finished" if kind else self.result
        if self.live:
            self._redraw(f"{self.title}: {ending}\n")
        else:
            print(f"{self.title}: {ending}", file=self.out, flush=True)

    def _redraw(self, text: str) -> None:
        self.out.write(f"\r\033[K{text}")
        self.out.flush()
