#!/usr/bin/env python3
"""Writes several.csv: measures of three binary variables, entropies and divergences with an order, estimates from counts.

Each row begins with the number of the quantity (the list QUANTITIES), then eight numbers: the joint table 2 x 2 x 2, or two distributions
of four outcomes, or counts. All probabilities are multiples of a power of two. Source 1 is mpmath at 50 and at 100 digits, which must round
to the same double. Source 2 is dit where it has the quantity, SciPy for distances on the line, and for estimates mpmath with other formulas.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 scipy==1.17.1 dit==2.3 && venv/bin/python several.py
"""

import hashlib
import itertools
import math
import pathlib
import random
import struct
import warnings

import dit
import mpmath
import numpy
import scipy.stats
from mpmath import mp, mpf

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
EPS, LN2 = 2.0**-52, math.log(2)
random.seed(20260107)
OUTCOMES = list(itertools.product((0, 1), repeat=3))


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def dyadic(n, k):
    cuts = sorted(random.randrange(2**k + 1) for _ in range(n - 1))
    return [(b - a) / 2**k for a, b in zip([0] + cuts, cuts + [2**k])]


def xlogx(x):
    return mpf(0) if x == 0 else x * mpmath.log(x)


def h(table, kept):
    sums = {}
    for outcome, p in zip(OUTCOMES, table):
        key = tuple(outcome[i] for i in kept)
        sums[key] = sums.get(key, mpf(0)) + p
    return -sum(xlogx(p) for p in sums.values())


def conditional(*t):
    return h(t, (0, 2)) + h(t, (1, 2)) - h(t, (0, 1, 2)) - h(t, (2,))


def total(*t):
    return sum(h(t, (i,)) for i in range(3)) - h(t, (0, 1, 2))


def dual(*t):
    return sum(h(t, k) for k in ((0, 1), (0, 2), (1, 2))) - 2 * h(t, (0, 1, 2))


def interaction(*t):
    return conditional(*t) - (h(t, (0,)) + h(t, (1,)) - h(t, (0, 1)))


def variation(*t):
    return 2 * h(t, (0, 1)) - h(t, (0,)) - h(t, (1,))


def renyi(order):
    def f(*p):
        p = p[:4]
        if order == 0:
            return mpmath.log(sum(x > 0 for x in p))
        if math.isinf(order):
            return -mpmath.log(max(p))
        return mpmath.log(sum(x ** mpf(order) for x in p if x > 0)) / (1 - mpf(order))

    return f


def tsallis(order):
    return lambda *p: (1 - sum(x ** mpf(order) for x in p[:4] if x > 0)) / (mpf(order) - 1)


def renyi_divergence(order):
    def f(*pq):
        pairs = list(zip(pq[:4], pq[4:]))
        if order > 1 and any(p > 0 and q == 0 for p, q in pairs):
            return mpf("inf")
        s = sum(p ** mpf(order) * q ** (1 - mpf(order)) for p, q in pairs if p > 0 and q > 0)
        return mpf("inf") if s == 0 else mpmath.log(s) / (mpf(order) - 1)

    return f


def chi(*pq):
    pairs = list(zip(pq[:4], pq[4:]))
    if any(p > 0 and q == 0 for p, q in pairs):
        return mpf("inf")
    return sum((p - q) ** 2 / q for p, q in pairs if q > 0)


def bhattacharyya(*pq):
    s = sum(mpmath.sqrt(p * q) for p, q in zip(pq[:4], pq[4:]))
    return mpf("inf") if s == 0 else -mpmath.log(s)


def line(power):
    def f(*x):
        points = sorted(x)
        gaps = [abs(sum(t <= a for t in x[:4]) - sum(t <= a for t in x[4:])) / mpf(4) for a in points]
        s = sum(g**power * (b - a) for g, a, b in zip(gaps, points, points[1:]))
        return s if power == 1 else mpmath.sqrt(2 * s)

    return f


def plug_in(*n):
    return -sum(xlogx(k / sum(n)) for k in n)


def miller(*n):
    return plug_in(*n) + (sum(k > 0 for k in n) - 1) / (2 * sum(n))


def g(n):
    # eq. 30 of Grassberger: G(n) = ψ(n) + (−1)^n ∫₀¹ x^(n−1) / (1 + x) dx
    return mpmath.psi(0, n) + (-1) ** int(n) * (mpmath.psi(0, (n + 1) / mpf(2)) - mpmath.psi(0, n / mpf(2))) / 2


def g_integral(n):
    return mpmath.psi(0, n) + (-1) ** int(n) * mpmath.quad(lambda x: x ** (n - 1) / (1 + x), [0, 1])


def grassberger(*n, g=g):
    return mpmath.log(sum(n)) - sum(k * g(k) for k in n if k > 0) / sum(n)


