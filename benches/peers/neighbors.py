"""Times the mutual information of pairs from three neighbors, here and in scikit-learn, in turn, and prints times and estimates.

usage: neighbors.py TIME ROUNDS

TIME is the example `time_neighbors` of gradus-information. Both get the same pairs, of standard normal numbers with correlation 0.9; each time is the
shortest of the rounds. scikit-learn adds noise of 1e-10 to its numbers, so the estimates may differ in a later digit.
"""

import subprocess
import sys
import time

import numpy as np
import sklearn
from sklearn.feature_selection import mutual_info_regression


def theirs(x, y):
    """Seconds and the estimate."""
    start = time.perf_counter()
    estimate = mutual_info_regression(x[:, None], y, discrete_features=False, n_neighbors=3, random_state=0)[0]
    return time.perf_counter() - start, estimate


def ours(lines):
    """Seconds and the estimate."""
    out = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True)
    return tuple(map(float, out.stdout.split()))


def main():
    rng = np.random.default_rng(1)
    print(f"scikit-learn {sklearn.__version__}\n")
    print("| pairs | gradus, ms | scikit-learn, ms | ratio | estimates |\n|---|---|---|---|---|")
    for n in (1_000, 10_000, 100_000):
        x = rng.standard_normal(n)
        y = 0.9 * x + np.sqrt(1 - 0.81) * rng.standard_normal(n)
        lines = "\n".join(f"{a!r} {b!r}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
        rounds = [(ours(lines), theirs(x, y)) for _ in range(int(sys.argv[2]))]
        (here, mine), (there, other) = (min(column) for column in zip(*rounds, strict=True))
        print(f"| {n} | {1e3 * here:.2f} | {1e3 * there:.2f} | {here / there:.2f} | {mine:.6f}, {other:.6f} |", flush=True)


main()
