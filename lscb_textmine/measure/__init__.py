"""Papers with their objectives in; what they come to for each board out."""

from __future__ import annotations

from lscb_textmine.measure.carried import count_carried, follow_objectives
from lscb_textmine.measure.shares import measure_boards

__all__ = ["count_carried", "follow_objectives", "measure_boards"]
