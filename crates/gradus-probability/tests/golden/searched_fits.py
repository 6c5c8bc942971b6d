#!/usr/bin/env python3
"""Writes searched_fits.csv: maximum likelihood where it has to be searched for, of small samples with weights.

Each row begins with the number of the family (the list FAMILIES) and that of the quantity: parameters in the order of the constructor, then
their standard errors, if there are any, then the log-likelihood. Eight observations and their eight weights follow.
Source 1 is the root of the gradient of the log-likelihood as the books write it, by Newton's steps with mpmath's differences at 60 digits, and
the inverse of minus its Hessian, of Student's t the inverse of the expected information by quadrature. Source 2 is the highest value that SciPy's
minimize finds from several starts with its own densities.

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
def inverse_gamma(t, x):
    return t[0] * ln(t[1]) - lg(t[0]) - (t[0] + 1) * ln(x) - t[1] / x


def chi_squared(t, x):
    return (t[0] / 2 - 1) * ln(x) - x / 2 - t[0] / 2 * ln(2) - lg(t[0] / 2)


def von_mises(t, x):
    return t[1] * mpmath.cos(x - t[0]) - ln(2 * mpmath.pi * mpmath.besseli(0, t[1]))


def student(t, x):
    z = (x - t[0]) / t[1]
    return -(t[2] + 1) / 2 * ln(1 + z * z / t[2]) - ln(t[2]) / 2 - lb(mpf(1) / 2, t[2] / 2) - ln(t[1])


def fisher(t, x):
    a, b = t[0] / 2, t[1] / 2
    return a * ln(t[0]) + b * ln(t[1]) + (a - 1) * ln(x) - (a + b) * ln(t[0] * x + t[1]) - lb(a, b)


def negative_binomial(t, k):
    return lg(k + t[0]) - lg(k + 1) - lg(t[0]) + t[0] * ln(t[1]) + k * ln(1 - t[1])


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


def expected_student(t, n):
    """Minus the expected Hessian, by quadrature of products of scores in mpmath."""
    with mpmath.workdps(25):
        score = lambda i, x: mpmath.diff(lambda *t: student(t, x), tuple(t), tuple(int(i == j) for j in range(3)))
        m, s, nu = t
        at = lambda u: m + s * mpmath.tan(u)  # the line as an interval
        def product(i, j):
            f = lambda u: score(i, at(u)) * score(j, at(u)) * mpmath.exp(student(t, at(u))) * s * mpmath.sec(u) ** 2
            return mpmath.quad(f, mpmath.linspace(-mpmath.pi / 2, mpmath.pi / 2, 9)[1:-1]) + mpmath.quad(f, [-mpmath.pi / 2, -3 * mpmath.pi / 8]) + mpmath.quad(f, [3 * mpmath.pi / 8, mpmath.pi / 2])
        i = mpmath.matrix(3, 3)
        i[0, 0], i[1, 1], i[2, 2] = product(0, 0), product(1, 1), product(2, 2)
        i[1, 2] = i[2, 1] = product(1, 2)
        return n * i


line = lambda: [3 + 2 * random.gauss(0, 1) / math.sqrt(random.gammavariate(1.0, 1.0)) for _ in range(8)]
gamma = lambda: [1 / random.gammavariate(2.5, 0.7) for _ in range(8)]
tight = lambda: [1 / (100 + random.gauss(0, 0.1)) for _ in range(8)]
squares = lambda: [random.gammavariate(2.0, 2.0) for _ in range(8)]
angles = lambda: [random.vonmisesvariate(2.0, 1.2) for _ in range(8)]
near = lambda: [random.vonmisesvariate(6.2, 400.0) for _ in range(8)]
ratios = lambda: [random.gammavariate(1.5, 1.0) / random.gammavariate(2.0, 1.0) for _ in range(8)]


def poisson(mean):
    k, p = 0, random.random()
    while p > math.exp(-mean):
        k, p = k + 1, p * random.random()
    return k


failures = lambda: [float(poisson(random.gammavariate(1.5, 3.0))) for _ in range(8)]


def successes():
    p = [random.betavariate(0.9, 1.6) for _ in range(8)]
    return [float(sum(random.random() < q for _ in range(TRIALS))) for q in p]


# name, log-density, SciPy's, starts, sample, units in the last place
POSITIVE = [(0.7, 0.7), (3.0, 3.0), (30.0, 3.0), (3.0, 30.0)]
FAMILIES = [
    ("inverse gamma", inverse_gamma, lambda t, x: S.invgamma.logpdf(x, t[0], scale=t[1]), POSITIVE, gamma, 256),
    ("chi-squared", chi_squared, lambda t, x: S.chi2.logpdf(x, t[0]), [(3.0,)], squares, 64),
    ("von Mises", von_mises, lambda t, x: S.vonmises.logpdf(x, t[1], loc=t[0]), [(m, 1.0) for m in (-2.0, 0.1, 2.0)], angles, 64),
    ("Student's t", student, lambda t, x: S.t.logpdf(x, t[2], loc=t[0], scale=t[1]), [(m, 1.0, 2.0) for m in (1.0, 3.0, 5.0)], line, 512),
    ("Fisher's F", fisher, lambda t, x: S.f.logpdf(x, t[0], t[1]), POSITIVE, ratios, 512),
    ("negative binomial", negative_binomial, lambda t, x: S.nbinom.logpmf(x, t[0], t[1]), [(1.0, 0.3), (4.0, 0.5)], failures, 256),
    ("beta-binomial", beta_binomial, lambda t, x: S.betabinom.logpmf(x, TRIALS, t[0], t[1]), [(1.0, 1.0), (5.0, 5.0)], successes, 256),
    # shapes of 10⁶: a spread of 10⁻³ is known to some ε / 10⁻³
    ("inverse gamma", inverse_gamma, lambda t, x: S.invgamma.logpdf(x, t[0], scale=t[1]), [(1e6, 1e4)], tight, 16384),
    ("von Mises", von_mises, lambda t, x: S.vonmises.logpdf(x, t[1], loc=t[0]), [(-0.1, 300.0)], near, 256),
]


def best(theirs, starts, x, w):
    """SciPy's highest value; none if it is at an end."""
    x, w = np.array(x), np.array(w)
    def cost(t):
        value = -np.dot(w, theirs(t, x))
        return value if np.isfinite(value) else 1e300
    options = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000}
    found = [scipy.optimize.minimize(cost, t, method="Nelder-Mead", options=options) for t in starts]
    return min(found, key=lambda r: r.fun)


