"""Times gradus (with its checks), nalgebra and LAPACK by SciPy in turn, and prints ratios.

usage: lapack.py TIME

TIME is the example `time_factorizations` of gradus-linalg. A ratio below 1 says that gradus is faster. Matrices are of the same
kind for all: entries without a pattern between -1 and 1; A Aᵀ + I where a positive definite one is needed.
"""

import statistics
import subprocess
import sys
import time

import numpy as np
import scipy.linalg as la

ROUNDS = 5
CALLS = {
    "solve": lambda a, spd, b: la.solve(a, b),
    "lu": lambda a, spd, b: la.lu(a),
    "cholesky": lambda a, spd, b: la.cholesky(spd, lower=True),
    "ldlt": lambda a, spd, b: la.ldl(a + a.T),
    "ldlt_unpivoted": lambda a, spd, b: la.ldl(a + a.T),
    "qr": lambda a, spd, b: la.qr(a, mode="economic"),
    "qr_pivoted": lambda a, spd, b: la.qr(a, mode="economic", pivoting=True),
    "svd": lambda a, spd, b: la.svd(a, full_matrices=False),
    "symmetric_eigen": lambda a, spd, b: la.eigh(spd),
}


def seconds(call, problem):
    """The median of a few batches of at least 20 ms."""
    batch = 1
    while True:
        start = time.perf_counter()
        for _ in range(batch):
            call(*problem)
        if time.perf_counter() - start >= 0.02:
            break
        batch *= 2
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(batch):
            call(*problem)
        times.append((time.perf_counter() - start) / batch)
    return statistics.median(times)


def main():
    rng = np.random.default_rng(1)
    print("| call | n | gradus, ms | / nalgebra | / LAPACK (SciPy) |")
    print("| --- | --- | --- | --- | --- |")
    for name, call in CALLS.items():
        for n in (10, 100, 500):
            a = rng.uniform(-1, 1, (n, n))
            problem = (a, a @ a.T + np.eye(n), rng.uniform(-1, 1, n))
            rounds = []
            for _ in range(ROUNDS if n < 500 else 2):
                out = subprocess.run([sys.argv[1], name, str(n)], capture_output=True, text=True, check=True)
                ours, nalgebra = map(float, out.stdout.split())
                rounds.append((ours, ours / nalgebra, ours / seconds(call, problem)))
            ours, bare, lapack = (statistics.median(column) for column in zip(*rounds, strict=True))
            print(f"| {name} | {n} | {1e3 * ours:.4f} | {bare:.2f} | {lapack:.2f} |", flush=True)


main()
