"""How far the reading of a paper has come, told to whoever watches: a reader that stands still can be ended."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

_watcher: ContextVar[Callable[[int], None] | None] = ContextVar("watcher", default=None)


def watch_pages(watcher: Callable[[int], None] | None) -> None:
    """Call `watcher` with each page's number when its reading begins."""
    _watcher.set(watcher)


def tell_page(number: int) -> None:
    """Say that the reading of a page begins."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(number)