def chao_shen(*n):
    total = sum(n)
    cover = 1 - min(sum(k == 1 for k in n), total - 1) / total
    ps = [cover * k / total for k in n if k > 0]
    return -sum(xlogx(p) / (1 - (1 - p) ** total) for p in ps)


def shrinkage(*n):
    total, target = sum(n), mpf(1) / len(n)
    p = [k / total for k in n]
    distance = sum((target - x) ** 2 for x in p)
    weight = mpf(1) if total == 1 or distance == 0 else min(mpf(1), (1 - sum(x * x for x in p)) / (total - 1) / distance)
    return -sum(xlogx(weight * target + (1 - weight) * x) for x in p)


def dit_table(t):
    d = dit.Distribution(["".join(map(str, o)) for o in OUTCOMES], list(map(float, t)))
    return d


def dit_pair(pq):
    make = lambda p: dit.ScalarDistribution(list(range(4)), list(map(float, p)))
    return make(pq[:4]), make(pq[4:])


def alpha(order):
    """dit's sum of powers, through its Hellinger sum."""
    return lambda *x: math.log(float(dit.divergences.hellinger_sum(*[d for d in pair_of(x)], order))) / (order - 1)


def pair_of(x):
    make = lambda p: dit.Distribution(["a", "b", "c", "d"], list(map(float, p)))
    return make(x[:4]), make(x[4:])


ORDERS = [0.0, 0.5, 1 - 2.0**-20, 2.0, 3.5, math.inf]
# name, source 1, source 2, kind of the inputs
QUANTITIES = [
    ("conditional mutual information", conditional, lambda *t: LN2 * dit.multivariate.coinformation(dit_table(t), [[0], [1]], [2]), "table"),
    ("total correlation", total, lambda *t: LN2 * dit.multivariate.total_correlation(dit_table(t)), "table"),
    ("dual total correlation", dual, lambda *t: LN2 * dit.multivariate.dual_total_correlation(dit_table(t)), "table"),
    ("interaction information", interaction, lambda *t: -LN2 * dit.multivariate.coinformation(dit_table(t)), "table"),
    ("variation of information", variation, lambda *t: LN2 * (dit.shannon.conditional_entropy(dit_table(t), [0], [1]) + dit.shannon.conditional_entropy(dit_table(t), [1], [0])), "table"),
    ("chi-squared", chi, lambda *x: sum((p - q) ** 2 / q for p, q in zip(x[:4], x[4:]) if q > 0) if all(q > 0 or p == 0 for p, q in zip(x[:4], x[4:])) else math.inf, "pair"),
    ("Bhattacharyya", bhattacharyya, lambda *x: -numpy.log(float(dit.divergences.bhattacharyya_coefficient(*pair_of(x)))), "pair"),
    ("Wasserstein", line(1), lambda *x: scipy.stats.wasserstein_distance(x[:4], x[4:]), "line"),
    ("energy", line(2), lambda *x: scipy.stats.energy_distance(x[:4], x[4:]), "line"),
    ("plug-in", plug_in, lambda *n: scipy.stats.entropy(n), "counts"),
    ("Miller-Madow", miller, lambda *n: scipy.stats.entropy(n) + (sum(k > 0 for k in n) - 1) / (2 * sum(n)), "counts"),
    ("Grassberger", grassberger, lambda *n: grassberger(*map(mpf, n), g=g_integral), "counts"),
    ("Chao-Shen", chao_shen, lambda *n: sum(-x * math.log(x) / (1 - (1 - x) ** sum(n)) for x in (k * (1 - min(sum(j == 1 for j in n), sum(n) - 1) / sum(n)) / sum(n) for k in n if k > 0)), "counts"),
    ("shrinkage", shrinkage, lambda *n: float(shrinkage(*map(mpf, n))), "counts"),
]
QUANTITIES += [(f"Renyi {a}", renyi(a), lambda *p, a=a: LN2 * dit.other.renyi_entropy(dit.Distribution(["a", "b", "c", "d"], list(p[:4])), a), "pair") for a in ORDERS]
QUANTITIES += [(f"Tsallis {a}", tsallis(a), lambda *p, a=a: dit.other.tsallis_entropy(dit.Distribution(["a", "b", "c", "d"], list(p[:4])), a), "pair") for a in (0.5, 2.0, 3.5)]
QUANTITIES += [(f"Renyi divergence {a}", renyi_divergence(a), alpha(a), "pair") for a in (0.5, 2.0, 3.5)]


def cross(*pq):
    pairs = list(zip(pq[:4], pq[4:]))
    return mpf("inf") if any(p > 0 and q == 0 for p, q in pairs) else -sum(p * mpmath.log(q) for p, q in pairs if p > 0)


def jensen(t):
    def f(*pq):
        p, q = pq[:4], pq[4:]
        h = lambda p: -sum(xlogx(x) for x in p)
        return h([(1 - t) * a + t * b for a, b in zip(p, q)]) - (1 - t) * h(p) - t * h(q)

    return f


