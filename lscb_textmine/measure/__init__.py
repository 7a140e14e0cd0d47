"""Papers with their objectives in; what they come to for each board out."""

from __future__ import annotations

from lscb_textmine.measure.shares import measure_boards

__all__ = ["measure_boards"]
