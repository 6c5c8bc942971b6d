#!/usr/bin/env python3
"""Writes samples.csv: quantiles, bins and densities of samples, and tests and intervals with exact distributions.

Each row begins with the number of the quantity (the list QUANTITIES) and three parameters, then a sample of twelve numbers (all 0 where there
is none). Source 1 is mpmath at 60 digits or whole-number arithmetic; source 2 is NumPy, SciPy, scikit-learn, or a second way to count.
Where SciPy itself is an approximation (Kolmogorov's distribution for more than 140 numbers) it must agree to 2e-6, and source 1 is
Durbin's matrix.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 gmpy2 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    venv/bin/python samples.py
"""

import bisect
import hashlib
import itertools
import math
import pathlib
import random
import struct
from fractions import Fraction

import mpmath
import numpy
import scipy
import scipy.stats
import sklearn
import sklearn.neighbors
from mpmath import mp, mpf

mp.dps = 60
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
EPS = 2.0**-52
S = scipy.stats
random.seed(20260120)
NONE = [0.0] * 12


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def samples():
    bell = lambda: random.gauss(0.0, 1.0)
    yield [bell() for _ in range(12)]
    yield [3.0 + 1e-3 * bell() for _ in range(12)]
    yield [random.choice((-5.0, 5.0)) + bell() for _ in range(12)]
    yield [math.exp(2.0 * bell()) for _ in range(12)]
    yield [float(random.randint(-3, 3)) for _ in range(12)]
    yield [1e6 * random.random() for _ in range(12)]


def nth(x, p):
    """The smallest number with a share of p below it or on it."""
    ordered = sorted(x)
    shares = [(k + 1) / len(x) for k in range(len(x))]  # rounded as the definition says
    return next(v for v, share in zip(ordered, shares) if share >= p)


def linear(x, p):
    ordered, at = sorted(map(Fraction, x)), Fraction((len(x) - 1) * p)  # the place rounded, as in NumPy
    i = math.floor(at)
    return float(ordered[i] + (at - i) * (ordered[min(i + 1, len(x) - 1)] - ordered[i]))


RULES = ["sturges", "scott", "fd"]


def width(x, rule):
    n, given, x = len(x), x, [mpf(v) for v in x]
    if rule == 0:
        return (max(x) - min(x)) / (mpmath.log(n, 2) + 1)
    if rule == 1:
        m = sum(x) / n
        return mpmath.cbrt(24 * mpmath.sqrt(mp.pi) / n) * mpmath.sqrt(sum((v - m) ** 2 for v in x) / n)
    return 2 * (mpf(linear(given, 0.75)) - mpf(linear(given, 0.25))) / mpmath.cbrt(n)


def edges(x, rule):
    k = int(mpmath.ceil((mpf(max(x)) - mpf(min(x))) / width(x, rule)))
    return [float(mpf(min(x)) + (mpf(max(x)) - mpf(min(x))) * i / k) for i in range(k + 1)]


def ln_density(kernel, x, h, at):
    z = [(mpf(at) - mpf(v)) / mpf(h) for v in x]
    shape = {
        "gaussian": lambda z: mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mp.pi),
        "epanechnikov": lambda z: mpf(3) / 4 * (1 - z * z) if abs(z) < 1 else mpf(0),
        "linear": lambda z: 1 - abs(z) if abs(z) < 1 else mpf(0),
        "tophat": lambda z: mpf(1) / 2 if abs(z) < 1 else mpf(0),
    }[kernel]
    total = sum(map(shape, z))
    return mpmath.log(total / len(x) / mpf(h)) if total > 0 else -mpmath.inf


def learned(kernel, x, h, at):
    model = sklearn.neighbors.KernelDensity(kernel=kernel, bandwidth=h, rtol=0, atol=0).fit(numpy.array(x)[:, None])
    return float(model.score_samples([[at]])[0])


