#!/usr/bin/env python3
"""Writes fits.csv: maximum likelihood of small samples with weights.

Each row begins with the number of the family (the list FAMILIES) and that of the quantity: parameters in the order of the constructor, then
their standard errors, then the log-likelihood. Eight observations and their eight weights follow.
Source 1 is the root of the score, or the closed form, in mpmath at 60 digits, with the inverse of the Fisher information in closed form
or by quadrature; source 2 is the maximum that SciPy's `fit` finds for the sample with repetitions (parameters and log-likelihood).

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 && venv/bin/python fits.py
"""

import hashlib
import math
import pathlib
import random
import struct
import warnings

import mpmath
import scipy.optimize
import scipy.stats
from mpmath import mp, mpf

mp.dps = 60
warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
random.seed(20261130)
S = scipy.stats
psi = mpmath.psi


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def mean(f, x, w):
    return mpmath.fsum(b * f(a) for a, b in zip(x, w)) / sum(w)


def solve(f, start):
    """The root, by Newton's steps from a start of double precision."""
    return [mpf(v) for v in mpmath.findroot(f, start, tol=mpf(10) ** -100)]


def inverse_roots(a, b, c):
    """Roots of the diagonal of the inverse of ((a, b), (b, c))."""
    d = a * c - b * b
    return [mpmath.sqrt(c / d), mpmath.sqrt(a / d)]


def normal(x, w):
    m = mean(lambda t: t, x, w)
    s = mpmath.sqrt(mean(lambda t: (t - m) ** 2, x, w))
    n = sum(w)
    return [m, s], [s / mpmath.sqrt(n), s / mpmath.sqrt(2 * n)]


def log_normal(x, w):
    return normal([mpmath.log(t) for t in x], w)


def laplace(x, w):
    repeated = sorted(t for t, k in zip(x, w) for _ in range(int(k)))
    m = repeated[(len(repeated) - 1) // 2]
    s = mean(lambda t: abs(t - m), x, w)
    return [m, s], [s / mpmath.sqrt(sum(w))] * 2


def exponential(x, w):
    b = 1 / mean(lambda t: t, x, w)
    return [b], [b / mpmath.sqrt(sum(w))]


def half_normal(x, w):
    s = mpmath.sqrt(mean(lambda t: t * t, x, w))
    return [s], [s / mpmath.sqrt(2 * sum(w))]


def pareto(x, w):
    a = 1 / mean(lambda t: mpmath.log(t / 2), x, w)
    return [a], [a / mpmath.sqrt(sum(w))]


def gamma(x, w):
    m, l = mean(lambda t: t, x, w), mean(mpmath.log, x, w)
    s = mpmath.log(m) - l
    a = mpmath.findroot(lambda a: mpmath.log(a) - psi(0, a) - s, 1 / (2 * s), tol=mpf(10) ** -100)
    b = a / m
    n = sum(w)
    return [a, b], [v / mpmath.sqrt(n) for v in inverse_roots(psi(1, a), -1 / b, a / b**2)]


def beta(x, w):
    p, q = mean(mpmath.log, x, w), mean(lambda t: mpmath.log(1 - t), x, w)
    a, b, *_ = S.beta.fit([float(t) for t, k in zip(x, w) for _ in range(int(k))], floc=0, fscale=1)
    a, b = solve(lambda a, b: [psi(0, a) - psi(0, a + b) - p, psi(0, b) - psi(0, a + b) - q], (a, b))
    t = psi(1, a + b)
    return [a, b], [v / mpmath.sqrt(sum(w)) for v in inverse_roots(psi(1, a) - t, -t, psi(1, b) - t)]


def weibull(x, w):
    l = mean(mpmath.log, x, w)
    slope = lambda k: mean(lambda t: t**k * mpmath.log(t), x, w) / mean(lambda t: t**k, x, w) - 1 / k - l
    k, _, _ = S.weibull_min.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))], floc=0)
    k = mpmath.findroot(slope, k, tol=mpf(10) ** -100)
    s = mean(lambda t: t**k, x, w) ** (1 / k)
    g = 1 - mpmath.euler
    return [k, s], [v / mpmath.sqrt(sum(w)) for v in inverse_roots((mpmath.pi**2 / 6 + g * g) / k**2, -g / s, k * k / s**2)]


def gumbel(x, w):
    slope = lambda s: mean(lambda t: t * mpmath.exp(-t / s), x, w) / mean(lambda t: mpmath.exp(-t / s), x, w) + s - mean(lambda t: t, x, w)
    _, s = S.gumbel_r.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))])
    s = mpmath.findroot(slope, s, tol=mpf(10) ** -100)
    m = -s * mpmath.log(mean(lambda t: mpmath.exp(-t / s), x, w))
    g = 1 - mpmath.euler
    return [m, s], [v / mpmath.sqrt(sum(w)) for v in inverse_roots(1 / s**2, -g / s**2, (mpmath.pi**2 / 6 + g * g) / s**2)]


