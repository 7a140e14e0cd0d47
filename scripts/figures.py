"""What was told in; a picture of how far probabilities can be believed, and of accuracy against coverage, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

LEVELS = [level / 50 for level in range(50)]


def draw_figures(
    told: Sequence[Any],
    path: Path,
    *,
    reliability: Callable[[Any], list[tuple[float, float, float, int]]],
    coverage: Callable[[Any, float], tuple[float, float]],
) -> None:
    """Left, the share right at each probability told; right, accuracy against the share not left to a person."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4.6))
    left.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for each in told:
        name = each.question.replace("_", "-")
        rows = [row for row in reliability(each) if row[3] >= 20]
        left.plot([row[1] for row in rows], [row[2] for row in rows], marker="o", markersize=3, label=name)
        points = [coverage(each, level) for level in LEVELS]
        points = [(share, accuracy) for share, accuracy in points if share > 0.05]
        right.plot([share for share, _ in points], [accuracy for _, accuracy in points], label=name)
    left.set(xlabel="probability told", ylabel="share right", title="Reliability", xlim=(0.2, 1), ylim=(0.2, 1))
    right.set(xlabel="share of answers kept", ylabel="share right", title="Accuracy against coverage", ylim=(0.6, 1))
    right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=110, metadata={"Software": ""})
    pyplot.close(figure)
