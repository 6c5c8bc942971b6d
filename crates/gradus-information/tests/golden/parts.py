#!/usr/bin/env python3
"""Writes parts.csv: what two sources tell about a target, in parts.

Each row begins with the number of the part (0 to 3 redundancy, unique to the first, unique to the second, synergy by Williams and Beer; 4 to 7 the
same by Bertschinger et al.), then the joint table 2 x 2 x 2 of target, first and second source, all multiples of a power of two. Source 1 is mpmath at
30 digits; for the second decomposition it looks for the smallest information over the two numbers by which tables with the same pairs can differ. Source 2 is dit for
the first, SciPy's Nelder and Mead for the second. dit's own optimizer is above the smallest information for some tables; how often is printed.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 dit==2.3 && venv/bin/python parts.py
"""

import hashlib
import itertools
import math
import pathlib
import random
import struct
import warnings

import dit
import mpmath
import numpy
import scipy
from dit.pid import PID_BROJA, PID_WB
from mpmath import mp, mpf

warnings.simplefilter("ignore")
mp.dps = 30
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
random.seed(20261130)
OUTCOMES = list(itertools.product((0, 1), repeat=3))
LN2 = mpmath.log(2)


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def dyadic(n, k, least=0):
    cuts = sorted(random.randrange(2**k + 1) for _ in range(n - 1))
    parts = [b - a for a, b in zip([0] + cuts, cuts + [2**k])]
    return [p / 2**k for p in parts] if min(parts) >= least else dyadic(n, k, least)


def xlogx(x):
    return mpf(0) if x == 0 else x * mpmath.log(x)


def h(table, kept):
    sums = {}
    for outcome, p in zip(OUTCOMES, table):
        key = tuple(outcome[i] for i in kept)
        sums[key] = sums.get(key, mpf(0)) + p
    return -sum(xlogx(p) for p in sums.values())


def told(table, sources):
    return h(table, (0,)) + h(table, sources) - h(table, (0,) + sources)


def parts(table, redundancy):
    first, second, both = told(table, (1,)), told(table, (2,)), told(table, (1, 2))
    return [redundancy, first - redundancy, second - redundancy, both - first - second + redundancy]


def least(table):
    def p(**fixed):
        where = {"y": 0, "a": 1, "b": 2}
        return sum(t for o, t in zip(OUTCOMES, table) if all(o[where[k]] == v for k, v in fixed.items()))

    total = mpf(0)
    for y in (0, 1):
        if p(y=y) == 0:
            continue
        specific = []
        for source in ("a", "b"):
            pairs = [(p(y=y, **{source: x}) / p(y=y), p(**{source: x})) for x in (0, 1)]
            specific.append(sum(u * mpmath.log(u / v) for u, v in pairs if u > 0))
        total += p(y=y) * min(specific)
    return parts(table, total)


def moved(table, s):
    """Of each y, s[y] moved from the diagonal of the sources to the other one: the pairs with y stay."""
    return [t + s[o[0]] * (-1 if o[1] == o[2] else 1) for o, t in zip(OUTCOMES, table)]


def smallest_value(f, low, high):
    """Of a convex function on an interval, by golden sections."""
    ratio = (mpmath.sqrt(5) - 1) / 2
    best = min(f(low), f(high))
    u, v = high - ratio * (high - low), low + ratio * (high - low)
    here, there = f(u), f(v)
    for _ in range(50 if high > low else 0):
        if here < there:
            high, v, there = v, u, here
            u = high - ratio * (high - low)
            here = f(u)
        else:
            low, u, here = u, v, there
            v = low + ratio * (high - low)
            there = f(v)
    return min(best, here, there)


def unique(table):
    """With the s of the smallest I(Y; A, B): a convex function of two numbers in a box."""

    def ranges(y):
        q = {o: t for o, t in zip(OUTCOMES, table)}
        return -min(q[y, 0, 1], q[y, 1, 0]), min(q[y, 0, 0], q[y, 1, 1])

    box = [ranges(0), ranges(1)]
    f = lambda *s: told(moved(table, s), (1, 2))
    inner = lambda t: smallest_value(lambda u: f(t, u), *box[1])
    smallest = smallest_value(inner, *box[0])
    return parts(table, told(table, (1,)) + told(table, (2,)) - smallest)


def by_scipy(table):
    """The same in double precision, by another method."""
    q = numpy.array(table).reshape(2, 2, 2)
    swing = numpy.array([[-1.0, 1.0], [1.0, -1.0]])

    def information(s):
        t = (q + numpy.array(s)[:, None, None] * swing).reshape(2, 4).clip(0)
        expected = t.sum(1, keepdims=True) * t.sum(0, keepdims=True)
        return float((t[t > 0] * numpy.log((t / numpy.where(expected > 0, expected, 1))[t > 0])).sum())

    box = [(-min(q[y, 0, 1], q[y, 1, 0]), min(q[y, 0, 0], q[y, 1, 1])) for y in (0, 1)]
    starts = [[a + t * (b - a) for a, b in box] for t in (0.5, 0.1, 0.9)]
    options = {"xatol": 1e-13, "fatol": 1e-15, "maxiter": 4000}
    runs = [scipy.optimize.minimize(information, start, method="Nelder-Mead", bounds=box, options=options).fun for start in starts]
    corners = [information(corner) for corner in itertools.product(*box)]
    smallest = min(runs + corners)
    first, second, both = (float(told(table, sources)) for sources in ((1,), (2,), (1, 2)))
    return [first + second - smallest, smallest - second, smallest - first, both - smallest]


def from_dit(table, kind):
    d = dit.Distribution(["".join(map(str, o)) for o in OUTCOMES], list(map(float, table)))
    lattice = kind(d, [[1], [2]], [0])
    atoms = [((1,), (2,)), ((1,),), ((2,),), ((1, 2),)]
    return [float(lattice.get_pi(atom)) * math.log(2) for atom in atoms]


TABLES = [dyadic(8, k) for k in (3, 4, 6, 10, 20, 40) for _ in range(2)] + [dyadic(8, 12, 100) for _ in range(4)]
TABLES += [[0.25, 0, 0, 0.25, 0, 0.25, 0.25, 0], [0.25, 0.25, 0.25, 0, 0, 0, 0, 0.25], [0.5, 0, 0, 0, 0, 0, 0, 0.5], [0.125] * 8]

lines, missed = [], 0
for table in TABLES:
    exact = [mpf(t) for t in table]
    for start, values, others in ((0, least(exact), from_dit(table, PID_WB)), (4, unique(exact), by_scipy(table))):
        for number, (y, other) in enumerate(zip(values, others)):
            assert abs(y - other) <= 1e-9, (table, start + number, y, other)
            if start == 0 and abs(y) < 1e-20:
                continue  # exact zeros are laws
            # sums of at most 16 terms of size ln 2; the iteration for the others ends 1e-9 nats apart, which the test allows
            ulp = 8 + math.ceil(32 / abs(y)) if start == 0 else 0
            lines.append(f"body,{bits(float(start + number))},{','.join(map(bits, table))},{bits(float(y) if abs(y) > 1e-20 else 0.0)},{ulp},2,{float(y)!r}")
    missed += abs(from_dit(table, PID_BROJA)[0] - values[0]) > 1e-4
print(f"dit's BROJA is more than 1e-4 nats off for {missed} of {len(TABLES)} tables")

head = f"# generated by tests/golden/parts.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (30 digits), scipy {scipy.__version__}, dit {dit.__version__}\n"
(HERE / "parts.csv").write_text(head + "class," + ",".join(f"x{i}" for i in range(9)) + ",y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
