#!/usr/bin/env python3
"""Writes fisher.csv: Fisher information of members of families, and the mutual information of a normal pair.

Each row has the number of the family (the list FAMILIES), two parameters, and which entry: 0 for (0, 0), 1 for (0, 1), 2 for (1, 1). Source 1 is the closed form in
mpmath at 22 digits; source 2 the mean of products of scores, by mpmath's quadrature or sum, with derivatives by differences at 22 digits. The
last family is the mutual information of a normal pair, whose first parameter is the correlation; its source 2 is ln cosh artanh.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 && venv/bin/python fisher.py
"""

import hashlib
import pathlib
import struct

import mpmath
from mpmath import euler, exp, inf, log, mp, mpf, pi, psi

mp.dps = 22
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
LINE, HALF, UNIT = [-inf, 0, inf], [0, 1, inf], [0, mpf(1) / 2, 1]
EXTREME = pi**2 / 6 + (1 - euler) ** 2


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def of_scale(f, g, h):
    return lambda a, b: [f / b**2, g / b**2, h / b**2]


def located(ln_standard):
    """The logarithm of the density of a law with location and scale; x is measured in units, so that the peak stands still."""
    return lambda x, a, b: ln_standard((x - a) / b) - log(b)


def gamma_matrix(a, b):
    return [psi(1, a), -1 / b, a / b**2]


# name, closed form, logarithm of the density or mass, where, parameters
FAMILIES = [
    ("Bernoulli", lambda p, _: [1 / (p * (1 - p))], lambda k, p, _: log(p if k == 1 else 1 - p), range(2), [(0.25, 0.0), (0.875, 0.0), (1e-8, 0.0)]),
    ("Binomial 5", lambda p, _: [5 / (p * (1 - p))], lambda k, p, _: log(mpmath.binomial(5, k)) + k * log(p) + (5 - k) * log(1 - p), range(6), [(0.25, 0.0), (0.875, 0.0)]),
    ("Geometric", lambda p, _: [1 / (p**2 * (1 - p))], lambda k, p, _: log(p) + k * log(1 - p), range(200), [(0.25, 0.0), (0.875, 0.0)]),
    ("Poisson", lambda m, _: [1 / m], lambda k, m, _: k * log(m) - m - mpmath.loggamma(k + 1), range(150), [(0.125, 0.0), (3.5, 0.0), (40.0, 0.0)]),
    ("Exponential", lambda b, _: [1 / b**2], lambda x, b, _: log(b) - b * x, HALF, [(0.5, 0.0), (3.0, 0.0)]),
    ("Pareto", lambda a, _: [1 / a**2], lambda x, a, _: log(a) - (a + 1) * log(x), [1, 2, inf], [(0.5, 0.0), (3.0, 0.0)]),
    ("Normal", of_scale(1, 0, 2), located(lambda z: -z * z / 2 - log(2 * pi) / 2), LINE, [(0.5, 2.0), (-1.0, 0.25)]),
    ("Laplace", of_scale(1, 0, 1), located(lambda z: -abs(z) - log(2)), LINE, [(0.5, 2.0)]),
    ("Cauchy", of_scale(mpf(1) / 2, 0, mpf(1) / 2), located(lambda z: -log(pi * (1 + z * z))), LINE, [(0.5, 2.0)]),
    ("Logistic", of_scale(mpf(1) / 3, 0, (3 + pi**2) / 9), located(lambda z: -abs(z) - 2 * mpmath.log1p(exp(-abs(z)))), LINE, [(0.5, 2.0), (-1.0, 0.25)]),
    ("Gumbel", of_scale(1, euler - 1, EXTREME), located(lambda z: -z - exp(-z)), LINE, [(0.5, 2.0), (-1.0, 0.25)]),
    ("Gamma", gamma_matrix, lambda x, a, b: a * log(b) + (a - 1) * log(x) - b * x - mpmath.loggamma(a), HALF, [(0.5, 2.0), (7.25, 0.125), (40.0, 9.0)]),
    ("Inverse gamma", gamma_matrix, lambda x, a, b: a * log(b) - (a + 1) * log(x) - b / x - mpmath.loggamma(a), HALF, [(0.5, 2.0), (7.25, 0.5)]),
    ("Beta", lambda a, b: [psi(1, a) - psi(1, a + b), -psi(1, a + b), psi(1, b) - psi(1, a + b)], lambda x, a, b: (a - 1) * log(x) + (b - 1) * mpmath.log1p(-x) - log(mpmath.beta(a, b)), UNIT, [(0.5, 2.0), (7.25, 3.5)]),
    ("Weibull", lambda k, b: [EXTREME / k**2, (euler - 1) / b, k**2 / b**2], lambda x, k, b: log(k / b) + (k - 1) * log(x / b) - (x / b) ** k, HALF, [(0.5, 2.0), (3.5, 0.25)]),
    ("normal pair", lambda r, _: [-mpmath.log1p(-r * r) / 2], None, None, [(r, 0.0) for r in (0.0001, 0.3, -0.5, 0.7, 0.99, 0.9999999, -1 + 2**-50, 1e-9)]),
]


def second(ln_p, where, a, b, count):
    """E of products of scores: central differences of order 6 at 22 digits with steps of 1e-4 are good to 1e-15 here."""
    def derivative(x, which):
        step = abs(b if which else a) / 10**4
        at = lambda t: ln_p(x, a + t * step, b) if which == 0 else ln_p(x, a, b + t * step)
        return (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * step)

    pairs = [(0, 0)] if count == 1 else [(0, 0), (0, 1), (1, 1)]
    term = lambda i, j: lambda x: exp(ln_p(x, a, b)) * derivative(x, i) * (derivative(x, j) if i != j else derivative(x, i))
    if isinstance(where, range):
        return [mpmath.fsum(term(i, j)(k) for k in where) for i, j in pairs]
    if where == LINE:
        # Gumbel's density is 1e-60 five units below its location, and its logarithm astronomic beyond
        where = [a - 5 * b if ln_p is FAMILIES[10][2] else -inf, a - 3 * b, a, a + 3 * b, inf]
    return [mpmath.quad(term(i, j), where, maxdegree=5) for i, j in pairs]


lines = []
for number, (name, closed, ln_p, where, members) in enumerate(FAMILIES):
    for a, b in members:
        first = closed(mpf(a), mpf(b))
        other = second(ln_p, where, mpf(a), mpf(b), len(first)) if ln_p else [log(mpmath.cosh(mpmath.atanh(mpf(a))))]
        print(name, a, b, flush=True)
        for entry, (y, z) in enumerate(zip(first, other)):
            # at the kink of Laplace's density a difference with respect to the location is wrong in a strip as wide as its step
            tolerance = 1e-5 if name == "Laplace" else 1e-9
            assert abs(y - z) <= tolerance * max(1, abs(y)), (name, a, b, entry, y, z)
            if y != 0:
                lines.append(f"body,{bits(float(number))},{bits(a)},{bits(b)},{bits(float(entry))},{bits(float(y))},16,2,{name} {a} {b}: {float(y)!r}")

head = f"# generated by tests/golden/fisher.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (22 digits)\n"
(HERE / "fisher.csv").write_text(head + "class,x0,x1,x2,x3,y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
