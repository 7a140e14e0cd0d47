"""A count and a total in; the interval of their share out."""

from __future__ import annotations

from math import sqrt

Z_95 = 1.959963984540054
"""The 95 % point of the normal distribution."""


def wilson_interval(count: float, total: float) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1 when there is nothing to count over.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212: unlike the plain interval it
    stays within 0 and 1 and is honest about small counts.

    >>> [round(edge, 3) for edge in wilson_interval(3, 40)]
    [0.026, 0.199]
    """
    if total <= 0:
        return 0.0, 1.0
    share = count / total
    scale = 1 + Z_95**2 / total
    middle = (share + Z_95**2 / (2 * total)) / scale
    reach = Z_95 * sqrt(share * (1 - share) / total + Z_95**2 / (4 * total**2)) / scale
    # at a share of 0 or 1 rounding would leave the share just outside
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
