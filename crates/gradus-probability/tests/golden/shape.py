#!/usr/bin/env python3
"""Writes shape.csv: skewness and excess kurtosis of the families, parameters from 1e-8 to 1e8.

Each row begins with the number of the family (the list FAMILIES) and 0 for the skewness or 1 for the excess kurtosis; then three parameters.
Source 1 are raw or factorial moments in mpmath at 400 digits, so that nothing cancels; source 2 is SciPy's `stats(moments="sk")`, which
has to agree for parameters between 0.1 and 100 and is named as a source elsewhere where it does.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 && venv/bin/python shape.py
"""

import hashlib
import math
import pathlib
import random
import struct
import warnings

import mpmath
import scipy.stats
from mpmath import mp, mpf

mp.dps = 400
warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
random.seed(20260711)
EPS = 2.0**-52


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def standardized(raw):
    """Skewness and excess kurtosis from E X, …, E X⁴."""
    m, b, c, d = raw
    variance = b - m * m
    third = c - 3 * m * b + 2 * m**3
    fourth = d - 4 * m * c + 6 * m * m * b - 3 * m**4
    return third / mpmath.sqrt(variance) ** 3, fourth / variance**2 - 3


def from_factorial(f):
    """Raw moments from E X (X − 1) … (X − n + 1), by Stirling's numbers."""
    return [f[0], f[1] + f[0], f[2] + 3 * f[1] + f[0], f[3] + 6 * f[2] + 7 * f[1] + f[0]]


def falling(x, n):
    return mpmath.fprod(x - i for i in range(n))


def rising(x, n):
    return mpmath.fprod(x + i for i in range(n))


N = (1, 2, 3, 4)


def gamma(a, *_):
    return [rising(a, n) for n in N]


def beta(a, b, *_):
    return [rising(a, n) / rising(a + b, n) for n in N]


def log_normal(_, s, *__):
    return [mpmath.exp(n * n * s * s / 2) for n in N]


def weibull(k, *_):
    return [mpmath.gamma(1 + n / k) for n in N]


def pareto(_, a, *__):
    return [a / (a - n) for n in N]


def inverse_gamma(a, *_):
    return [1 / falling(a - 1, n) for n in N]


def fisher(d, e, *_):
    return [(e / d) ** n * rising(d / 2, n) / falling(e / 2 - 1, n) for n in N]


def student(v, *_):
    return [mpf(0), v / (v - 2), mpf(0), 3 * v * v / ((v - 2) * (v - 4))]


def triangular(a, c, b):
    return [2 * ((b - c) * a ** (n + 2) + (c - a) * b ** (n + 2) - (b - a) * c ** (n + 2)) / ((n + 1) * (n + 2) * (b - a) * (c - a) * (b - c)) for n in N]


def half_normal(*_):
    return [mpmath.sqrt(2) ** n * mpmath.gamma(mpf(n + 1) / 2) / mpmath.sqrt(mpmath.pi) for n in N]


def gumbel(*_):
    # cumulants: γ, then (n − 1)! ζ(n)
    k = [mpmath.euler] + [mpmath.factorial(n - 1) * mpmath.zeta(n) for n in (2, 3, 4)]
    m, v, c, d = k
    return [m, v + m * m, c + 3 * v * m + m**3, d + 4 * c * m + 3 * v * v + 6 * v * m * m + m**4]


def von_mises(kappa, *_):
    with mpmath.workdps(40):
        ends = mpmath.linspace(0, min(mpmath.pi, 40 / mpmath.sqrt(kappa)), 9)
        moment = lambda n: mpmath.quad(lambda t: t**n * mpmath.exp(kappa * (mpmath.cos(t) - 1)), ends)
        whole = moment(0)
        return [mpf(0), moment(2) / whole, mpf(0), moment(4) / whole]


def poisson(mean, *_):
    return from_factorial([mean**n for n in N])


def binomial(trials, p, *_):
    return from_factorial([falling(trials, n) * p**n for n in N])


def bernoulli(p, *_):
    return [p] * 4


def negative_binomial(r, p, *_):
    return from_factorial([rising(r, n) * ((1 - p) / p) ** n for n in N])


def geometric(p, *_):
    return negative_binomial(mpf(1), p)


def hypergeometric(total, marked, draws):
    return from_factorial([falling(draws, n) * falling(marked, n) / falling(total, n) if n <= total else mpf(0) for n in N])


def discrete_uniform(_, b, *__):
    n = b + 1  # from 0: the shape does not see where
    return from_factorial([falling(n, k + 1) / (k + 1) / n for k in N])


S = scipy.stats
sizes = [10.0**e for e in range(-8, 9)]
some = lambda low, high: 10.0 ** random.uniform(math.log10(low), math.log10(high))
pairs = lambda n, a, b: [(some(*a), some(*b)) for _ in range(n)]
all_sizes = (1e-8, 1e8)
share = lambda: random.choice([random.random(), some(1e-8, 0.5), 1 - some(1e-8, 0.5)])
count = lambda: float(int(some(1, 1e8)))