def normal(x, w):
    """The highest log-likelihood of a normal law, the limit of Student's t, which may be above all tops inside."""
    m = np.average(x, weights=w)
    s = math.sqrt(np.average((np.array(x) - m) ** 2, weights=w))
    return np.dot(w, S.norm.logpdf(x, m, s))


def samples(theirs, starts, sample, name):
    """Six samples with weights, of which each has a maximum."""
    k = 0
    while k < 6:
        x = sample()
        w = [1.0] * 8 if k % 2 == 0 else [float(random.randint(1, 4)) for _ in range(8)]
        r = best(theirs, starts, x, w)
        away = {"Student's t": lambda t: 1.2 < t[2] < 20, "negative binomial": lambda t: t[0] < 50, "beta-binomial": lambda t: max(t) < 50, "Fisher's F": lambda t: max(t) < 200}
        if not away.get(name, lambda t: True)(r.x) or name == "Student's t" and normal(x, w) > -r.fun:
            continue
        k += 1
        yield x, w, list(r.x), -r.fun


lines = []
for number, (name, ln_p, theirs, starts, sample, ulp) in enumerate(FAMILIES):
    for x, w, start, other in samples(theirs, starts, sample, name):
        t, h = newton(ln_p, start, x, w)
        if name == "von Mises":  # the direction in the half turns around 0
            turns = 2 * mpmath.pi * mpmath.nint(t[0] / (2 * mpmath.pi))
            t[0], start[0] = t[0] - turns, start[0] - float(turns)
        information = expected_student(t, sum(w)) if name == "Student's t" else -h
        inverse = information ** -1
        errors = [mpmath.sqrt(inverse[i, i]) for i in range(len(t))]
        value = total(ln_p, t, x, w)
        assert all(abs(a - b) <= 1e-3 * e for a, b, e in zip(t, start, errors)), (name, t, start)
        assert abs(value - other) < 1e-7 * max(1, abs(value)), (name, value, other)
        for which, y in enumerate([*t, *errors, value]):
            # what cancels is known to units of the standard error, and the likelihood to those of its terms
            scale = errors[which] if which < len(t) else 50 if which == 2 * len(t) else 0
            budget = ulp + math.ceil(ulp * scale / abs(y))
            inputs = [float(number), float(which), *x, *w]
            src = 2 if which < len(t) or which == 2 * len(t) else 1
            lines.append(f"body,{','.join(map(bits, inputs))},{bits(float(y))},{budget},{src},{name}: {float(y)!r}")
head = f"# generated by tests/golden/searched_fits.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (60 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(18))
(HERE / "searched_fits.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
