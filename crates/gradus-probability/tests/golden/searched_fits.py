#!/usr/bin/env python3
"""Writes searched_fits.csv: the most likely F and beta-binomial laws of small samples with weights.

Each row begins with the number of the family (the list FAMILIES) and that of the quantity: parameters in the order of the constructor, then
their standard errors, then the log-likelihood. Eight observations and their eight weights follow.
Source 1 is the root of the gradient of the log-likelihood as the books write it, by Newton's steps with mpmath's differences at 60 digits, and
the inverse of minus its Hessian. Source 2 is the highest value that SciPy's minimize finds from several starts with its own densities; it has no
standard errors.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 && venv/bin/python searched_fits.py
"""

import hashlib
import itertools
import math
import pathlib
import random
import struct
import warnings

import mpmath
import numpy as np
import scipy.optimize
import scipy.stats
from mpmath import mp, mpf

mp.dps = 60
warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
random.seed(20261201)
S = scipy.stats
ln, lg, lb = mpmath.log, mpmath.loggamma, lambda a, b: mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


# the log-densities as the books write them
def fisher(t, x):
    a, b = t[0] / 2, t[1] / 2
    return a * ln(t[0]) + b * ln(t[1]) + (a - 1) * ln(x) - (a + b) * ln(t[0] * x + t[1]) - lb(a, b)


TRIALS = 12


def beta_binomial(t, k):
    return ln(mpmath.binomial(TRIALS, k)) + lb(k + t[0], TRIALS - k + t[1]) - lb(t[0], t[1])


def total(ln_p, t, x, w):
    return mpmath.fsum(c * ln_p(t, mpf(v)) for v, c in zip(x, w))


def newton(ln_p, t, x, w):
    """The root of the gradient, and the Hessian there."""
    d = len(t)
    f = lambda *t: total(ln_p, t, x, w)
    unit = lambda *which: tuple(which.count(i) for i in range(d))
    t = [mpf(v) for v in t]
    for _ in range(40):
        g = mpmath.matrix([mpmath.diff(f, tuple(t), unit(i)) for i in range(d)])
        h = mpmath.matrix(d, d)
        for i, j in itertools.product(range(d), repeat=2):
            h[i, j] = mpmath.diff(f, tuple(t), unit(i, j))
        step = mpmath.lu_solve(h, g)
        t = [a - b for a, b in zip(t, step)]
        if max(abs(b / a) for a, b in zip(t, step)) < mpf(10) ** -20:
            return t, h
    raise ArithmeticError("no convergence")


ratios = lambda: [random.gammavariate(1.5, 1.0) / random.gammavariate(2.0, 1.0) for _ in range(8)]


def successes():
    p = [random.betavariate(0.9, 1.6) for _ in range(8)]
    return [float(sum(random.random() < q for _ in range(TRIALS))) for q in p]


# name, log-density, SciPy's, starts, sample, largest parameter, units in the last place
POSITIVE = [(0.7, 0.7), (3.0, 3.0), (30.0, 3.0), (3.0, 30.0)]
FAMILIES = [
    ("Fisher's F", fisher, lambda t, x: S.f.logpdf(x, t[0], t[1]), POSITIVE, ratios, 200, 512),
    ("beta-binomial", beta_binomial, lambda t, x: S.betabinom.logpmf(x, TRIALS, t[0], t[1]), [(1.0, 1.0), (5.0, 5.0)], successes, 50, 256),
]


def best(theirs, starts, x, w):
    """SciPy's highest value."""
    x, w = np.array(x), np.array(w)
    def cost(t):
        value = -np.dot(w, theirs(t, x))
        return value if np.isfinite(value) else 1e300
    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000}
    found = [scipy.optimize.minimize(cost, t, method="Nelder-Mead", options=options) for t in starts]
    return min(found, key=lambda r: r.fun)


def samples(theirs, starts, sample, most):
    """Six samples with weights, of which each has a maximum with parameters below most."""
    k = 0
    while k < 6:
        x = sample()
        w = [1.0] * 8 if k % 2 == 0 else [float(random.randint(1, 4)) for _ in range(8)]
        r = best(theirs, starts, x, w)
        if max(r.x) < most:
            k += 1
            yield x, w, list(r.x), -r.fun


lines = []
for number, (name, ln_p, theirs, starts, sample, most, ulp) in enumerate(FAMILIES):
    for x, w, start, other in samples(theirs, starts, sample, most):
        t, h = newton(ln_p, start, x, w)
        inverse = (-h) ** -1
        errors = [mpmath.sqrt(inverse[i, i]) for i in range(len(t))]
        value = total(ln_p, t, x, w)
        assert all(abs(a - b) <= 1e-3 * e for a, b, e in zip(t, start, errors)), (name, t, start)
        assert abs(value - other) < 1e-7 * max(1, abs(value)), (name, value, other)
        for which, y in enumerate([*t, *errors, value]):
            # the slope rounds, and by that over the curvature, a square of the standard error, a parameter is off; the standard error by twice that, since
            # towards the limit of the family it grows as the square of the parameter; the likelihood rounds as its terms do
            i, twice = which % len(t), 1 + which // len(t)
            part = twice * (errors[i] / t[i]) ** 2 if which < 2 * len(t) else 50 / abs(y)
            budget = ulp + math.ceil(ulp * part)
            inputs = [float(number), float(which), *x, *w]
            src = 2 if which < len(t) or which == 2 * len(t) else 1
            lines.append(f"body,{','.join(map(bits, inputs))},{bits(float(y))},{budget},{src},{name}: {float(y)!r}")
head = f"# generated by tests/golden/searched_fits.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (60 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(18))
(HERE / "searched_fits.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