def hypergeometric_point():
    total = random.choice([2.0, 3.0, 4.0, 5.0, float(int(some(6, 1e8)))])
    inside = lambda: float(random.randint(1, int(total) - 1))
    return total, inside(), inside()


def triangle():
    a, b, c = sorted(random.uniform(-9, 9) for _ in range(3))
    return a, b, c


# In the middle of the Weibull shapes 12 ε / h³ of the kurtosis are lost, h = 1/k > 0.09: its powers are near 1 and cancel.
# name, raw moments, SciPy, points, units in the last place, and an absolute error in units of ε for skewness and kurtosis (what cancels)
FAMILIES = [
    ("gamma", gamma, lambda a, b: S.gamma(a, scale=1 / b), [(a, 3.0) for a in sizes], 4, (0, 0)),
    ("beta", beta, S.beta, pairs(40, all_sizes, all_sizes), 16, (0, 32)),
    ("log-normal", log_normal, lambda m, s: S.lognorm(s), [(1.0, s) for s in sizes if s < 10] + [(1.0, some(0.1, 5)) for _ in range(9)], 512, (0, 0)),
    ("Weibull", weibull, lambda k, s: S.weibull_min(k), [(k, 2.0) for k in [0.1, 0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 3.6, 5.0, 9.0, 11.0, 12.0, 20.0, 50.0, 1e2, 1e3, 1e6, 1e8]], 512, (1024, 16384)),
    ("Pareto", pareto, lambda s, a: S.pareto(a), [(2.0, a) for a in [4.1, 4.5, 5.0, 7.5, 10.0, 31.0, 1e2, 1e4, 1e6, 1e8]], 32, (0, 0)),
    ("inverse gamma", inverse_gamma, lambda a, b: S.invgamma(a), [(a, 2.0) for a in [4.1, 4.5, 5.0, 7.5, 10.0, 31.0, 1e2, 1e4, 1e6, 1e8]], 32, (0, 0)),
    ("F", fisher, S.f, pairs(30, all_sizes, (8.1, 1e8)), 64, (0, 0)),
    ("Student t", student, S.t, [(v,) for v in [4.1, 4.5, 5.0, 7.5, 10.0, 31.0, 1e2, 1e4, 1e8]], 32, (0, 0)),
    ("triangular", triangular, lambda a, c, b: S.triang((c - a) / (b - a)), [triangle() for _ in range(20)], 16, (32, 0)),
    ("half-normal", half_normal, lambda s: S.halfnorm(), [(3.0,)], 4, (0, 16)),
    ("Gumbel", gumbel, lambda m, s: S.gumbel_r(), [(0.0, 1.0)], 2, (0, 0)),
    ("von Mises", von_mises, S.vonmises, [(k,) for k in sizes], 16, (0, 64)),
    ("Poisson", poisson, S.poisson, [(m,) for m in sizes], 4, (0, 0)),
    ("binomial", binomial, S.binom, [(count(), share()) for _ in range(40)], 32, (0, 32)),
    ("Bernoulli", bernoulli, S.bernoulli, [(share(),) for _ in range(30)], 32, (0, 32)),
    ("negative binomial", negative_binomial, S.nbinom, [(some(*all_sizes), share()) for _ in range(40)], 16, (0, 0)),
    ("geometric", geometric, lambda p: S.geom(p), [(share(),) for _ in range(30)], 16, (0, 0)),
    ("hypergeometric", hypergeometric, lambda n, k, d: S.hypergeom(int(n), int(k), int(d)), [hypergeometric_point() for _ in range(40)], 64, (0, 256)),
    ("discrete uniform", discrete_uniform, lambda a, b: S.randint(0, int(b) + 1), [(0.0, float(b)) for b in [1, 2, 5, 9, 100, 10**4, 10**8]], 4, (0, 0)),
]
lines, alone = [], 0
for number, (name, first, second, points, ulp, absolute) in enumerate(FAMILIES):
    for x in points:
        exact = standardized(first(*map(mpf, x)))
        theirs = [float(v) for v in second(*x).stats(moments="sk")]
        for which, (y, other) in enumerate(zip(exact, theirs)):
            y = 0.0 if abs(y) < 1e-30 else float(y)
            agree = abs(y - other) <= 1e-6 * max(abs(y), 1e-3)
            moderate = all(0.1 <= abs(v) <= 100 for v in x)
            # SciPy's von Mises moments are numerical integrals, its steep Weibull ones cancel, and of 2 or 3 balls it has none
            assert agree or not moderate or math.isnan(other) or name in ("von Mises", "Weibull"), (name, x, which, y, other)
            alone += not agree
            budget = ulp + math.ceil(absolute[which] / abs(y)) if y else 0
            inputs = [float(number), float(which), *x] + [0.0] * (3 - len(x))
            lines.append(f"body,{','.join(map(bits, inputs))},{bits(y)},{min(budget, 2**62)},{1 + agree},{name}: {y!r}")
head = f"# generated by tests/golden/shape.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (400 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(5))
(HERE / "shape.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows,", alone, "without SciPy's agreement")
