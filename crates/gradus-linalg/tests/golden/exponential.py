"""Golden table of matrix exponentials: run `python exponential.py` beside the tables.

pip install mpmath==1.4.1 scipy==1.17.1

Every number has two sources, and disagreement aborts: mpmath's Taylor series with scaling and squaring at 50 digits,
and Newton's interpolation of exp at the eigenvalues, its divided differences as contour integrals, at 100 digits;
SciPy's expm must agree to ten digits (on the first matrix it errs by 26 000 u). Numbers are the bits of doubles in hexadecimal; the last column is decimal, for readers. A number is
allowed 8 max(1, norm) u of the largest entry: the condition number of the exponential is at least the norm. Matrices
of the kind "units" are 2^(p_i - p_j) m_ij with a moderate m: their entries are allowed that of m, in the same units; SciPy
has no digit of some of them and is not asked.
"""

import math
import random
from itertools import chain

import numpy
from mpmath import mp
from scipy.linalg import expm

from writer import write


def by_taylor(a):
    mp.dps = 50
    return mp.expm(mp.matrix(a), method="taylor")


def by_newton(a):
    """exp A = r1 I + r2 (A - l1) + r3 (A - l1)(A - l2), the r's being divided differences of exp."""
    mp.dps = 100
    a = mp.matrix(a)
    l1, l2, l3 = mp.eig(a, left=False, right=False)

    def difference(*points):
        """The divided difference of exp as a contour integral: exact to the working precision, ties or not."""
        n = 500
        centre = sum(points) / len(points)
        radius = 1 + 2 * max(abs(p - centre) for p in points)
        total = mp.mpc(0)
        for k in range(n):
            z = radius * mp.expjpi(mp.mpf(2 * k) / n)
            denominator = mp.mpc(1)
            for p in points:
                denominator *= centre + z - p
            total += mp.exp(centre + z) / denominator * z
        return total / n

    identity = mp.eye(3)
    result = (
        difference(l1) * identity
        + difference(l1, l2) * (a - l1 * identity)
        + difference(l1, l2, l3) * (a - l1 * identity) * (a - l2 * identity)
    )
    return result.apply(mp.re)


def matrices():
    draw = random.Random(2026)
    integer = [[draw.randint(-4, 4) for _ in range(3)] for _ in range(3)]
    yield "body", [[1, 2, 3], [4, 5, 6], [7, 8, 10]]
    yield "body", [[0, -1, 2], [1, 0, -3], [-2, 3, 0]]
    yield "body", [[draw.randint(-99, 99) / 64 for _ in range(3)] for _ in range(3)]
    yield "random", integer
    yield "small", [[x * 2.0**-20 for x in row] for row in integer]
    yield "tie", [[2, 1, 0], [0, 2, 1], [0, 0, 2]]
    yield "hump", [[-49, 24, 0], [-64, 31, 0], [0, 0, 1]]
    yield "nonnormal", [[-1, 1000, 0], [0, -1.5, 1000], [0, 0, -2]]


def in_units():
    """Far from normal: triangles and full matrices with entries up to 1e60 times larger than their eigenvalues."""
    draw = random.Random(2009)
    full = [[draw.randint(-128, 128) / 64 for _ in range(3)] for _ in range(3)]
    for powers in ([0, 10, -10], [60, 0, -60], [100, 0, -100], [0, 133, 0]):
        for m in (
            [[-1, 1, 0.5], [0, -2, 1], [0, 0, -1.5]],
            [[-1, 1, 2], [0, -1, 1], [0, 0, -1]],
            [[0, 1, 0], [0, 0, 1], [0, 0, 0]],
            [[1, 2, 0], [-2, 1, 1], [0, 0, -3]],
            full,
        ):
            yield powers, m


def entries(result):
    return [result[i, j] for i in range(3) for j in range(3)]


def rows():
    for kind, a in matrices():
        first, second = entries(by_taylor(a)), entries(by_newton(a))
        third = expm(numpy.array(a, dtype=float)).ravel()
        largest = max(abs(x) for x in first)
        norm = max(1, max(sum(abs(a[i][j]) for i in range(3)) for j in range(3)))
        for at, (x, y, z) in enumerate(zip(first, second, third)):
            if abs(x) < largest * mp.mpf(10) ** -14:
                continue
            assert float(x) == float(y), (kind, at, x, y)
            assert abs(x - z) <= 1e-10 * largest, (kind, at, x, z)
            ulps = math.ceil(8 * norm * largest / abs(x))
            yield kind, [e for row in a for e in row] + [at], float(x), ulps, mp.nstr(x, 12)


def rows_in_units():
    for powers, m in in_units():
        scale = [[2.0 ** (p - q) for q in powers] for p in powers]
        a = [[m[i][j] * scale[i][j] for j in range(3)] for i in range(3)]
        first, second = entries(by_taylor(m)), entries(by_newton(m))
        largest = max(abs(x) for x in first)
        norm = max(1, max(sum(abs(m[i][j]) for i in range(3)) for j in range(3)))
        for at, (x, y) in enumerate(zip(first, second)):
            if abs(x) < largest * mp.mpf(10) ** -14:
                continue
            assert float(x) == float(y), (m, at, x, y)
            unit = scale[at // 3][at % 3]
            ulps = math.ceil(8 * norm * largest / abs(x))
            yield "units", [e for row in a for e in row] + [at], float(x) * unit, ulps, mp.nstr(x * unit, 12)


if __name__ == "__main__":
    write(__file__, "exponential.csv", 10, chain(rows(), rows_in_units()), "Taylor at 50 digits, Newton at 100, Padé in doubles", "mpmath", "scipy")
