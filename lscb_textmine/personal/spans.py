"""What is found in a text: words that name a child or family, or tell who they are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """Characters of a text that name or identify a private person, and how."""

    kind: str
    """"name", "date of birth", "NHS number", "address", "case number", "phone number", "e-mail address"."""
    start: int
    end: int