def cdf(x, h, at):
    return sum(mpmath.ncdf((mpf(at) - mpf(v)) / mpf(h)) for v in x) / len(x)


def durbin(n, d, number):
    """P(D_n < d) by Durbin's matrix, in numbers of this kind."""
    d, one = number(d), number(1)
    k = int(mpmath.floor(mpf(n) * mpf(float(d)))) + 1
    h, m = k - n * d, 2 * k - 1
    factorial = [one]
    for i in range(1, m + 1):
        factorial.append(factorial[-1] * i)
    rows = [[one / factorial[i - j + 1] if i >= j - 1 else 0 * one for j in range(m)] for i in range(m)]
    for i in range(m):
        rows[i][0] -= h ** (i + 1) / factorial[i + 1]
        rows[m - 1][m - 1 - i] -= h ** (i + 1) / factorial[i + 1]
    rows[m - 1][0] += max(2 * h - 1, 0 * one) ** m / factorial[m]
    return rows, k, m


def kolmogorov_exact(n, d):
    rows, k, m = durbin(n, d, mpf)
    row = [mpf(0)] * m
    row[k - 1] = mpf(1)
    for step in range(n):
        row = [sum(row[i] * rows[i][j] for i in range(max(j - 1, 0), m)) * (step + 1) / n for j in range(m)]
    return max(1 - row[k - 1], mpf(0))


def kolmogorov_double(n, d):
    rows, k, m = durbin(n, d, float)
    matrix, row = numpy.array(rows) / math.e, numpy.zeros(m)
    row[k - 1] = 1.0
    for _ in range(n):
        row = row @ matrix
    return 1 - row[k - 1] / float(mpmath.exp(-n) * mpf(n) ** n / mpmath.factorial(n))


def distance(x, law):
    n, ordered = len(x), sorted(x)
    return max(max(law(v) - mpf(i) / n, mpf(i + 1) / n - law(v)) for i, v in enumerate(ordered))


def gap(x, y):
    a, b = sorted(x), sorted(y)
    share = lambda z, at: Fraction(bisect.bisect_right(z, at), len(z))
    return max(abs(share(a, v) - share(b, v)) for v in x + y)


def exchanges(x, y):
    """The share of all exchanges as far apart, one by one."""
    both, seen, far, count = x + y, gap(x, y), 0, 0
    for chosen in itertools.combinations(range(len(both)), len(x)):
        left = [both[i] for i in chosen]
        right = [both[i] for i in range(len(both)) if i not in chosen]
        far, count = far + (gap(left, right) >= seen), count + 1
    return Fraction(far, count)


def paths(x, y):
    """The same, by counting paths that stay near."""
    both, m, n, seen = sorted(x + y), len(x), len(y), gap(x, y)
    end = lambda k: k == 0 or k == len(both) or both[k - 1] != both[k]
    near = {}
    for i in range(m + 1):
        for j in range(n + 1):
            far = end(i + j) and abs(i * n - j * m) >= seen * m * n
            near[i, j] = 0 if far else int(i == j == 0) + near.get((i - 1, j), 0) + near.get((i, j - 1), 0)
    return 1 - Fraction(near[m, n], math.comb(m + n, m))


def chi_squared_p(cells, freedom):
    statistic = sum((Fraction(k) - e) ** 2 / e for k, e in cells)
    return mpmath.gammainc(mpf(freedom) / 2, mpf(statistic.numerator) / statistic.denominator / 2, mpmath.inf, regularized=True)