def logistic(x, w):
    m, s = S.logistic.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))])
    score = lambda m, s: [mean(lambda t: mpmath.tanh((t - m) / s / 2), x, w), mean(lambda t: (t - m) / s * mpmath.tanh((t - m) / s / 2), x, w) - 1]
    m, s = solve(score, (m, s))
    # the information of one draw at scale 1, by quadrature: E tanh²(z/2), E (z tanh(z/2) − 1)²
    with mpmath.workdps(30):
        p = lambda z: mpmath.sech(z / 2) ** 2 / 4
        area = lambda f: 2 * mpmath.quad(lambda z: f(z) * p(z), [0, 5, 20, 80, 150])
        of_m, of_s = area(lambda z: mpmath.tanh(z / 2) ** 2), area(lambda z: (z * mpmath.tanh(z / 2) - 1) ** 2)
    n = mpmath.sqrt(sum(w))
    return [m, s], [s / mpmath.sqrt(of_m) / n, s / mpmath.sqrt(of_s) / n]


def cauchy(x, w):
    m, s = S.cauchy.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))])
    near = lambda m, s: lambda t: s * s / (s * s + (t - m) ** 2)
    score = lambda m, s: [mean(lambda t: (t - m) / s * near(m, s)(t), x, w), mean(near(m, s), x, w) - mpf(1) / 2]
    m, s = solve(score, (m, s))
    return [m, s], [s * mpmath.sqrt(2 / sum(w))] * 2


def inverse_gamma(x, w):
    return gamma([1 / t for t in x], w)


def chi_squared(x, w):
    m = mean(lambda t: mpmath.log(t / 2), x, w)
    k = mpmath.findroot(lambda k: psi(0, k / 2) - m, 2 * mpmath.exp(m) + 1, tol=mpf(10) ** -100)
    return [k], [2 / mpmath.sqrt(sum(w) * psi(1, k / 2))]


def student(x, w):
    m, s = S.t.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))], fdf=4)[1:]
    near = lambda m, s: lambda t: 5 / (4 + ((t - m) / s) ** 2)
    score = lambda m, s: [mean(lambda t: (t - m) / s * near(m, s)(t), x, w), mean(lambda t: ((t - m) / s) ** 2 * near(m, s)(t), x, w) - 1]
    m, s = solve(score, (m, s))
    return [m, s], [s * mpmath.sqrt(mpf(7) / 5 / sum(w)), s * mpmath.sqrt(mpf(7) / 8 / sum(w))]


def student_of_any_freedom(x, w):
    start = S.t.fit([float(t) for t, c in zip(x, w) for _ in range(int(c))], 3, loc=0, scale=1)
    z = lambda m, s: lambda t: (t - m) / s
    near = lambda v, m, s: lambda t: (v + 1) / (v + z(m, s)(t) ** 2)
    score = lambda v, m, s: [
        mean(lambda t: z(m, s)(t) * near(v, m, s)(t), x, w),
        mean(lambda t: z(m, s)(t) ** 2 * near(v, m, s)(t), x, w) - 1,
        psi(0, (v + 1) / 2) - psi(0, v / 2) - mean(lambda t: mpmath.log1p(z(m, s)(t) ** 2 / v), x, w),
    ]
    v, m, s = solve(score, start)
    a, b = 2 * v / (v + 3), -2 / ((v + 1) * (v + 3))
    c = (psi(1, v / 2) - psi(1, (v + 1) / 2)) / 4 - (v + 5) / (2 * v * (v + 1) * (v + 3))
    n = sum(w)
    of_scale, of_freedom = inverse_roots(a * n, b * n, c * n)
    return [m, s, v], [s * mpmath.sqrt((v + 3) / (v + 1) / n), s * of_scale, of_freedom]


def von_mises(x, w):
    c, s = mean(mpmath.cos, x, w), mean(mpmath.sin, x, w)
    r, ratio = mpmath.hypot(c, s), lambda k: mpmath.besseli(1, k) / mpmath.besseli(0, k)
    k = mpmath.findroot(lambda k: ratio(k) - r, 2 * r / (1 - r * r) * 0.7, tol=mpf(10) ** -100)
    n = sum(w)
    return [mpmath.atan2(s, c), k], [1 / mpmath.sqrt(n * k * r), 1 / mpmath.sqrt(n * (1 - r / k - r * r))]


