#!/usr/bin/env python3
"""Writes entropy_of_counts.csv: entropies of families of counts, and of Fisher's F, parameters from 1e-300 to the last count.

Each row begins with the number of the family (the list FAMILIES); then its parameters, 0 where there are fewer than three.

Source 1 is mpmath: Poisson, binomial and negative binomial counts by the integral of Binet and Malmstén,

    E ln G(X + r) - ln G(r) = int_0^oo (E X exp(-t) - exp(-r t) (1 - E exp(-t X)) / (1 - exp(-t))) dt / t

whose transform of the counts is in closed form; hypergeometric and beta-binomial counts by their sum at 40 digits (of wide bells every h-th term, from
another offset and with another h than the library's); Fisher's F by its closed form.

Source 2 is the plain sum at 40 digits of all terms, where there are up to a million, and where the first source is not that sum; else the sum of
SciPy's masses, a limit (Poisson, gamma, or normal with the first correction), or for Fisher's F mpmath's quadrature of -p ln p.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 numpy scipy==1.17.1 && venv/bin/python entropy_of_counts.py
"""

import hashlib
import math
import pathlib
import struct

import mpmath
import numpy as np
import scipy.stats
from mpmath import exp, expm1, log, log1p, loggamma, mp, mpf, pi, psi

HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
S = scipy.stats
MOST = 10**6


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def mean_ln_gamma(r, mean, square, absent):
    """E ln G(X + r) - ln G(r), of counts with this mean, E X (X + 2 r + 1) of about this size, and 1 - E exp(-t X) = absent(t)."""
    with mp.workdps(60 + int(2 * max(0, mpmath.log10(square + 1))) + int(max(0, -mpmath.log10(mean)))):
        term = lambda v: (lambda t: mean * exp(-t) + exp(-r * t) * absent(t) / expm1(-t))(exp(v))
        low, high = -log(square + 1) - 70, log(mpf(400) / min(1, r)) + 1
        pieces = int((high - low) / 3) + 1
        return mpmath.quad(term, mpmath.linspace(low, high, pieces + 1), maxdegree=6)


def poisson(a, *_):
    if a == 0:
        return mpf(0)
    return a - a * log(a) + mean_ln_gamma(mpf(1), a, a * (a + 3), lambda t: -expm1(a * expm1(-t)))


def binomial(n, p, *_):
    q = 1 - p
    if n == 1:
        return -p * log(p) - q * log1p(-p)
    factorials = lambda p: mean_ln_gamma(mpf(1), n * p, (n * p) ** 2 + 3 * n * p, lambda t: -expm1(n * log1p(p * expm1(-t))))
    return -loggamma(n + 1) + factorials(p) + factorials(q) - n * p * log(p) - n * q * log(q)


def negative_binomial(r, p, *_):
    q, mean = 1 - p, r * (1 - p) / p
    absent = lambda t: -expm1(-r * log1p(-q / p * expm1(-t)))
    size = (mean + mean / p) * (mean + 2 * r + 3)
    gammas = mean_ln_gamma(mpf(1), mean, size, absent) - mean_ln_gamma(r, mean, size, absent)
    return gammas - r * log(p) - mean * log(q)


def hypergeometric_sum(total, marked, draws):
    N, K, n = int(total), int(marked), int(draws)
    low, high = max(0, n + K - N), min(n, K)
    spread = mpmath.sqrt(mpf(n) * K * (N - K) * (N - n) / mpf(N) ** 2 / max(N - 1, 1))
    h = 1 if spread < 2000 else int(spread / 7)
    if spread < 20:
        spread = mpf(20)
    top = n * K // N + h // 3
    binom = lambda a, b: loggamma(mpf(a) + 1) - loggamma(mpf(b) + 1) - loggamma(mpf(a - b) + 1)
    whole = binom(N, n)
    sum_ = mpf(0)
    for k in range(top - int(13 * spread / h) * h - 20 * h, top + int(13 * spread) + 20 * h, h):
        if low <= k <= high:
            ln_p = binom(K, k) + binom(N - K, n - k) - whole
            sum_ -= exp(ln_p) * ln_p
    return sum_ * h