def hellinger(*pq):
    return mpmath.sqrt(sum((mpmath.sqrt(p) - mpmath.sqrt(q)) ** 2 for p, q in zip(pq[:4], pq[4:])) / 2)


def possible(f):
    """dit refuses p where q is 0."""
    return lambda *x: math.inf if any(p > 0 and q == 0 for p, q in zip(x[:4], x[4:])) else f(*pair_of(x))


QUANTITIES += [
    ("cross-entropy", cross, possible(lambda p, q: LN2 * dit.divergences.cross_entropy(p, q)), "pair"),
    ("Kullback-Leibler", lambda *x: cross(*x) + sum(xlogx(p) for p in x[:4]), possible(lambda p, q: LN2 * dit.divergences.kullback_leibler_divergence(p, q)), "pair"),
    ("Jensen-Shannon", jensen(mpf(1) / 2), lambda *x: LN2 * dit.divergences.jensen_shannon_divergence(list(pair_of(x))), "pair"),
    ("Jensen-Shannon 1:3", jensen(mpf(3) / 4), lambda *x: LN2 * dit.divergences.jensen_shannon_divergence(list(pair_of(x)), [0.25, 0.75]), "pair"),
    ("Hellinger", hellinger, lambda *x: dit.divergences.hellinger_distance(*pair_of(x)), "pair"),
    ("total variation", lambda *x: sum(abs(p - q) for p, q in zip(x[:4], x[4:])) / 2, lambda *x: dit.divergences.variational_distance(*pair_of(x)), "pair"),
    ("perplexity", lambda *x: mpmath.exp(-sum(xlogx(p) for p in x[:4])), lambda *x: dit.other.perplexity(pair_of(x)[0]), "pair"),
    ("joint entropy", lambda *t: h(t, (0, 1)), lambda *t: LN2 * dit.shannon.entropy(dit_table(t), [0, 1]), "table"),
    ("conditional entropy", lambda *t: h(t, (0, 1)) - h(t, (0,)), lambda *t: LN2 * dit.shannon.conditional_entropy(dit_table(t), [1], [0]), "table"),
    ("mutual information", lambda *t: h(t, (0,)) + h(t, (1,)) - h(t, (0, 1)), lambda *t: LN2 * dit.shannon.mutual_information(dit_table(t), [0], [1]), "table"),
]


def rounded(f, x):
    values = []
    for digits in (50, 100):
        mp.dps = digits
        values.append(float(f(*map(mpf, x))))
    assert values[0] == values[1] or abs(values[0] - values[1]) < 1e-45, (f, x, values)
    return values[0]


INPUTS = {
    "table": [dyadic(8, k) for k in (3, 4, 6, 10, 20, 40) for _ in range(4)] + [[0.25, 0, 0, 0.25, 0, 0.25, 0.25, 0], [0.5] + [0] * 6 + [0.5], [0.125] * 8],
    "pair": [dyadic(4, k) + dyadic(4, k) for k in (3, 4, 6, 10, 20, 40) for _ in range(4)] + [[0.25] * 4 + [0.25] * 4, [0, 0, 1, 0, 0, 0, 1, 0]],
    "line": [[random.randrange(-512, 512) / 64 for _ in range(8)] for _ in range(12)] + [[1.0] * 4 + [0.0] * 4],
    "counts": [[float(random.randrange(k)) for _ in range(8)] for k in (2, 3, 5, 20, 1000) for _ in range(4)] + [[1.0] * 8, [7.0] + [0.0] * 7],
}


def size_of(kind, name, x):
    """What the terms of the sum add up to: an entropy, a distance, or for divergences the sum of |p - q| and logarithms."""
    if kind == "table":
        return 3 * LN2
    if kind == "line":
        return 8.0
    return 4.0


lines = []
for number, (name, first, second, kind) in enumerate(QUANTITIES):
    for x in INPUTS[kind]:
        y = rounded(first, x) + 0.0
        try:
            other = float(second(*x))
        except (ZeroDivisionError, ValueError, OverflowError):
            other = y if math.isinf(y) else math.nan
        size = size_of(kind, name, x)
        if abs(y) < 1e-40:
            y = 0.0
        close = y == other or abs(y - other) <= 1e-9 * max(size, abs(y))
        assert close, (name, x, y, other)
        # sums of at most 16 terms whose sizes add up to `size`, each of some roundings
        ulp = 0 if math.isinf(y) else 16 if y == 0 else 8 + math.ceil(8 * size / abs(y))
        if y == 0:
            continue  # exact zeros are laws
        lines.append(f"body,{bits(float(number))},{','.join(map(bits, x))},{bits(y)},{ulp},2,{name}: {y!r}")

head = f"# generated by tests/golden/several.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (50 and 100 digits), scipy {scipy.__version__}, dit {dit.__version__}\n"
(HERE / "several.csv").write_text(head + "class," + ",".join(f"x{i}" for i in range(9)) + ",y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