def negative_binomial(x, w):
    m = mean(lambda t: t, x, w)
    slope = lambda r: mean(lambda t: psi(0, t + r), x, w) - psi(0, r) - mpmath.log(1 + m / r)
    r, _ = searched([float(t) for t, c in zip(x, w) for _ in range(int(c))])
    r = mpmath.findroot(slope, r, tol=mpf(10) ** -90)
    p = r / (r + m)
    of_r = psi(1, r) - mean(lambda t: psi(1, t + r), x, w)
    return [r, p], [v / mpmath.sqrt(sum(w)) for v in inverse_roots(of_r, -1 / p, r / (p * p * (1 - p)))]


def ln_p(name, t, x):
    """The log-density as the books write it."""
    e, ln = mpmath.exp, mpmath.log
    if name == "normal":
        return -(((x - t[0]) / t[1]) ** 2) / 2 - ln(t[1]) - ln(2 * mpmath.pi) / 2
    if name == "log-normal":
        return ln_p("normal", t, ln(x)) - ln(x)
    if name == "Laplace":
        return -abs(x - t[0]) / t[1] - ln(2 * t[1])
    if name == "exponential":
        return ln(t[0]) - t[0] * x
    if name == "half-normal":
        return ln_p("normal", [0, t[0]], x) + ln(2)
    if name == "Pareto":
        return ln(t[0]) + t[0] * ln(2) - (t[0] + 1) * ln(x)
    if name == "gamma":
        return t[0] * ln(t[1]) - mpmath.loggamma(t[0]) + (t[0] - 1) * ln(x) - t[1] * x
    if name == "beta":
        return (t[0] - 1) * ln(x) + (t[1] - 1) * ln(1 - x) - ln(mpmath.beta(t[0], t[1]))
    if name == "Weibull":
        return ln(t[0] / t[1]) + (t[0] - 1) * ln(x / t[1]) - (x / t[1]) ** t[0]
    if name == "inverse gamma":
        return ln_p("gamma", t, 1 / x) - 2 * ln(x)
    if name == "chi-squared":
        return ln_p("gamma", [t[0] / 2, mpf(1) / 2], x)
    if name == "von Mises":
        return t[1] * mpmath.cos(x - t[0]) - ln(2 * mpmath.pi * mpmath.besseli(0, t[1]))
    if name == "negative binomial":
        return mpmath.loggamma(x + t[0]) - mpmath.loggamma(t[0]) - mpmath.loggamma(x + 1) + t[0] * ln(t[1]) + x * ln(1 - t[1])
    z = (x - t[0]) / t[1]
    if name == "Student":
        return -ln(1 + z * z / 4) * 5 / 2 - ln(t[1]) + ln(mpf(3) / 8)
    if name == "Student of any freedom":
        v = t[2]
        return -ln(1 + z * z / v) * (v + 1) / 2 - ln(t[1]) - ln(v) / 2 - ln(mpmath.beta(v / 2, mpf(1) / 2))
    if name == "Cauchy":
        return -ln(1 + z * z) - ln(t[1]) - ln(mpmath.pi)
    if name == "Gumbel":
        return -z - e(-z) - ln(t[1])
    return -z - 2 * ln(1 + e(-z)) - ln(t[1])


line = lambda: [random.gauss(3, 2) for _ in range(8)]
positive = lambda: [math.exp(random.gauss(0.5, 0.8)) for _ in range(8)]
inside = lambda: [random.betavariate(1.5, 0.8) for _ in range(8)]
tight = lambda: [100 + random.gauss(0, 0.1) for _ in range(8)]
directions = lambda: [random.vonmisesvariate(1, 1.5) - math.pi / 8 for _ in range(8)]


def counts():
    """Counts that vary more than their mean, whatever their weights from 1 to 4."""
    while True:
        x = [float(int(random.gammavariate(1.2, 4.0))) for _ in range(8)]
        m = sum(x) / 8
        if sum((t - m) ** 2 for t in x) / 8 > 3 * m + 1:
            return x


def searched(x):
    """By SciPy's search among the parameters, since its discrete laws have no `fit`."""
    nll = lambda t: -S.nbinom.logpmf(x, math.exp(t[0]), 1 / (1 + math.exp(-t[1]))).sum()
    t = scipy.optimize.minimize(nll, (0.0, 0.0), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}).x
    return math.exp(t[0]), 1 / (1 + math.exp(-t[1]))


def tails():
    """Numbers of which two are far out."""
    x = [random.gauss(0, 1) for _ in range(6)] + [random.choice([-1, 1]) * random.uniform(3, 6) for _ in range(2)]
    random.shuffle(x)
    return x