def beta_binomial_sum(n, a, b):
    n = int(n)
    ln_beta = lambda x, y: loggamma(x) + loggamma(y) - loggamma(x + y)
    p = exp(ln_beta(a, n + b) - ln_beta(a, b))
    terms = []
    for k in range(n + 1):
        terms.append(-p * log(p))
        if k < n:
            p *= (n - k) * (k + a) / ((k + 1) * (n - k - 1 + b))
    return mpmath.fsum(terms)


def counted(ln_first, ratio, last):
    """The sum over all counts from 0, whose masses are given by the first and by quotients."""
    ln_p, terms, total, k = ln_first, [], mpf(0), 0
    while True:
        p = exp(ln_p)
        terms.append(-p * ln_p)
        total += p
        quotient = ratio(k)
        if k == last or (quotient < 1 and p * quotient / (1 - quotient) * max(1, -ln_p) < mpf(10) ** -30 * mpmath.fsum(terms[-1:]) + mpf(10) ** -400):
            break
        if quotient < 1 and k > 100 and -p * ln_p / (1 - quotient) < mpf(10) ** -25 * total:
            break
        ln_p += log(quotient)
        k += 1
    return mpmath.fsum(terms)


def all_terms(name, a, b, c):
    """The plain sum, where it has up to MOST terms."""
    if name == "poisson" and a < 10**5:
        return counted(-a, lambda k: a / (k + 1), -1)
    if name == "binomial" and a <= 10**5:
        n, p = int(a), b
        return counted(n * log1p(-p), lambda k: (n - k) * p / ((k + 1) * (1 - p)), n)
    if name == "negative binomial" and max(a, 1) / b < 20000:
        return counted(a * log(b), lambda k: (k + a) / (k + 1) * (1 - b), -1)
    return None


def of_scipy(name, a, b, c):
    """The sum of all terms with SciPy's masses; its own entropies end before the last term of a cup."""
    if name == "hypergeometric" and a <= 10**7:
        ln_p = S.hypergeom.logpmf(np.arange(min(b, c) + 1), int(a), int(b), int(c))
    elif name == "beta-binomial" and max(b, c) < 1e6 and min(b, c) > 1e-8:
        ln_p = S.betabinom.logpmf(np.arange(a + 1), int(a), b, c)
    else:
        return None
    p = np.exp(ln_p)
    return -float(np.sum((p * ln_p)[p > 0]))


def long_tail(r, p):
    """2000 terms, and an integral over the logarithm of the others with the first correction of the midpoint rule."""
    def term(x):
        ln_p = loggamma(x + r) - loggamma(r) - loggamma(x + 1) + r * log(p) + x * log1p(-p)
        return -exp(ln_p) * ln_p

    with mp.workdps(25 + int(-mpmath.log10(p))):
        start = mpf(2000) - mpf(1) / 2
        slope = (term(start + mpf(1) / 2) - term(start - mpf(1) / 2)) / 24
        rest = mpmath.quad(lambda u: exp(u) * term(exp(u)), mpmath.linspace(log(start), log(400 / p), 40))
        return mpmath.fsum(term(mpf(k)) for k in range(2000)) + slope + rest


def of_limit(name, a, b, c):
    """A gamma law for a tail of many counts, a Poisson law for rare trials, or trials without returns of a large population."""
    a, b, c = map(mpf, (a, b, c))
    if name == "negative binomial" and a >= 10 and b < 1e-9:
        return a + loggamma(a) + (1 - a) * psi(0, a) - log(b)
    if name == "negative binomial" and a < 1 and b < 1e-8:
        return long_tail(a, b)
    if name == "negative binomial" and 1 - b < 1e-9:
        return counted(-a * (1 - b), lambda k: a * (1 - b) / (k + 1), -1)
    if name == "binomial" and a > 10**6 and min(b, 1 - b) < 1e-9:
        return counted(-a * min(b, 1 - b), lambda k: a * min(b, 1 - b) / (k + 1), -1)
    if name == "hypergeometric" and a > 10**11 and a - b < 10**6:
        return counted((a - b) * log1p(-c / a), lambda k: (a - b - k) * c / ((k + 1) * (a - c)), int(a - b))
    if name == "hypergeometric" and a > 10**11 and b * c <= a:
        return counted(-b * c / a, lambda k: b * c / a / (k + 1), -1)
    return None


