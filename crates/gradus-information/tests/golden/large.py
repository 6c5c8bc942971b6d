#!/usr/bin/env python3
"""Writes large.csv: measures and divergences of up to a million outcomes.

Each row has the number of the quantity (the list QUANTITIES), the kind of the first weights and how many outcomes n there are. The weights are whole numbers, which
`weights` below and `weights` of tests/golden.rs make alike: kind 0 up to 96 with zeros among them, 1 mostly zeros, 2 a single outcome, 3 all equal. The second weights are those
of kind 0 with another factor, and 1 more. For mutual information the first weights are a table of 8 rows (1000 for a million). Source 1 is mpmath at 50 digits
from the counts of equal weights, source 2 NumPy term by term in extended precision.

    python3 -m venv venv && venv/bin/pip install mpmath==1.4.1 numpy==2.4.6 && venv/bin/python large.py
"""

import hashlib
import math
import pathlib
import struct
from collections import Counter

import mpmath
import numpy
from mpmath import mp, mpf

mp.dps = 50
HERE = pathlib.Path(__file__).parent
DIGEST = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()


def bits(x):
    return "0x" + struct.pack(">d", x).hex()


def weights(kind, n, factor=2654435761):
    i = numpy.arange(n, dtype=numpy.uint64)
    w = ((i * numpy.uint64(factor)) % numpy.uint64(2**32) // numpy.uint64(2**8) % numpy.uint64(97)).astype(numpy.int64)
    if kind == 1:
        w = numpy.where(w < 3, w, 0)
    if kind == 2:
        w = (numpy.arange(n) == n // 2).astype(numpy.int64)
    if kind == 3:
        w = numpy.ones(n, dtype=numpy.int64)
    return w


def second_weights(n):
    return weights(0, n, 40503) + 1


def xlogx(x):
    return mpf(0) if x == 0 else x * mpmath.log(x)


def classes(w, v):
    """The different pairs of probabilities, and how often each occurs."""
    s, t = int(w.sum()), int(v.sum())
    return [(mpf(a) / s, mpf(b) / t, k) for (a, b), k in Counter(zip(w.tolist(), v.tolist())).items()]


def entropy(w, _):
    s = int(w.sum())
    return mpmath.log(s) - sum(k * xlogx(mpf(a)) for a, k in Counter(w.tolist()).items()) / s


def sum_of(term):
    return lambda w, v: sum(k * term(p, q) for p, q, k in classes(w, v))


def table_of(w):
    return w.reshape(1000 if len(w) == 10**6 else 8, -1)


def mutual(w, _):
    t, s = table_of(w), int(w.sum())
    part = lambda x: sum(k * xlogx(mpf(a)) for a, k in Counter(x.tolist()).items())
    return (part(w) - part(t.sum(0)) - part(t.sum(1))) / s + mpmath.log(s)


def kl(p, q):
    return mpf(0) if p == 0 else p * mpmath.log(p / q)


def js(p, q):
    return (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) / 2


def extended(term):
    def f(w, v):
        p, q = (x.astype(numpy.longdouble) / numpy.longdouble(int(x.sum())) for x in (w, v))
        with numpy.errstate(all="ignore"):
            return numpy.sum(term(p, q))

    return f


def ln(x):
    return numpy.log(numpy.where(x > 0, x, 1))


def mutual_extended(w, _):
    t = table_of(w).astype(numpy.longdouble) / numpy.longdouble(int(w.sum()))
    expected = t.sum(0, keepdims=True) * t.sum(1, keepdims=True)
    return numpy.sum(numpy.where(t > 0, t * ln(t / numpy.where(expected > 0, expected, 1)), 0))


QUANTITIES = [
    ("entropy", entropy, extended(lambda p, q: -p * ln(p))),
    ("cross-entropy", sum_of(lambda p, q: -p * mpmath.log(q)), extended(lambda p, q: -p * ln(q))),
    ("Kullback-Leibler", sum_of(kl), extended(lambda p, q: numpy.where(p > 0, p * ln(p / q), 0))),
    ("Jensen-Shannon", sum_of(js), extended(lambda p, q: (numpy.where(p > 0, p * ln(2 * p / (p + q)), 0) + q * ln(2 * q / (p + q))) / 2)),
    ("total variation", sum_of(lambda p, q: abs(p - q) / 2), extended(lambda p, q: abs(p - q) / 2)),
    ("Hellinger", lambda w, v: mpmath.sqrt(sum_of(lambda p, q: (mpmath.sqrt(p) - mpmath.sqrt(q)) ** 2 / 2)(w, v)), lambda w, v: numpy.sqrt(extended(lambda p, q: (numpy.sqrt(p) - numpy.sqrt(q)) ** 2 / 2)(w, v))),
    ("chi-squared", sum_of(lambda p, q: (p - q) ** 2 / q), extended(lambda p, q: (p - q) ** 2 / q)),
    ("collision entropy", lambda w, v: -mpmath.log(sum_of(lambda p, q: p * p)(w, v)), lambda w, v: -numpy.log(extended(lambda p, q: p * p)(w, v))),
    ("mutual information", mutual, mutual_extended),
]

lines = []
for kind in range(4):
    for n in (1, 8, 1000, 10**6):
        for number, (name, first, second) in enumerate(QUANTITIES):
            if name == "mutual information" and n % 8:
                continue
            w, v = weights(kind, n), second_weights(n)
            if w.sum() == 0:
                continue
            y = float(first(w, v))
            other = float(second(w, v))
            assert abs(y - other) <= 1e-14 * max(1, abs(y)), (name, kind, n, y, other)
            if abs(y) < 1e-30:
                y = 0.0
            # each probability is rounded once, by 1/2 unit, which a logarithm of size ln n magnifies; the sum itself is compensated
            size = max(1.0, math.log(n)) if number in (0, 1, 7) else 1.0
            ulp = 0 if y == 0 else 8 + math.ceil(8 * size / abs(y))
            lines.append(f"body,{bits(float(number))},{bits(float(kind))},{bits(float(n))},{bits(y)},{ulp},2,{name}: {y!r}")

head = f"# generated by tests/golden/large.py, SHA-256 {DIGEST}\n# mpmath {mpmath.__version__} (50 digits), numpy {numpy.__version__} (extended precision)\n"
(HERE / "large.csv").write_text(head + "class,x0,x1,x2,y,max_ulp,src,comment\n" + "\n".join(lines) + "\n")
print(len(lines), "rows")