above = lambda: [2 * math.exp(random.expovariate(1.5)) for _ in range(8)]
# name, source 1, SciPy's parameters from a sample, SciPy's law, sample, units in the last place: parameters, standard errors
FAMILIES = [
    ("normal", normal, lambda x: S.norm.fit(x), line, 8),
    ("log-normal", log_normal, lambda x: (lambda s, _, m: (math.log(m), s))(*S.lognorm.fit(x, floc=0)), positive, 8),
    ("Laplace", laplace, None, line, 8),  # SciPy takes the middle of two medians
    ("exponential", exponential, lambda x: (1 / S.expon.fit(x, floc=0)[1],), positive, 8),
    ("half-normal", half_normal, lambda x: (S.halfnorm.fit(x, floc=0)[1],), positive, 8),
    ("Pareto", pareto, lambda x: (S.pareto.fit(x, floc=0, fscale=2)[0],), above, 16),
    ("gamma", gamma, lambda x: (lambda a, _, s: (a, 1 / s))(*S.gamma.fit(x, floc=0)), positive, 256),
    ("beta", beta, lambda x: S.beta.fit(x, floc=0, fscale=1)[:2], inside, 512),
    ("Weibull", weibull, lambda x: (lambda k, _, s: (k, s))(*S.weibull_min.fit(x, floc=0)), positive, 64),
    ("Gumbel", gumbel, lambda x: S.gumbel_r.fit(x), line, 64),
    ("logistic", logistic, lambda x: S.logistic.fit(x), line, 256),
    # shapes of 10⁶: a spread of 10⁻³ is known to some ε / 10⁻³
    ("gamma", gamma, lambda x: (lambda a, _, s: (a, 1 / s))(*S.gamma.fit(x, floc=0)), tight, 16384),
    ("Cauchy", cauchy, lambda x: S.cauchy.fit(x), line, 64),
    ("inverse gamma", inverse_gamma, lambda x: (lambda a, _, s: (a, s))(*S.invgamma.fit(x, floc=0)), positive, 256),
    ("chi-squared", chi_squared, lambda x: (S.chi2.fit(x, floc=0, fscale=1)[0],), positive, 16),
    ("Student", student, lambda x: S.t.fit(x, fdf=4)[1:], line, 64),
    ("von Mises", von_mises, lambda x: (lambda k, m, _: (m, k))(*S.vonmises.fit(x, fscale=1)), directions, 64),
    ("negative binomial", negative_binomial, searched, counts, 2048),
    ("Student of any freedom", student_of_any_freedom, lambda x: (lambda v, m, s: (m, s, v))(*S.t.fit(x, 3, loc=0, scale=1)), tails, 2048),
]
lines, alone = [], 0
for number, (name, first, second, sample, ulp) in enumerate(FAMILIES):
    for k in range(6):
        x = sample()
        w = [1.0] * 8 if k % 2 == 0 else [float(random.randint(1, 4)) for _ in range(8)]
        # a top between 1.5 and 20 degrees of freedom
        while name == "Student of any freedom" and not 1.5 < second([v for v, c in zip(x, w) for _ in range(int(c))])[2] < 20:
            x = sample()
        t, errors = first([mpf(v) for v in x], [mpf(v) for v in w])
        value = mpmath.fsum(c * ln_p(name, t, mpf(v)) for v, c in zip(x, w))
        if second:
            theirs = second([v for v, c in zip(x, w) for _ in range(int(c))])
            # SciPy's searches end where the likelihood is flat: the root of the rounding
            assert all(abs(float(a) - b) <= 2e-3 * max(abs(b), 0.1) for a, b in zip(t, theirs)), (name, x, w, t, theirs)
            other = mpmath.fsum(c * ln_p(name, [mpf(float(v)) for v in theirs], mpf(v)) for v, c in zip(x, w))
            assert value >= other - mpf(10) ** -40 and abs(value - other) < 1e-4, (name, value, other)
        for which, y in enumerate([*t, *errors, value]):
            # what cancels is known to units of the standard error, and the likelihood to those of its terms
            scale = abs(errors[which]) if which < len(t) else 0
            if which == 2 * len(t):
                scale = 50
            budget = ulp + math.ceil(ulp * scale / abs(y))
            inputs = [float(number), float(which), *x, *w]
            src = 2 if second and (which < len(t) or which == 2 * len(t)) else 1
            lines.append(f"body,{','.join(map(bits, inputs))},{bits(float(y))},{budget},{src},{name}: {float(y)!r}")
head = f"# generated by tests/golden/fits.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (60 digits), scipy {scipy.__version__}\n"
columns = ",".join(f"x{i}" for i in range(18))
(HERE / "fits.csv").write_text(head + f"class,{columns},y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