def normal_with_correction(name, a, b, c):
    """1/2 ln 2 pi e s^2 - g^2 / 12 with the skewness g, where it is tiny."""
    a, b, c = map(mpf, (a, b, c))
    if name == "poisson":
        spread, skew = a, 1 / a
    elif name == "binomial":
        spread = a * b * (1 - b)
        skew = (1 - 2 * b) ** 2 / spread
    elif name == "negative binomial":
        spread, skew = a * (1 - b) / b**2, (2 - b) ** 2 / (a * (1 - b))
    elif name == "hypergeometric":
        spread, skew = c * b * (a - b) * (a - c) / a**2 / (a - 1), 0
    else:
        return None
    return log(2 * pi * mpmath.e * spread) / 2 - skew / 12 if skew < 0.001 and spread > 10**4 else None


def fisher(d, e, *_):
    a, b = d / 2, e / 2
    return log(b / a) + loggamma(a) + loggamma(b) - loggamma(a + b) - (a - 1) * psi(0, a) - (b + 1) * psi(0, b) + (a + b) * psi(0, a + b)


def fisher_integral(d, e):
    """Over the logarithm of the odds y of a beta draw."""
    if not 0.5 <= d <= 1000 or not 0.5 <= e <= 1000:
        return None
    a, b = mpf(d) / 2, mpf(e) / 2
    with mp.workdps(20):
        ln_beta = loggamma(a) + loggamma(b) - loggamma(a + b)

        def term(y):
            ln_g = a * y - (a + b) * log1p(exp(y)) - ln_beta
            return -exp(ln_g) * (ln_g - y - log(b / a))

        return mpmath.quad(term, mpmath.linspace(-600, -10, 60) + mpmath.linspace(-9, 9, 37) + mpmath.linspace(10, 600, 60))


