#!/usr/bin/env python3
"""Writes members.csv: divergences between members of families, and Fisher information, of the families that fisher.py and information.py lack.

Each row has the number of the quantity (the list QUANTITIES), four parameters, and which entry of a matrix. Source 1 is the closed form in mpmath at 40 digits; source
2 mpmath's quadrature, or sum, of p ln (p / q) or of products of scores, with derivatives by differences of order 6.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 && venv/bin/python members.py
"""

import hashlib
import math
import pathlib
import struct

import mpmath
from mpmath import besseli, exp, inf, log, log1p, loggamma, mp, mpf, pi, psi, sqrt

mp.dps = 40
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def ln_gamma_pdf(x, a, b):
    return a * log(b) + (a - 1) * log(x) - b * x - loggamma(a)


def kl_gamma(a, b, c, d):
    return (a - c) * psi(0, a) - loggamma(a) + loggamma(c) + c * (log(b) - log(d)) + a * (d - b) / b


def ln_von_mises(x, m, k):
    return k * mpmath.cos(x - m) - log(2 * pi * besseli(0, k))


def kl_von_mises(m, k, n, l):
    return log(besseli(0, l) / besseli(0, k)) + (k - l * mpmath.cos(m - n)) * besseli(1, k) / besseli(0, k)


def ln_half_normal(x, s):
    return log(2 / pi) / 2 - log(s) - (x / s) ** 2 / 2


def ln_negative_binomial(k, r, p):
    return loggamma(k + r) - loggamma(r) - loggamma(k + 1) + r * log(p) + k * log1p(-p)


def of_trials(p, q):
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def three(p):
    return [p, (1 - p) / 2, (1 - p) / 2]


def kl_categorical(p, q):
    return mpmath.fsum(x * log(x / y) for x, y in zip(three(p), three(q)))


def multinomial_sum(p, n, q, _):
    """Over all counts."""
    n, total = int(n), mpf(0)
    for i in range(n + 1):
        for j in range(n + 1 - i):
            ways = mpmath.factorial(n) / mpmath.factorial(i) / mpmath.factorial(j) / mpmath.factorial(n - i - j)
            x, y = (ways * t[0] ** i * t[1] ** j * t[2] ** (n - i - j) for t in (three(p), three(q)))
            total += x * log(x / y)
    return total


def integral(f, points):
    with mp.workdps(25):
        return mpmath.quad(f, points, maxdegree=7)


def divergence(ln_p, ln_q, points):
    return integral(lambda x: exp(ln_p(x)) * (ln_p(x) - ln_q(x)), points)


def around(a, b):
    """Where a gamma density is."""
    mean, width = a / b, sqrt(a) / b
    return [0, mean / 100, mean / 10] + [x for x in (mean + i * width for i in (-4, -2, 0, 2, 4, 8, 16, 32)) if x > mean / 10] + [inf]


def products(ln_p, theta, integrate):
    """E of products of scores, by integrate(f) = E f."""
    def score(x, i):
        step = abs(theta[i]) / 10**5 if theta[i] else mpf(10) ** -5
        at = lambda t: ln_p(x, *[v + t * step * (j == i) for j, v in enumerate(theta)])
        return (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * step)

    n = len(theta)
    return {(i, j): integrate(lambda x: score(x, i) * score(x, j)) for i in range(n) for j in range(i, n)}


def over(ln_p, points):
    return lambda f: integral(lambda x: exp(ln_p(x)) * f(x), points)


def student(x, m, s, v):
    return loggamma((v + 1) / 2) - loggamma(v / 2) - log(pi * v) / 2 - log(s) - (v + 1) / 2 * log1p(((x - m) / s) ** 2 / v)


def student_matrix(s, v):
    of_freedom = (psi(1, v / 2) - psi(1, (v + 1) / 2)) / 4 - (v + 5) / (2 * v * (v + 1) * (v + 3))
    return {(0, 0): (v + 1) / (v + 3) / s**2, (1, 1): 2 * v / (v + 3) / s**2, (1, 2): -2 / (v + 1) / (v + 3) / s, (2, 2): of_freedom}


def student_products(s, v):
    if not 1 <= v <= 50:
        return None
    theta = [mpf(0), s, v]
    points = [-inf, -100 * s, -10 * s, -3 * s, 0, 3 * s, 10 * s, 100 * s, inf]
    return products(student, theta, over(lambda x: student(x, *theta), points))


def dirichlet_matrix(a):
    both = psi(1, sum(a))
    return {(i, j): (psi(1, a[i]) if i == j else 0) - both for i in range(len(a)) for j in range(i, len(a))}


