"""Golden tables of linear algebra: run `python linalg.py` beside the tables.

pip install mpmath==1.4.1

Every number has two sources, and disagreement aborts: solutions come from exact elimination and from Cramer's
rule, both in rationals; the inverses of Hilbert matrices from exact elimination and from their closed form in
integers; singular values from mpmath's svd_r at 50 digits and from the eigenvalues of A'A at 100 digits.
Numbers are the bits of doubles in hexadecimal; the last column is decimal, for readers. Solutions are allowed
20 n kappa u of the largest entry (Higham, Accuracy and Stability, 7.2), singular values 16 u of the largest.
The bound of a Hilbert matrix is the same for all of its entries, in units u of the largest: 20 n kappa.
"""

import math
import random
from fractions import Fraction
from itertools import permutations

from mpmath import mp

from writer import write


def eliminate(a, b):
    """X with A X = B, by Gauss and Jordan."""
    n = len(a)
    rows = [[Fraction(x) for x in r] + [Fraction(x) for x in s] for r, s in zip(a, b)]
    for k in range(n):
        p = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[p] = rows[p], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return [r[n:] for r in rows]


def determinant(a):
    """Sum over permutations."""
    total = Fraction(0)
    n = len(a)
    for p in permutations(range(n)):
        sign = (-1) ** sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n))
        total += sign * math.prod((Fraction(a[i][p[i]]) for i in range(n)), start=Fraction(1))
    return total


def cramer(a, b):
    d = determinant(a)
    return [determinant([r[:i] + [y] + r[i + 1:] for r, y in zip(a, b)]) / d for i in range(len(a))]


def identity(n):
    return [[int(i == j) for j in range(n)] for i in range(n)]


def condition(a):
    row_sum = lambda m: max(sum(abs(x) for x in r) for r in m)
    return row_sum([[Fraction(x) for x in r] for r in a]) * row_sum(eliminate(a, identity(len(a))))


def solutions():
    draw = random.Random(2026)
    systems = [("body", [[1, 2, 0], [3, 4, 0], [0, 0, 1]], [5, 6, 7]), ("body", [[2, 1, -1], [-3, -1, 2], [-2, 1, 2]], [8, -11, -3]),
               ("edge", [[0, 0, 1], [0, 1, 0], [1, 0, 0]], [3, 2, 1]), ("edge", [[1, 1, 1], [1, 1, 2], [1, 2, 1]], [1, 2, 4]),
               ("near", [[10**6, 10**6 - 1, 0], [10**6 + 1, 10**6, 0], [0, 0, 1]], [1, 1, 1]),
               ("tiny", [[2.0**-600, 0, 0], [0, 3 * 2.0**-600, 0], [2.0**-600, 0, 2.0**-600]], [1, 1, 1])]
    while len(systems) < 14:
        a = [[draw.randint(-9, 9) for _ in range(3)] for _ in range(3)]
        if determinant(a) != 0:
            systems.append(("random", a, [draw.randint(-9, 9) for _ in range(3)]))
    for kind, a, b in systems:
        x = cramer(a, b)
        assert x == [r[0] for r in eliminate(a, [[y] for y in b])]
        largest = max(abs(t) for t in x)
        for i, t in enumerate(x):
            if t == 0:
                continue
            ulps = math.ceil(20 * 3 * condition(a) * largest / abs(t))
            yield kind, [e for r in a for e in r] + b + [i], float(t), ulps, str(t) if t.denominator < 10**9 else repr(float(t))


def hilbert_inverses():
    for n in range(1, 9):
        hilbert = [[Fraction(1, i + j + 1) for j in range(n)] for i in range(n)]
        inverse = eliminate(hilbert, identity(n))
        kappa = condition(hilbert)
        c = math.comb
        ulps = math.ceil(20 * n * kappa)
        for i in range(n):
            for j in range(i + 1):
                # 1-based i, j in the formula of the literature: (-1)^(i+j) (i+j-1) C(n+i-1, n-j) C(n+j-1, n-i) C(i+j-2, i-1)^2
                closed = (-1) ** (i + j) * (i + j + 1) * c(n + i, n - j - 1) * c(n + j, n - i - 1) * c(i + j, i) ** 2
                assert inverse[i][j] == closed
                yield "body", [n, i, j], float(closed), ulps, str(closed)


def singular_values():
    draw = random.Random(2027)
    named = [("body", [1, 2, 3, 4, 5, 6, 7, 8, 10]), ("body", [2, 0, 0, 0, 3, 0, 0, 0, 1]), ("tie", [0, 2, 0, 0, 0, 2, 2, 0, 0]),
             ("regression:#nalgebra-1368", [1, 1e-21, 0, -1e-21, 1, 1e-21, 0, 1e-21, 1]), ("near", [1, 1, 1, 1, 1, 1, 1, 1, 1 + 2.0**-30])]
    named += [("random", [draw.randint(-99, 99) / 8 for _ in range(9)]) for _ in range(9)]
    named += [("huge", [x * 2.0**900 for x in named[-1][1]]), ("tiny", [x * 2.0**-900 for x in named[-2][1]])]
    for kind, entries in named:
        mp.dps = 100
        a = mp.matrix(3, 3)
        for at, x in enumerate(entries):
            a[at // 3, at % 3] = mp.mpf(x)
        second = sorted((mp.sqrt(abs(x)) for x in mp.eigsy(a.T * a, eigvals_only=True)), reverse=True)
        mp.dps = 50
        first = sorted(mp.svd_r(a, compute_uv=False), reverse=True)
        for i, (s, t) in enumerate(zip(first, second)):
            if float(s) == 0 or s < first[0] * mp.mpf(10) ** -14:
                continue
            assert float(s) == float(t), (entries, s, t)
            yield kind, entries + [i], float(s), math.ceil(16 * first[0] / s), mp.nstr(s, 12)


if __name__ == "__main__":
    write(__file__, "solve.csv", 13, solutions(), "exact elimination and Cramer's rule, in rationals")
    write(__file__, "hilbert.csv", 3, hilbert_inverses(), "exact elimination and the closed form, in integers")
    write(__file__, "singular_values.csv", 10, singular_values(), "singular values at 50 digits, eigenvalues of A'A at 100", "mpmath")