FAMILIES = [
    ("poisson", poisson, [(x,) for x in (1e-300, 1e-20, 1e-3, 0.5, 1.0, 3.7, 20.0, 137.5, 255.0, 256.0, 257.5, 1e3, 12345.6, 99999.5, 1e8, 1e12, 2.0**60, 1.8e19)]),
    ("binomial", binomial, [(1.0, 0.5), (1.0, 1e-300), (7.0, 0.3), (20.0, 0.9), (21.0, 0.9), (100.0, 1e-9), (1000.0, 0.5), (1030.0, 0.5), (5000.0, 0.03), (99999.0, 0.7), (1e8, 0.25), (1e12, 1e-3), (1e12, 1e-15), (1e12, 0.5), (2.0**53, 1 - 2.0**-40), (2.0**63, 1 - 2.0**-53), (2.0**63, 1 / 3)]),
    ("negative binomial", negative_binomial, [(1.0, 0.5), (0.5, 0.25), (3.0, 0.07), (3.0, 0.06), (1e-3, 0.05), (0.3, 1e-3), (1.0, 1e-4), (2.5, 1e-3), (30.0, 0.01), (99.0, 0.06), (99.0, 0.05), (101.0, 0.06), (150.0, 0.9), (1000.0, 0.1), (1e5, 0.5), (12.0, 1e-12), (0.01, 1e-15), (1e-6, 1e-9), (120.0, 1e-10), (1e8, 1e-4), (1e17, 1 - 2.0**-50)]),
    ("hypergeometric", hypergeometric_sum, [(2.0, 1.0, 1.0), (52.0, 4.0, 5.0), (1000.0, 500.0, 500.0), (10007.0, 3000.0, 9000.0), (1e5, 100.0, 60000.0), (1e7, 3e6, 5e6), (1e12, 5e11, 2.5e11), (1e12, 1e6, 1e6), (1e12, 1.0, 1.0), (1e12, 100.0, 1e6), (1e12, 999999999000.0, 5e11)]),
    ("beta-binomial", beta_binomial_sum, [(1.0, 2.0, 1.0), (4.0, 1.0, 1.0), (50.0, 0.2, 0.3), (50.0, 1e-6, 3.0), (4096.0, 0.5, 0.5), (4097.0, 0.5, 0.5), (5000.0, 0.01, 4.0), (5000.0, 3.0, 2.0), (5000.0, 0.5, 1e4), (20000.0, 120.0, 300.0), (20000.0, 1e5, 2e5), (20000.0, 40.0, 3000.0), (20000.0, 1.5, 700.0), (30000.0, 99.0, 1.0), (30000.0, 1e-9, 1e-9), (5000.0, 1e-7, 3.0), (100000.0, 0.1, 0.1), (100000.0, 7.0, 7.0)]),
    ("fisher", fisher, [(2.0, 2.0), (1.0, 1.0), (0.5, 3.0), (3.0, 0.5), (5.0, 10.0), (25.0, 24.0), (1000.0, 1000.0), (1e8, 3.0), (3.0, 1e8), (1e8, 1e8), (1e-8, 1e-8), (1e-8, 5.0), (1e8, 1e-3), (1e15, 1e15), (1e-200, 1e-200), (1e300, 1e300), (1e-5, 1e300)]),
]


lines, second = [], 0
for number, (name, first, points) in enumerate(FAMILIES):
    for x in points:
        x = (*x, 0.0, 0.0)[:3]
        mp.dps = 700 if name == "fisher" and (min(x[:2]) < 1e-50 or max(x[:2]) > 1e50) else 60 if name == "fisher" else 40
        y = float(first(*map(mpf, x)))
        mp.dps = 40
        others = [all_terms(name, *map(mpf, x)), of_scipy(name, *x), of_limit(name, *x), normal_with_correction(name, *x), fisher_integral(*x[:2]) if name == "fisher" else None]
        limits = [1e-14, 1e-7, 1e-5, 1e-6, 1e-14]
        checked = [(other, limit) for other, limit in zip(others, limits) if other is not None]
        for other, limit in checked:
            assert abs(y - other) <= limit * abs(y), (name, x, y, float(other), limit)
        second += bool(checked)
        print(name, x, y, [float(other) for other, _ in checked], flush=True)
        # roundings of logarithms of masses: their size is that of the entropy, or of the one rare count that matters
        rare = y < 1e-2
        budget = 64 + (math.ceil(abs(math.log(y))) if rare and y > 0 else 0)
        if name == "binomial" and x[0] > 1e15:
            budget += math.ceil(x[0] * 2.0**-52 / y)  # 1 - p rounds, and n of it have half of n eps^2 in the exponent
        if name == "negative binomial" and x[0] > 1e6:
            budget = 512  # n (1 - p) rounds in each mass, a relative error of k eps / s
        if name == "fisher":
            budget = 16 + math.ceil(16 * 20 / max(abs(y), 1e-3))
        lines.append(f"body,{','.join(map(bits, [float(number), *x]))},{bits(y)},{budget},{1 + bool(checked)},{name} {x}: {y!r}")
head = f"# generated by tests/golden/entropy_of_counts.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (40 digits and more), scipy {scipy.__version__}\n"
(HERE / "entropy_of_counts.csv").write_text(head + "class,x0,x1,x2,x3,y,max_ulp,src,comment\n" + "\n".join(lines).replace("(", "").replace(", 0.0", "").replace("),", ",").replace("):", ":").replace(", ", " ") + "\n")
print(len(lines), "rows,", second, "with a second source")