def dirichlet_products(a):
    """By the second derivatives of the logarithm of the normalizer: the family is exponential."""
    step = mpf(10) ** -8
    normalizer = lambda a: mpmath.fsum(loggamma(x) for x in a) - loggamma(sum(a))
    moved = lambda i, s, j, t: normalizer([x + s * step * (k == i) + t * step * (k == j) for k, x in enumerate(a)])
    return {(i, j): (moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1)) / (4 * step**2) for i in range(len(a)) for j in range(i, len(a))}


def categorical_matrix(p):
    last = 1 - sum(p)
    return {(i, j): (1 / p[i] if i == j else 0) + 1 / last for i in range(len(p)) for j in range(i, len(p))}


def categorical_products(p):
    ln_p = lambda k, *p: log(p[k] if k < len(p) else 1 - sum(p))
    return products(ln_p, p, lambda f: mpmath.fsum(exp(ln_p(k, *p)) * f(k) for k in range(len(p) + 1)))


def von_mises_matrix(k):
    ratio = besseli(1, k) / besseli(0, k)
    return {(0, 0): k * ratio, (1, 1): 1 - ratio / k - ratio**2}


def von_mises_products(k):
    if not 0.01 < k < 100:
        return None
    theta = [mpf(0), k]
    return products(ln_von_mises, theta, over(lambda x: ln_von_mises(x, *theta), mpmath.linspace(-pi, pi, 9)))


def negative_products(p, r):
    ln_p = lambda k, p: ln_negative_binomial(k, r, p)
    return products(ln_p, [p], lambda f: mpmath.fsum(exp(ln_p(k, p)) * f(k) for k in range(int(60 * (1 + r) / p))))


def one(value):
    return {(0, 0): value}


