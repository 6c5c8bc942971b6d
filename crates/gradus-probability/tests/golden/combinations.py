#!/usr/bin/env python3
"""Writes combinations.csv: truncated laws and beta–binomial counts.

Each row begins with the number of the quantity (the list QUANTITIES), then up to five numbers: parameters, ends of the interval, the point.
Source 1 is mpmath at 250 digits, from the definition (differences of tails, sums of masses); source 2 is SciPy, or for what SciPy has not (or has
not that far out in a tail) an integral of the density by mpmath. The script stops where they differ.

    python3 -m venv venv && venv/bin/pip install mpmath scipy && venv/bin/python combinations.py
"""

import hashlib
import math
import pathlib
import re
import struct

import mpmath
import scipy
import scipy.stats as S
from mpmath import mp, mpf

mp.dps = 30  # of the integrals
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def normal(m, s):
    return (
        lambda x: mpmath.erfc((x - m) / s / mpmath.sqrt(2)) / 2,
        lambda x: mpmath.exp(-(((x - m) / s) ** 2) / 2) / s / mpmath.sqrt(2 * mpmath.pi),
    )


def gamma(a, b):
    return (
        lambda x: mpmath.gammainc(a, max(x, mpf(0)) * b, mpmath.inf, regularized=True),
        lambda x: mpmath.exp(a * mpmath.log(b) + (a - 1) * mpmath.log(x) - b * x - mpmath.loggamma(a)),
    )


def part(law, first, second):
    """A tail of a truncated law: by differences of upper tails, and by integrals of the density."""

    def by_tails(a, b, low, high, x):
        sf, _ = law(a, b)
        of = {"l": low, "h": high, "x": x}
        return (sf(of[first]) - sf(of[second])) / (sf(low) - sf(high))

    def by_density(a, b, low, high, x):
        _, pdf = law(a, b)
        of = {"l": low, "h": high, "x": x}
        # the quadrature has an absolute tolerance
        largest = max(pdf(low + (high - low) * f) for f in (mpf(1) / 64, mpf(1) / 2, mpf(63) / 64))
        integral = lambda u, v: mpmath.quad(lambda t: pdf(t) / largest, mpmath.linspace(u, v, 4 + int(abs(mpmath.log(pdf((u + 3 * v) / 4) / pdf((3 * u + v) / 4)))))) / (v - u) * (high - low)
        share = (of[second] - of[first]) / (high - low)
        return share * integral(of[first], of[second]) / integral(low, high)

    return by_tails, by_density


def ln(pair):
    return tuple((lambda f: lambda *x: mpmath.log(f(*x)))(f) for f in pair)


def normal_mean(m, s, low, high, _):
    sf, pdf = normal(m, s)
    return m + s * s * (pdf(low) - pdf(high)) / (sf(low) - sf(high))


def normal_variance(m, s, low, high, _):
    sf, pdf = normal(m, s)
    mass, u, v = sf(low) - sf(high), (low - m) / s, (high - m) / s
    return s * s * (1 + s * (u * pdf(low) - v * pdf(high)) / mass - (s * (pdf(low) - pdf(high)) / mass) ** 2)


def moment(k):
    def f(m, s, low, high, _):
        pdf = lambda x: normal(m, s)[1](x) / max(map(normal(m, s)[1], (low, high, min(max(low, m), high))))
        mass = mpmath.quad(pdf, mpmath.linspace(low, high, 4))
        mean = mpmath.quad(lambda x: (x - m) * pdf(x), mpmath.linspace(low, high, 4)) / mass
        if k == 1:
            return m + mean
        return mpmath.quad(lambda x: (x - m - mean) ** 2 * pdf(x), mpmath.linspace(low, high, 4)) / mass

    return f


def mass(n, a, b, k, *_):
    return mpmath.exp(mpmath.log(mpmath.binomial(n, k)) + mpmath.loggamma(k + a) + mpmath.loggamma(n - k + b) - mpmath.loggamma(n + a + b) + mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b))


def below(n, a, b, k, *_):
    return mpmath.fsum(mass(n, a, b, mpf(i)) for i in range(int(k) + 1))


def above(n, a, b, k, *_):
    return mpmath.fsum(mass(n, a, b, mpf(i)) for i in range(int(k) + 1, int(n) + 1))


def central(power):
    def f(n, a, b, *_):
        masses = [mass(n, a, b, mpf(i)) for i in range(int(n) + 1)]
        mean = mpmath.fsum(i * p for i, p in enumerate(masses))
        at = lambda k: mpmath.fsum((i - mean) ** k * p for i, p in enumerate(masses))
        return {2: at(2), 3: at(3) / at(2) ** mpf(1.5), 4: at(4) / at(2) ** 2 - 3}[power]

    return f


def tn(name):
    return lambda m, s, low, high, x: getattr(S.truncnorm, name)(x, (low - m) / s, (high - m) / s, loc=m, scale=s)


