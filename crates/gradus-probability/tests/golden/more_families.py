#!/usr/bin/env python3
"""Writes more_families.csv: inverse gamma, half-normal, triangular, discrete uniform; and t-tests and correlations of samples.

Each row begins with the number of the quantity (the list QUANTITIES), then seven numbers: parameters and the point, or a sample of seven.
Source 1 is mpmath at 60 digits; source 2 is SciPy.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 && venv/bin/python more_families.py
"""

import hashlib
import math
import pathlib
import random
import struct

import mpmath
import numpy
import scipy.stats
from mpmath import mp, mpf

mp.dps = 60
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
random.seed(20260110)


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def ig_sf(a, b, x, *_):
    return mpmath.gammainc(a, 0, b / x, regularized=True)


def ig_cdf(a, b, x, *_):
    return mpmath.gammainc(a, b / x, mpmath.inf, regularized=True)


def ig_ln(a, b, x, *_):
    return a * mpmath.log(b) - mpmath.loggamma(a) - (a + 1) * mpmath.log(x) - b / x


def ig_entropy(a, b, *_):
    return a + mpmath.log(b) + mpmath.loggamma(a) - (1 + a) * mpmath.psi(0, a)


def hn_cdf(s, x, *_):
    return mpmath.erf(x / s / mpmath.sqrt(2))


def hn_sf(s, x, *_):
    return mpmath.erfc(x / s / mpmath.sqrt(2))


def hn_ln_sf(s, x, *_):
    return mpmath.log(hn_sf(s, x))


def tri_cdf(a, c, b, x, *_):
    return (x - a) ** 2 / (b - a) / (c - a) if x <= c else 1 - (b - x) ** 2 / (b - a) / (b - c)


def tri_sf(a, c, b, x, *_):
    return 1 - tri_cdf(a, c, b, x)


def tri_skew(a, c, b, *_):
    return mpmath.sqrt(2) * (a + b - 2 * c) * (2 * a - b - c) * (a - 2 * b + c) / (5 * (a * a + b * b + c * c - a * b - a * c - b * c) ** mpf(1.5))


def du_cdf(a, b, k, *_):
    return (k - a + 1) / (b - a + 1)


def t_of(x):
    n = len(x)
    m = sum(x) / n
    s = mpmath.sqrt(sum((v - m) ** 2 for v in x) / (n - 1))
    return m / (s / mpmath.sqrt(n)), n - 1


def t_p(*x):
    t, nu = t_of(x)
    return mpmath.betainc(mpf(nu) / 2, mpf(1) / 2, 0, nu / (nu + t * t), regularized=True)


def correlation(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y)) / mpmath.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


OTHER = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]


def ranks(x):
    return [sum(v < u for v in x) + mpf(sum(v == u for v in x) + 1) / 2 for u in x]


def kendall(x, y):
    sign = lambda d: (d > 0) - (d < 0)
    s = [(sign(x[i] - x[j]), sign(y[i] - y[j])) for i in range(len(x)) for j in range(i)]
    return mpf(sum(a * b for a, b in s)) / mpmath.sqrt(sum(abs(a) for a, _ in s) * sum(abs(b) for _, b in s))


S = scipy.stats
gammas = [(a, b, x) for a in (0.3, 1.0, 4.5, 60.0) for b in (0.01, 1.0, 50.0) for x in (b / (a + 0.1) * f for f in (0.3, 0.9, 1.0, 3.0, 40.0))]
halves = [(s, s * z) for s in (1e-3, 1.0, 40.0) for z in (1e-8, 0.01, 0.5, 1.0, 3.0, 9.0, 30.0)]
triangles = [(a, c, b, x) for a, c, b in ((0.0, 0.25, 1.0), (-3.0, 5.0, 6.0), (1.0, 1.5, 9.0)) for x in (a + (b - a) * f for f in (0.001, 0.1, 0.25, 0.6, 0.99, 0.99999))]
uniforms = [(1.0, 6.0, float(k)) for k in range(1, 7)] + [(0.0, 1e6, 12345.0)]
samples = [tuple(round(random.gauss(m, 1), 3) for _ in range(7)) for m in (0.0, 0.5, 1.0, 3.0) for _ in range(3)]
QUANTITIES = [
    ("inverse gamma cdf", ig_cdf, lambda a, b, x: S.invgamma.cdf(x, a, scale=b), gammas, 1024),
    ("inverse gamma sf", ig_sf, lambda a, b, x: S.invgamma.sf(x, a, scale=b), gammas, 1024),
    ("inverse gamma ln pdf", ig_ln, lambda a, b, x: S.invgamma.logpdf(x, a, scale=b), gammas, None),
    ("inverse gamma entropy", ig_entropy, lambda a, b, x: S.invgamma.entropy(a, scale=b), gammas[::5], None),
    ("half-normal cdf", hn_cdf, lambda s, x: S.halfnorm.cdf(x, scale=s), halves, 8),
    ("half-normal sf", hn_sf, lambda s, x: S.halfnorm.sf(x, scale=s), halves, 4096),
    ("half-normal ln sf", hn_ln_sf, lambda s, x: S.halfnorm.logsf(x, scale=s), halves, 16),
    ("triangular cdf", tri_cdf, lambda a, c, b, x: S.triang.cdf(x, (c - a) / (b - a), loc=a, scale=b - a), triangles, 16),
    ("triangular sf", tri_sf, lambda a, c, b, x: S.triang.sf(x, (c - a) / (b - a), loc=a, scale=b - a), triangles, None),
    ("triangular skewness", tri_skew, lambda a, c, b, x: S.triang.stats((c - a) / (b - a), moments="s"), triangles[::6], 16),
    ("discrete uniform cdf", du_cdf, lambda a, b, k: S.randint.cdf(k, a, b + 1), uniforms, 2),
    ("t-test", t_p, lambda *x: S.ttest_1samp(x, 0.0).pvalue, samples, 2048),
    ("Pearson", lambda *x: correlation(x, [mpf(v) for v in OTHER]), lambda *x: S.pearsonr(x, OTHER).statistic, samples, None),
    ("Spearman", lambda *x: correlation(ranks(x), ranks(OTHER)), lambda *x: S.spearmanr(x, OTHER).statistic, samples, None),
    ("Kendall", lambda *x: kendall(x, OTHER), lambda *x: S.kendalltau(x, OTHER).statistic, samples, 4),
]
lines = []
for number, (name, first, second, points, ulp) in enumerate(QUANTITIES):
    for x in points:
        y, other = float(first(*map(mpf, x))), float(second(*x))
        assert y == other or abs(y - other) <= 1e-8 * max(abs(y), 1e-3 if ulp is None else 0), (name, x, y, other)
        # where a sum cancels, in units of its terms (at most 100) and not of the result
        budget = ulp if ulp is not None else 16 + math.ceil(800 / abs(y)) if y else 0
        if y == 0:
            continue
        inputs = [float(number), *x] + [0.0] * (7 - len(x))
        lines.append(f"body,{','.join(map(bits, inputs))},{bits(y)},{budget},2,{name}: {y!r}")
head = f"# generated by tests/golden/more_families.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (60 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(8))
(HERE / "more_families.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