def wilson(k, n, level):
    z = mpmath.sqrt(2) * mpmath.erfinv(mpf(level))
    middle, half = mpf(k) + z * z / 2, z * mpmath.sqrt(mpf(k) * (n - k) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def tail(k, n, p):
    return sum(mpmath.binomial(n, j) * p**j * (1 - p) ** (n - j) for j in range(k, n + 1))


def clopper(k, n, level):
    alpha = (1 - mpf(level)) / 2
    start = S.binomtest(k, n).proportion_ci(level, "exact")
    bracket = lambda s: (mpf(s) * (1 - mpf(10) ** -6), mpf(s) * (1 + mpf(10) ** -6))
    low = 0 if k == 0 else mpmath.findroot(lambda p: tail(k, n, p) - alpha, bracket(start.low), solver="anderson", tol=mpf(10) ** -90)
    high = 1 if k == n else mpmath.findroot(lambda p: 1 - tail(k + 1, n, p) - alpha, bracket(start.high), solver="anderson", tol=mpf(10) ** -90)
    return low, high


def binomial_p(k, n, p):
    p = Fraction(p)
    mass = [math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1)]
    return sum(m for m in mass if m <= mass[k] * (1 + Fraction(1, 10**7)))


QUANTITIES = [
    "empirical quantile of p", "interpolated quantile of p", "number of bins by rule", "edge i by rule", "count i of k bins",
    "ln density at x, h: Gaussian", "… Epanechnikov", "… triangle", "… top hat", "distribution function at x, h: Gaussian",
    "Scott's bandwidth", "Silverman's bandwidth", "Kolmogorov's D against N(m, s)", "its p", "Smirnov's p of the first m and the rest",
    "Wilson's lower end for k of n, level", "upper", "Clopper and Pearson's lower end", "upper", "binomial p of k of n, p",
    "P(D_n >= d) for n, d", "chi-squared p of the first k counts and weights", "independence p of the first k rows of two",
    "Smirnov's p of i/m and j/n + shift",
]
rows = []


def add(quantity, parameters, x, first, second, tolerance, agreement=1e-12, scale=None):
    """Both sources, how near the second must be, and how near a result."""
    y, other = float(first), float(second)
    scale = abs(y) if scale is None else scale
    assert y == other or abs(y - other) <= agreement * scale, (QUANTITIES[quantity], parameters, y, other)
    ulps = math.ceil(min(tolerance * scale / math.ulp(y), 2.0**60)) if math.isfinite(y) else 0
    inputs = [float(quantity), *(float(v) for v in list(parameters) + [0.0] * (3 - len(parameters))), *x]
    rows.append(f"body,{','.join(map(bits, inputs))},{bits(y)},{ulps},2,{QUANTITIES[quantity]} {parameters} -> {y!r}".replace("(", "").replace(")", ""))


