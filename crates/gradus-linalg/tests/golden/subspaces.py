"""Golden tables of subspaces: run `python subspaces.py` beside the tables.

pip install mpmath==1.4.1

Every number has two sources, and disagreement aborts: pseudo-inverses in exact fractions from a rank factorization
A = F G (A+ = G'(G G')^-1 (F'F)^-1 F'), and from mpmath's singular values at 50 digits; projectors as A A+ in
fractions, and as U U' at 50 digits; the dimension of the null space from exact elimination, and from the singular
values. Numbers are the bits of doubles in hexadecimal; the last column is decimal, for readers. Allowed are
10 m n kappa u of the largest entry for a pseudo-inverse (the bound that its Penrose conditions are checked by), and
the same for a projector: the singular vectors turn by rounding over the gap.
"""

import math
import random
from fractions import Fraction

from mpmath import mp

from linalg import eliminate
from writer import write

mp.dps = 50


def product(a, b):
    return [[sum((x * y for x, y in zip(r, c)), Fraction(0)) for c in zip(*b)] for r in a]


def transpose(a):
    return [list(c) for c in zip(*a)]


def inverse(a):
    return eliminate(a, [[int(i == j) for j in range(len(a))] for i in range(len(a))])


def echelon(a):
    """The rows that are left of a reduced echelon form, and the columns of its ones."""
    rows, pivots = [[Fraction(x) for x in r] for r in a], []
    for j in range(len(a[0])):
        k = len(pivots)
        p = next((i for i in range(k, len(rows)) if rows[i][j] != 0), None)
        if p is None:
            continue
        rows[k], rows[p] = rows[p], rows[k]
        rows[k] = [x / rows[k][j] for x in rows[k]]
        rows = [r if i == k else [x - r[j] * y for x, y in zip(r, rows[k])] for i, r in enumerate(rows)]
        pivots.append(j)
    return rows[: len(pivots)], pivots


def pseudo_inverse(a):
    g, pivots = echelon(a)
    f = [[Fraction(r[j]) for j in pivots] for r in a]
    left = product(transpose(g), inverse(product(g, transpose(g))))
    return product(left, product(inverse(product(transpose(f), f)), transpose(f)))


def by_singular_values(a):
    """A+ and U U', rank and condition at 50 digits."""
    u, sigma, v = mp.svd_r(mp.matrix(a))
    rank = sum(1 for s in sigma if s > mp.mpf(10) ** -30)
    pinv, proj = mp.zeros(3, 3), mp.zeros(3, 3)
    for k in range(rank):
        pinv += v[k, :].T * u[:, k].T / sigma[k]
        proj += u[:, k] * u[:, k].T
    return pinv, proj, rank, float(sigma[0] / sigma[rank - 1])


def matrices():
    draw = random.Random(2028)
    yield "body", [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    yield "tie", [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
    yield "edge", [[0, 0, 3], [0, 0, 4], [0, 0, 0]]
    yield "body", [[1, 2, 0], [0, 1, 1], [1, 0, 1]]
    for rank in (1, 2, 2):
        left = [[draw.randint(-4, 4) for _ in range(rank)] for _ in range(3)]
        right = [[draw.randint(-4, 4) for _ in range(3)] for _ in range(rank)]
        yield "random", [[int(x) for x in r] for r in product(left, right)]


def rows(which):
    for kind, a in matrices():
        exact = pseudo_inverse(a)
        pinv, proj, rank, kappa = by_singular_values(a)
        assert rank == len(echelon(a)[1])
        exact, second = (exact, pinv) if which == "pseudo_inverse" else (product(a, exact), proj)
        largest = max(abs(x) for r in exact for x in r)
        for i in range(3):
            for j in range(3):
                x = exact[i][j]
                assert abs(mp.mpf(x.numerator) / x.denominator - second[i, j]) < mp.mpf(10) ** -40
                if x != 0:
                    ulps = math.ceil(90 * kappa * float(largest / abs(x)))
                    yield kind, [e for r in a for e in r] + [i, j], float(x), ulps, str(x)


def nullities():
    for kind, a in matrices():
        nullity = 3 - len(echelon(a)[1])
        assert nullity == 3 - by_singular_values(a)[2]
        yield kind, [e for r in a for e in r], float(nullity), 0, str(nullity)


if __name__ == "__main__":
    sources = "a rank factorization in rationals, singular values at 50 digits"
    write(__file__, "pseudo_inverse.csv", 11, rows("pseudo_inverse"), sources, "mpmath")
    write(__file__, "projector.csv", 11, rows("projector"), sources, "mpmath")
    write(__file__, "nullity.csv", 9, nullities(), sources, "mpmath")
