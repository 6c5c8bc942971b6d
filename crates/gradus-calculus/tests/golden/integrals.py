"""Golden integrals: integrals.csv, read by tests/golden.rs.

Every value has two sources: a closed form, and mpmath's quadrature (tanh-sinh) of the integrand at 50 and at
100 digits; the script stops if the two disagree.

    python3 integrals.py > integrals.csv          # needs mpmath

x0 is the number of the integrand in INTEGRANDS (and in tests/golden.rs), x1 and x2 are the ends. max_ulp
is twice the error measured with a tolerance of 1e-13, or 4: more where the ends are singular (1e-13 is 450 units of
the integral of ln x), and where positive and negative parts cancel (sin(50x) on (0, 1): the integral is 900 times smaller than that of |f|).
"""

import hashlib
import struct
import sys

import mpmath
from mpmath import atan, erf, exp, inf, log, mp, mpf, pi, quad, sin, sqrt, cos

third = lambda: mpf(float(1 / 3))

# name, integrand, closed form of the integral over (a, b), points where quadrature is split
INTEGRANDS = [
    ("exp(x)", exp, lambda a, b: exp(b) - exp(a), []),
    ("1/(1+x^2)", lambda x: 1 / (1 + x * x), lambda a, b: atan(b) - atan(a), [0]),
    ("exp(-x^2)", lambda x: exp(-x * x), lambda a, b: sqrt(pi) / 2 * (erf(b) - erf(a)), [0]),
    ("sqrt(x)", sqrt, lambda a, b: 2 * (b * sqrt(b) - a * sqrt(a)) / 3, []),
    ("ln(x)", log, lambda a, b: primitive_of_log(b) - primitive_of_log(a), []),
    ("1/sqrt(x)", lambda x: 1 / sqrt(x), lambda a, b: 2 * (sqrt(b) - sqrt(a)), []),
    ("|x-1/3|", lambda x: abs(x - third()), lambda a, b: kink(b) - kink(a), [third]),
    ("sin(50x)", lambda x: sin(50 * x), lambda a, b: (cos(50 * a) - cos(50 * b)) / 50, None),
    ("1/(1e-4+x^2)", lambda x: 1 / (mpf(1e-4) + x * x), lambda a, b: peak(b) - peak(a), [0]),
    ("x^2 exp(-x)", lambda x: x * x * exp(-x), lambda a, b: gamma3(b) - gamma3(a), []),
    ("1/x^2", lambda x: 1 / (x * x), lambda a, b: 1 / a - (0 if b == inf else 1 / b), []),
]

ROWS = [
    ("body", 0, 0, 1, 4),
    ("body", 0, -20, 3, 4),
    ("body", 1, 0, 1, 4),
    ("body", 1, -5, 7, 4),
    ("tail", 1, 1, inf, 4),
    ("tail", 1, -inf, -1, 4),
    ("tail", 1, -inf, inf, 4),
    ("body", 2, 0, 2, 4),
    ("tail", 2, 0, inf, 4),
    ("tail", 2, -inf, inf, 4),
    ("tail", 2, 3, inf, 4),
    ("kink", 3, 0, 1, 4),
    ("pole", 4, 0, 1, 400),
    ("body", 4, 0.5, 10, 4),
    ("pole", 5, 0, 1, 64),
    ("pole", 5, 0, 1e6, 64),
    ("kink", 6, 0, 1, 4),
    ("kink", 6, -1, 1, 4),
    ("body", 7, 0, 1, 1100),
    ("body", 7, 0, 3, 128),
    ("body", 8, -1, 1, 4),
    ("body", 8, -1, 2, 4),
    ("tail", 9, 0, inf, 4),
    ("body", 9, 0, 10, 4),
    ("tail", 10, 1, inf, 4),
    ("tail", 10, 1e-3, inf, 64),
    ("tail", 10, 1e6, inf, 4),
]


def primitive_of_log(x):
    return x * log(x) - x if x != 0 else mpf(0)


def kink(x):
    d = x - third()
    return d * abs(d) / 2


def peak(x):
    a = sqrt(mpf(1e-4))
    return atan(x / a) / a


def gamma3(x):
    return mpf(0) if x == inf else -exp(-x) * (x * x + 2 * x + 2)


def bits(x):
    return f"0x{struct.unpack('>Q', struct.pack('>d', float(x)))[0]:016x}"


def value(number, a, b, digits):
    with mp.workdps(digits):
        _, f, closed, splits = INTEGRANDS[number]
        a, b = mpf(a), mpf(b)
        inner = [s() if callable(s) else mpf(s) for s in splits or []]
        if splits is None:
            inner = [a + (b - a) * k / 100 for k in range(1, 100)]
        points = [a] + [s for s in inner if a < s < b] + [b]
        closed_form, quadrature = closed(a, b), quad(f, points, maxdegree=12)
        assert abs(closed_form - quadrature) < mpf(10) ** -18 * abs(closed_form), (number, a, b)
        return float(closed_form)


def main():
    script = open(__file__, "rb").read()
    print(f"# tests/golden/integrals.py, SHA-256 {hashlib.sha256(script).hexdigest()}")
    print(f"# mpmath {mpmath.__version__}, 50 and 100 digits; closed form and tanh-sinh quadrature")
    print("class,x0,x1,x2,y,max_ulp,src,comment")
    for name, number, a, b, ulp in ROWS:
        y = value(number, a, b, 50)
        assert y == value(number, a, b, 100)
        fields = [name, bits(number), bits(a), bits(b), bits(y), str(ulp), "2"]
        print(",".join(fields) + f",{INTEGRANDS[number][0]} on ({a} {b}) = {y}")
    sys.stdout.flush()


main()