HALF_POINTS = lambda s: [0, s, 3 * s, 8 * s, inf]
ANY = mpf(0)
# name, closed form, second source, parameters
QUANTITIES = [
    ("divergence of chi-squared", lambda a, b, c, d: one(kl_gamma(a / 2, mpf(1) / 2, c / 2, mpf(1) / 2)),
     lambda a, b, c, d: one(divergence(lambda x: ln_gamma_pdf(x, a / 2, mpf(1) / 2), lambda x: ln_gamma_pdf(x, c / 2, mpf(1) / 2), around(a / 2, mpf(1) / 2))) if 1 <= a < 1000 else None,
     [(a, 0.0, c, 0.0) for a, c in ((1.0, 2.0), (2.5, 1.0), (3.0, 3.0 + 2**-20), (30.0, 31.0), (1e8, 1e8 + 1), (1e15, 1.0000001e15), (1e-8, 5.0), (5.0, 1e-8), (1e-200, 2e-200))]),
    ("divergence of half-normal", lambda a, b, c, d: one((a / c) ** 2 / 2 - mpf(1) / 2 - log(a / c)),
     lambda a, b, c, d: one(divergence(lambda x: ln_half_normal(x, a), lambda x: ln_half_normal(x, c), HALF_POINTS(a))),
     [(a, 0.0, c, 0.0) for a, c in ((1.0, 2.0), (2.0, 1.0), (3.0, 3.0 + 2**-30))]),
    ("divergence of von Mises", lambda a, b, c, d: one(kl_von_mises(a, b, c, d)),
     lambda a, b, c, d: one(divergence(lambda x: ln_von_mises(x, a, b), lambda x: ln_von_mises(x, c, d), [a + t for t in mpmath.linspace(-pi, pi, 17)])),
     [(0.5, 2.0, 0.5, 3.0), (0.5, 2.0, -1.0, 2.0), (3.0, 0.01, -3.0, 7.0), (0.0, 40.0, 0.25, 30.0), (-2.0, 1e-3, 2.0, 1e-2)]),
    ("divergence of negative binomial", lambda a, b, c, d: one(b / a * of_trials(a, c)),
     lambda a, b, c, d: one(mpmath.fsum(exp(ln_negative_binomial(k, b, a)) * (ln_negative_binomial(k, b, a) - ln_negative_binomial(k, b, c)) for k in range(int(60 * (1 + b) / a)))),
     [(0.5, 1.0, 0.25, 0.0), (0.25, 7.5, 0.3, 0.0), (0.9, 0.125, 0.01, 0.0)]),
    ("divergence of multinomial", lambda a, b, c, d: one(b * kl_categorical(a, c)), lambda *x: one(multinomial_sum(*x)), [(0.5, 1.0, 0.25, 0.0), (0.25, 7.0, 0.75, 0.0)]),
    ("divergence of gamma", lambda a, b, c, d: one(kl_gamma(a, b, c, d)),
     lambda a, b, c, d: one(divergence(lambda x: ln_gamma_pdf(x, a, b), lambda x: ln_gamma_pdf(x, c, d), around(a, b))) if 0.5 <= a < 1000 else None,
     [(0.5, 2.0, 3.0, 0.25), (7.0, 1.0, 7.0, 1.0 + 2**-26), (0.75, 1.0, 0.75 + 2**-24, 1.0), (40.0, 3.0, 60.0, 4.0), (1e8, 1.0, 1e8 + 1e4, 1.0), (1e12, 1e6, 1e12 + 1e6, 1e6), (1e-6, 1.0, 1e-3, 2.0)]),
    ("information of chi-squared", lambda a, *_: one(psi(1, a / 2) / 4),
     lambda a, *_: products(lambda x, a: ln_gamma_pdf(x, a / 2, mpf(1) / 2), [a], over(lambda x: ln_gamma_pdf(x, a / 2, mpf(1) / 2), around(a / 2, mpf(1) / 2))) if a >= 1 else None,
     [(a, 0.0, 0.0, 0.0) for a in (1e-3, 1.0, 3.5, 40.0)]),
    ("information of half-normal", lambda a, *_: one(2 / a**2), lambda a, *_: products(ln_half_normal, [a], over(lambda x: ln_half_normal(x, a), HALF_POINTS(a))), [(0.25, 0.0, 0.0, 0.0), (3.0, 0.0, 0.0, 0.0)]),
    ("information of von Mises", lambda a, *_: von_mises_matrix(a), lambda a, *_: von_mises_products(a), [(a, 0.0, 0.0, 0.0) for a in (1e-6, 0.125, 0.99, 1.0, 3.0, 50.0, 1e4)]),
    ("information of negative binomial", lambda a, b, *_: one(b / (a**2 * (1 - a))), lambda a, b, *_: negative_products(a, b), [(0.25, 7.5, 0.0, 0.0), (0.875, 0.5, 0.0, 0.0)]),
    ("information of Student", lambda a, b, *_: student_matrix(a, b), lambda a, b, *_: student_products(a, b), [(a, b, 0.0, 0.0) for a, b in ((1.0, 1.0), (2.0, 0.25), (0.5, 3.0), (2.0, 8.0), (1.0, 30.0), (1.0, 39.5), (1.0, 41.0), (3.0, 1e3), (1.0, 1e8), (1.0, 1e-6))]),
    ("information of Dirichlet", lambda a, b, c, d: dirichlet_matrix([a, b, c]), lambda a, b, c, d: dirichlet_products([a, b, c]), [(0.5, 2.0, 1.0, 0.0), (3.0, 4.5, 7.25, 0.0)]),
    ("information of a categorical law", lambda a, b, *_: categorical_matrix([a, b]), lambda a, b, *_: categorical_products([a, b]), [(0.5, 0.125, 0.0, 0.0), (0.0625, 0.25, 0.0, 0.0)]),
]

lines, second = [], 0
for number, (name, first, other, points) in enumerate(QUANTITIES):
    for x in points:
        with mp.workdps(500 if min(v for v in x if v > 0) < 1e-100 else 80):
            ours = first(*map(mpf, x))
        theirs = other(*map(mpf, x))
        print(name, x, theirs is not None, flush=True)
        for (i, j), y in ours.items():
            if theirs is not None:
                # divergences of near neighbors are differences of integrands of 25 digits; kinks there are none
                assert abs(y - theirs[i, j]) <= 1e-13 * max(abs(y), mpf(10) ** -5) + 1e-9 * abs(y) * ("information" in name), (name, x, i, j, y, theirs[i, j])
                second += 1
            budget = 64
            if name == "divergence of von Mises":
                budget = 16 + math.ceil(64 * (1 + abs(x[1] - x[3])) / float(y))  # logarithms of two heights
            if name == "information of von Mises" and x[0] > 1:
                budget = 256  # a variance within a bell
            lines.append(f"body,{','.join(map(bits, [float(number), *x, float(i), float(j)]))},{bits(float(y))},{budget},{1 + (theirs is not None)},{name} {' '.join(map(repr, x))} {i} {j}: {float(y)!r}")

head = f"# generated by tests/golden/members.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (80 digits)\n"
(HERE / "members.csv").write_text(head + "class,x0,x1,x2,x3,x4,x5,x6,y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows,", second, "with a second source")