bells = [
    (m, s, m + s * u, m + s * v, m + s * (u + (v - u) * f))
    for m, s in ((0.0, 1.0), (1024.0, 64.0))
    for u, v in ((-1.0, 2.0), (0.0, 0.5), (3.0, 5.0), (-8.0, -6.0), (10.0, 10.5), (0.0, 0.0009765625))
    for f in (2.0**-26, 0.25, 0.9990234375)
]
far = [(0.0, 1.0, 40.0, 44.0, 40.0 + d) for d in (2.0**-30, 2.0**-6, 0.125, 1.0, 2.5)]
waits = [
    (a, b, low, low + w, low + w * f)
    for a, b in ((0.5, 1.0), (3.0, 0.5), (6.0, 2.0))
    for low, w in ((0.0, 1.0), (0.0625, 0.0078125), (4.0, 12.0), (64.0, 8.0))
    for f in (2.0**-20, 0.25, 0.875)
]
counts = [
    (float(n), a, b, float(k))
    for n in (1, 7, 60, 300)
    for a, b in ((1.0, 1.0), (0.5, 0.5), (1e-8, 3.0), (1e-3, 1e-4), (30.0, 2.5), (1e8, 2e8), (1e-3, 1e5), (1e15, 3e15), (2e18, 1e17))
    for k in sorted({0, 1, n // 3, n // 2, n - 1})
    if k < n
]
few = [(n, a, b, 0.0) for n, a, b, k in counts if k == 0.0]
bb = lambda name: lambda n, a, b, k, *_: getattr(S.betabinom, name)(k, int(n), a, b)
bb_stats = lambda letter: lambda n, a, b, *_: S.betabinom.stats(int(n), a, b, moments=letter)

# name, first source, second source, points, relative tolerance of the second source, ULP (None: in units of the largest term)
QUANTITIES = [
    ("truncated normal cdf", part(normal, "l", "x")[0], part(normal, "l", "x")[1], bells, 1e-15),
    ("truncated normal sf", part(normal, "x", "h")[0], part(normal, "x", "h")[1], bells, 1e-15),
    ("truncated normal cdf, 40 σ", part(normal, "l", "x")[0], part(normal, "l", "x")[1], far, 1e-15),
    ("truncated normal ln sf, 40 σ", *ln(part(normal, "x", "h")), far, 1e-11),
    ("truncated normal mean", normal_mean, moment(1), bells[::4], 1e-15),
    ("truncated normal variance", normal_variance, moment(2), bells[::4], 1e-15),
    ("truncated gamma cdf", part(gamma, "l", "x")[0], part(gamma, "l", "x")[1], waits, 5e-11),
    ("truncated gamma sf", part(gamma, "x", "h")[0], part(gamma, "x", "h")[1], waits, 5e-11),
    ("truncated normal cdf, SciPy", part(normal, "l", "x")[0], tn("cdf"), bells[::4], 1e-6),
    ("beta-binomial ln pmf", lambda *x: mpmath.log(mass(*x)), bb("logpmf"), counts, 1e-5),
    ("beta-binomial cdf", below, bb("cdf"), counts, 1e-5),
    ("beta-binomial sf", above, bb("sf"), counts, 1e-5),
    ("beta-binomial variance", central(2), bb_stats("v"), few, 1e-5),
    ("beta-binomial skewness", central(3), bb_stats("s"), few, 1e-5),
    ("beta-binomial excess kurtosis", central(4), bb_stats("k"), few, 1e-5),
]
lines, worst = [], 0.0
for number, (name, first, second, points, tolerance) in enumerate(QUANTITIES):
    confirmed = 0
    for x in points:
        with mpmath.workdps(250):
            y = float(first(*map(mpf, x)))
        other = second(*(map(mpf, x) if tolerance < 1e-10 else x))
        if not abs(y) > (1e-15 if "skew" in name else 1e-300):
            continue  # the skewness of a symmetric law is 0
        other = float(other)
        agrees = abs(y - other) <= tolerance * max(abs(y), 1.0 if "ln" in name or "skew" in name or "kurt" in name else 0.0)
        confirmed += agrees
        if tolerance < 1e-10:
            assert agrees, (name, x, y, other)
        inputs = [float(number), *x] + [0.0] * (5 - len(x))
        lines.append(f"body,{','.join(map(bits, inputs))},{bits(y)},@{number}@,{1 + agrees},{name}: {y!r}")
    print(f"{name}: {confirmed} of {len(points)} confirmed")

# How far results may be off, in ULP. Tails of truncated laws: 256, where the logarithm of the law's tail (800 at 40 σ) does not cost more; moments: the
# tolerance of the quadrature, and a variance is a difference. Masses: of ln p, as far as it is above 1; below, and for skewness and kurtosis,
# in units of 1. Tails of counts: the error of the largest ln p, and a sum of masses.
ULP = [256, 256, 8192, 8192, 1 << 17, 1 << 20, 1024, 1024, 256, 2048, 1 << 13, 1 << 13, 16, 1 << 12, 1 << 12]


def budget(line):
    number, y = int(re.search("@(\\d+)@", line)[1]), float(line.rsplit(": ", 1)[1])
    in_units_of_one = any(word in QUANTITIES[number][0] for word in ("ln", "skew", "kurt"))
    ulp = math.ceil(ULP[number] / min(1.0, abs(y))) if in_units_of_one else ULP[number]
    return line.replace(f"@{number}@", str(ulp))


lines = list(map(budget, lines))
head = f"# generated by tests/golden/combinations.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (250 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(6))
(HERE / "combinations.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
