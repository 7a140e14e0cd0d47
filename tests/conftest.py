"""Where the shared papers stand, and the reason to skip when they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples each time, however slow the machine: a change fails the tests, never the hour.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared papers and annotations beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared papers beside the checkout (../shared)")
    return folder
