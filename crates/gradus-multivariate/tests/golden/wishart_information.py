#!/usr/bin/env python3
"""Writes `wishart_information.csv` beside this script: entropies and divergences of Wishart's law and its inverse.

Needs mpmath, numpy and scipy. Values by mpmath at 400 digits as the formulas stand, from the numbers to the bit; SciPy (wishart, invwishart)
confirms the entropies, and the divergences by its entropy of p and its log-density of q at the mean, to 1e-9 of the terms.

Columns: x0 the number (0 entropy, 1 that of the inverse, 2 divergence, 3 that of inverses); x1 the dimension d; x2 and x3 how many degrees of
freedom both laws have more than d − 1; then the lower triangles of both scales, row by row, with zeros where d is below 4.

Bounds: 64 ε κ of the size of the result, and for entropies of its terms that do not cancel, with the condition κ in units in which all variances are 1.
"""

import hashlib
import random
import struct
import sys
from pathlib import Path

import mpmath as mp
import numpy as np
import scipy
from scipy import stats

mp.mp.dps = 400
HERE = Path(__file__).resolve().parent
DIGEST = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
MOST = 4
EPS = 2.0**-52
random.seed(1618)


def bits(x):
    return f"0x{struct.unpack('>Q', struct.pack('>d', float(x)))[0]:016x}"


def lower(a):
    d = len(a)
    return [a[i][j] if i < d and j < d else 0.0 for i in range(MOST) for j in range(i + 1)]


def scale(d):
    m = [[random.uniform(-3, 3) for _ in range(d + 2)] for _ in range(d)]
    entry = lambda i, j: sum(x * y for x, y in zip(m[i], m[j]))
    return [[entry(max(i, j), min(i, j)) for j in range(d)] for i in range(d)]


def condition(a):
    d = len(a)
    r = mp.matrix(d, d)
    for i in range(d):
        for j in range(d):
            r[i, j] = mp.mpf(a[i][j]) / mp.sqrt(mp.mpf(a[i][i]) * mp.mpf(a[j][j]))
    return float(mp.mnorm(r**-1, 1) * mp.mnorm(r, 1))


def ln_det(a):
    return mp.log(mp.det(mp.matrix(a)))


def trace(a):
    return sum(a[i, i] for i in range(a.rows))


def ln_multigamma(d, a):
    return mp.mpf(d * (d - 1)) / 4 * mp.log(mp.pi) + sum(mp.loggamma(a - mp.mpf(i) / 2) for i in range(d))


def multidigamma(d, a):
    return sum(mp.digamma(a - mp.mpf(i) / 2) for i in range(d))


def entropy(d, nu, v, inverse):
    side = -1 if inverse else 1
    e, a = mp.mpf(d + 1) / 2, nu / 2
    return e * ln_det(v) + side * e * d * mp.log(2) + ln_multigamma(d, a) - (a - side * e) * multidigamma(d, a) + a * d


def divergence(d, nu, other, v, w, inverse):
    m = mp.matrix(v) ** -1 * mp.matrix(w) if inverse else mp.matrix(w) ** -1 * mp.matrix(v)
    a, c = nu / 2, other / 2
    return a * (trace(m) - d) - c * mp.log(mp.det(m)) + ln_multigamma(d, c) - ln_multigamma(d, a) - (c - a) * multidigamma(d, a)


def second(number, d, nu, other, v, w):
    """By SciPy, and the size of the terms."""
    nu, other, v, w = float(nu), float(other), np.array(v), np.array(w)
    law = stats.invwishart if number % 2 else stats.wishart
    ln_scale = np.linalg.slogdet(v)[1]
    digammas = sum(scipy.special.digamma((nu - i) / 2) for i in range(d)) + d * np.log(2)
    if number % 2:
        # invwishart.entropy of SciPy 1.17 has ln 2 where d ln 2 belongs; that of the inverses, and what their volumes add
        own = stats.wishart(df=nu, scale=np.linalg.inv(v)).entropy() + (d + 1) * (ln_scale - digammas)
    else:
        own = law(df=nu, scale=v).entropy()
    if number < 2:
        return own, abs(own) + nu * (1 + abs(np.log(nu))) + abs(digammas)
    if number == 2:
        at, mean_ln, power = nu * v, digammas + ln_scale, (other - d - 1) / 2
    else:
        # the law of S is taken at the inverse of the mean of its inverse, where the trace is that of the mean
        at, mean_ln, power = v / nu, ln_scale - digammas, -(other + d + 1) / 2
    cross = law(df=other, scale=w).logpdf(at) + power * (mean_ln - np.linalg.slogdet(at)[1])
    return -own - cross, abs(own) + abs(cross) + (nu + other) * (1 + abs(np.log(nu + other)))


rows = []
for d in range(1, MOST + 1):
    for excess, more in [(1e-3, 1e-3), (0.25, 3.0), (1.0, 1.0 + 1e-7), (7.5, 7.5), (40.0, 0.5), (1e4, 1.001e4), (1e8, 3e8), (1e15, 1e15 + 1e8)]:
        v, w = scale(d), scale(d)
        if excess == more:
            w = [[x * (1 + 2.0**-20) for x in row] for row in v]
        nu, other = mp.mpf(excess + (d - 1.0)), mp.mpf(more + (d - 1.0))
        k = max(condition(v), condition(w))
        for number in range(4):
            inverse = number % 2 == 1
            value = entropy(d, nu, v, inverse) if number < 2 else divergence(d, nu, other, v, w, inverse)
            found, size = second(number, d, nu, other, v, w)
            sources = 1
            if np.isfinite(found) and nu < 1e6 and other < 1e6:
                if not abs(found - float(value)) <= 1e-9 * max(1.0, size):
                    sys.exit(f"{number} of {d}, {excess}, {more}: {float(value)!r} and {found!r} disagree")
                sources = 2
            terms = abs(float(value)) + (10.0 * d * d if number < 2 else 0.0)
            # of neighbors, D is about ν δ² / 4 for scales a share δ apart, and a rounding ε of a root counts ε / δ
            near = max(1.0, 2.0 * float(mp.sqrt(nu / value))) if number >= 2 else 1.0
            ulp = int(np.ceil(64 * k * near * terms * EPS / float(np.spacing(abs(float(value))))))
            rows.append(("entropy" if number < 2 else "divergence", [number, d, excess, more, *lower(v), *lower(w)], value, ulp, sources))

with open(HERE / "wishart_information.csv", "w", encoding="ascii") as file:
    print(f"# generated by tests/golden/wishart_information.py, SHA-256 {DIGEST}", file=file)
    print(f"# mpmath {mp.__version__}, scipy {scipy.__version__}", file=file)
    print(f"class,{','.join(f'x{i}' for i in range(4 + 20))},y,max_ulp,src", file=file)
    for kind, inputs, value, ulp, sources in rows:
        print(",".join([kind, *map(bits, inputs), bits(value), str(ulp), str(sources)]), file=file)
