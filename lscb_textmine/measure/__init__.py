"""Papers with their objectives in; what they come to for each board out."""

from __future__ import annotations

from lscb_textmine.measure.attendance import count_attendance
from lscb_textmine.measure.meetings import follow_actions
from lscb_textmine.measure.shares import measure_boards

__all__ = ["count_attendance", "follow_actions", "measure_boards"]