for x in samples():
    size = max(map(abs, x))
    for p in (0.0, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.99, 1.0, random.random()):
        if p != 1 / 3:  # NumPy multiplies by n: 4 of 12, or 5
            add(0, [p], x, nth(x, p), numpy.quantile(x, p, method="inverted_cdf"), 0)
        add(1, [p], x, linear(x, p), numpy.quantile(x, p), 4 * EPS, 8 * EPS, size)
    for rule, name in enumerate(RULES):
        mine, theirs = edges(x, rule), numpy.histogram_bin_edges(x, name)
        add(2, [rule], x, len(mine) - 1, len(theirs) - 1, 0)
        for i in (0, 1, len(mine) // 2, len(mine) - 1):
            add(3, [rule, i], x, mine[i], theirs[i], 2 * EPS, 4 * EPS, size)
    for k in (1, 3, 7):
        theirs, marks = numpy.histogram(x, k)
        for i in range(k):
            mine = sum(marks[i] <= v < marks[i + 1] or i == k - 1 and v == marks[-1] for v in x)
            add(4, [k, i], x, mine, theirs[i], 0)
    h = float(numpy.std(x, ddof=1)) * 12**-0.2
    for at in (x[0], min(x) - 0.5 * h, max(x) + 0.9 * h, sum(x) / 12, max(x) + 30 * h, min(x) - 1000 * h):
        bell = S.gaussian_kde(x)
        at = float(at)
        # SciPy's own logarithm, where its exponents are not too long a sum
        second = float(bell.logpdf(at)[0]) if abs(at - x[0]) < 100 * h else learned("gaussian", x, h, at)
        # a rounding of x moves ln f by its slope, z / h
        z = max(abs(at - v) for v in x) / h
        scale = 1 + abs(ln_density("gaussian", x, h, at)) + z * size / h
        add(5, [at, h], x, ln_density("gaussian", x, h, at), second, 8 * EPS, 1e-12, scale)
        add(9, [at, h], x, cdf(x, h, at), bell.integrate_box_1d(-math.inf, at), 8 * EPS * (10 + z * size / h), 1e-10)
        for quantity, kernel in ((6, "epanechnikov"), (7, "linear"), (8, "tophat")):
            for shift in (0.0, 0.05 * h):
                y = ln_density(kernel, x, h, at + shift)
                if min(abs(abs(at + shift - v) / h - 1) for v in x) > 1e-3:  # not on an edge, where a rounding decides
                    add(quantity, [at + shift, h], x, y, learned(kernel, x, h, at + shift), 1e-12, 1e-11, (1 + abs(float(y)) + size / h) if math.isfinite(y) else 1.0)
    sd = mpmath.sqrt(sum((mpf(v) - sum(map(mpf, x)) / 12) ** 2 for v in x) / 11)
    add(10, [], x, sd * mpf(12) ** (-mpf(1) / 5), numpy.std(x, ddof=1) * S.gaussian_kde(x).scotts_factor(), 1e-12)
    add(11, [], x, sd * mpf(9) ** (-mpf(1) / 5), numpy.std(x, ddof=1) * S.gaussian_kde(x).silverman_factor(), 1e-12)
    for m, s in ((0.0, 1.0), (float(numpy.mean(x)), float(numpy.std(x)) + 0.1)):
        law = lambda v: mpmath.ncdf((mpf(v) - mpf(m)) / mpf(s))
        d, test = distance(x, law), S.ks_1samp(x, S.norm(m, s).cdf, method="exact")
        add(12, [m, s], x, d, test.statistic, 16 * EPS, 1e-12, 1.0)
        add(13, [m, s], x, kolmogorov_exact(12, d), test.pvalue, 1e-12, 1e-12, 1.0)
    for m in (1, 3, 5, 6, 9):
        left, right = x[:m], x[m:]
        mine = paths(left, right)
        apart = len(set(x)) == 12
        add(14, [m], x, mine, S.ks_2samp(left, right, method="exact").pvalue if apart else exchanges(left, right), 32 * EPS)

for n in (1, 2, 10, 57, 1000):
    for k in sorted({0, 1, n // 3, n // 2, n - 1, n} - {-1}):
        for level in (0.5, 0.95, 0.9999):
            test = S.binomtest(k, n)
            a, b = test.proportion_ci(level, "wilson"), wilson(k, n, level)
            add(15, [k, n, level], NONE, max(b[0], mpf(0)) if k else 0, a.low, 1e-14, 1e-11, 1e-3 + float(b[0]))
            add(16, [k, n, level], NONE, b[1] if k < n else 1, a.high, 1e-14, 1e-11)
            a, b = test.proportion_ci(level, "exact"), clopper(k, n, level)
            # SciPy's root finder stops at 2e-12
            add(17, [k, n, level], NONE, b[0], a.low, 1e-13, 1e-11 / max(float(b[0]), 1e-11))
            add(18, [k, n, level], NONE, b[1], a.high, 1e-13, 1e-11 / float(b[1]))
        for p in (0.5, 0.3, 0.01):
            add(19, [k, n, p], NONE, binomial_p(k, n, p), S.binomtest(k, n, p).pvalue, 2e-12, 1e-11)

for n in (1, 2, 3, 7, 20, 60, 140):
    for z in (0.35, 0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 2.6, 4.0, 8.0):
        d = z / math.sqrt(n)
        if 0.5 / n < d < 1:
            exact = 2 * sum(mpf(d) * mpmath.binomial(n, j) * (mpf(d) + mpf(j) / n) ** (j - 1) * (1 - mpf(d) - mpf(j) / n) ** (n - j) for j in range(int(n * (1 - mpf(d))) + 1)) if d >= 0.5 else kolmogorov_exact(n, d)
            # in the middle 1 less a number near 1; in the tail of itself
            tail_of_itself = d >= 0.5 or z * z >= 6
            add(20, [n, d], NONE, exact, S.kstwo.sf(d, n), 1e-13, 1e-6, None if tail_of_itself else 1.0)
for n, tolerance in ((200, 1e-13), (1000, 1e-13), (1001, 1e-7), (5000, 1e-8)):
    for z in (0.5, 0.8, 1.0, 1.3, 1.7, 2.2):
        d = z / math.sqrt(n)
        add(20, [n, d], NONE, kolmogorov_double(n, d), S.kstwo.sf(d, n), tolerance, 2e-6, 1.0)

for _ in range(12):
    for k in (2, 3, 6):
        size = random.choice((1, 5, 40))
        counts, weights = [size * random.randint(0, 9) + 1 for _ in range(k)], [random.randint(1, 9) for _ in range(k)]
        total = Fraction(sum(counts), sum(weights))
        cells = [(c, w * total) for c, w in zip(counts, weights)]
        sample = [float(v) for v in counts + [0] * (6 - k) + weights + [0] * (6 - k)]
        second = S.chisquare(counts, [float(e) for _, e in cells]).pvalue
        # a rounding of the statistic moves ln p by half of it
        add(21, [k], sample, chi_squared_p(cells, k - 1), second, 1e-13 * (1 + sum(counts)), 1e-9)
        table = [[size * random.randint(0, 9) + 1 for _ in range(2)] for _ in range(k)]
        columns, every = [sum(row[j] for row in table) for j in range(2)], sum(map(sum, table))
        cells = [(row[j], Fraction(sum(row) * columns[j], every)) for row in table for j in range(2)]
        sample = [float(v) for row in table for v in row] + [0.0] * (12 - 2 * k)
        second = S.chi2_contingency(table, correction=False).pvalue
        add(22, [k], sample, chi_squared_p(cells, k - 1), second, 1e-13 * (1 + every), 1e-9)

for m, n in ((20, 30), (60, 45), (100, 100), (700, 300)):
    for shift in (0.01234, 0.1234, 0.31003):
        x, y = [i / m for i in range(m)], [j / n + shift for j in range(n)]
        assert len(set(x + y)) == m + n
        add(23, [m, n, shift], NONE, paths(x, y), S.ks_2samp(x, y, method="exact").pvalue, (m + n) * EPS, 1e-9)
for shift in (0.01, 0.0223, 0.03, 0.05):
    x, y = [i / 2500 for i in range(2500)], [j / 2500 + shift + 1e-5 for j in range(2500)]
    test = S.ks_2samp(x, y, method="asymp")
    d = test.statistic
    first = kolmogorov_double(1250, d) if 1250 * d * d < 6 else 2 * sum(mpf(d) * mpmath.binomial(1250, j) * (mpf(d) + mpf(j) / 1250) ** (j - 1) * (1 - mpf(d) - mpf(j) / 1250) ** (1250 - j) for j in range(int(1250 * (1 - d)) + 1))
    add(23, [2500, 2500, shift + 1e-5], NONE, first, test.pvalue, 1e-7 if 1250 * d * d < 6 else 1e-12, 2e-6, 1.0 if 1250 * d * d < 6 else None)

head = f"# generated by tests/golden/samples.py, SHA-256 {DIGEST}\n"
head += f"# mpmath {mpmath.__version__} (60 digits), numpy {numpy.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}\n"
names = ",".join(["class", *(f"x{i}" for i in range(16)), "y", "max_ulp", "src", "comment"])
(HERE / "samples.csv").write_text(head + names + "\n" + "\n".join(rows) + "\n")
print(len(rows), "rows")
