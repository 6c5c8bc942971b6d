"""Golden tables of the activations and their relatives: run `python activations.py` beside the tables.

The rules of functions.py, whose table writer this is. Parameters of a row stand among its inputs.
"""

import math
import random

import flint
from mpmath import mp, mpf

from functions import EPSILON, INFINITY, MAX, MIN_NORMAL, TINY, arb_softplus, line, neighbours, row, worst, write

# The constants of Klambauer et al. (2017), eq. 14, with l the scale and la its product with alpha.
SELU = ("1.050700987355480493419334985294606351958981204376407", "1.758099340847376859940217520812279577323506837162")


def beyond_half_of_tiny(points):
    """Without the least doubles: half of them, and a bit, is a tie that 100 digits cannot break."""
    return lambda rng: ((kind, x) for kind, x in points(rng) if abs(x) > TINY)


def clipped(edge):
    """Points of the whole line, and those about the kinks at 0 and at plus or minus `edge`."""

    def points(rng):
        yield from line(rng)
        for x in (-edge, edge):
            yield from (("kink", x) for x in neighbours(x))
        for _ in range(20):
            yield "body", rng.uniform(-edge, edge)

    return points


def bell(rng):
    """The whole line, with the lower tail of the normal law, which ends at -38.6 in doubles."""
    yield from line(rng)
    yield from (("kink", x) for edge in (-5.0, -37.5, 5.0) for x in neighbours(edge))
    for _ in range(40):
        yield "tail", rng.uniform(-38.7, -5)
    for _ in range(20):
        yield "tail", rng.uniform(-38.6, -37)


def gates(rng):
    """The whole line, with the lower tail of e^x."""
    yield from line(rng)
    yield from (("kink", x) for x in neighbours(-700.0))
    for _ in range(20):
        yield "tail", rng.uniform(-753, -690)


def above_zero(rng):
    """Arguments of softplus_inverse and xlogx: kinks, the roots ln 2 and 1, every magnitude."""
    for x in (0.4055, math.log(2), 1.0):
        yield from (("kink", x) for x in neighbours(x))
    yield from (("edge", x) for x in (TINY, MIN_NORMAL, EPSILON, 1 / math.e, 20.0, 36.7, 745.0))
    for _ in range(60):
        yield "body", rng.uniform(0, 5)
    for _ in range(30):
        yield "kink", math.log(2) + rng.choice([-1, 1]) * 10 ** rng.uniform(-15, -1)
    for _ in range(30):
        yield "tiny", 10 ** rng.uniform(-307, 0)
    for _ in range(20):
        yield "large", 10 ** rng.uniform(0, 300)


def small_and_large(rng):
    """Arguments of log_cosh: its value underflows below 1e-154."""
    for x in (0.5, 1.0):
        yield from (("kink", x) for x in neighbours(x))
    yield from (("edge", x) for x in (TINY, 1e-150, EPSILON, -0.25, 20.0, -745.0, 1e300, MAX))
    for _ in range(70):
        yield "body", rng.uniform(-4, 4)
    for _ in range(30):
        yield "tiny", rng.choice([-1, 1]) * 10 ** rng.uniform(-150, 0)
    for _ in range(20):
        yield "tail", rng.uniform(-745, 745)


def magnitudes(rng):
    """Arguments of cbrt."""
    yield from (("edge", x) for x in (TINY, MIN_NORMAL, EPSILON, 1.0, -8.0, 27.0, MAX))
    for _ in range(60):
        yield "body", rng.uniform(-10, 10)
    for _ in range(40):
        yield "large", rng.choice([-1, 1]) * 10 ** rng.uniform(-307, 308)


def with_parameters(parameters):
    """Points of the left half line and some of the right one, with a parameter."""

    def points(rng):
        for alpha in parameters:
            yield from (("edge", (x, alpha)) for x in (-TINY, -EPSILON, -1.0, 1.0, -36.0, -745.2, -1e300, MAX))
            for _ in range(15):
                yield "body", (rng.uniform(-10, 2), alpha)
            for _ in range(10):
                yield "tiny", (-(10 ** rng.uniform(-307, 0)), alpha)

    return points


def differences(rng):
    """Arguments of logsubexp: a > b."""
    for x in ((0.0, -800.0), (0.0, -40.0), (0.0, -EPSILON), (1000.0, 999.0), (-1000.0, -1000.5), (1e300, -1e300)):
        yield "edge", x
    for _ in range(60):
        a, b = rng.uniform(-10, 10), rng.uniform(-10, 10)
        yield "body", (max(a, b), min(a, b))
    for _ in range(30):
        a = rng.uniform(-700, 700)
        yield "large", (a, a - 10 ** rng.uniform(-10, 1.5))


def products(rng):
    """Arguments of xlog1py."""
    for x in ((0.0, 0.5), (0.5, -0.5), (1.0, EPSILON), (1.0, -EPSILON), (3.0, -1 + EPSILON), (1e-300, MAX)):
        yield "edge", x
    for _ in range(50):
        yield "body", (rng.uniform(-5, 5), rng.uniform(-1, 5))
    for _ in range(30):
        yield "tiny", (10 ** rng.uniform(-100, 0), rng.choice([-1, 1]) * 10 ** rng.uniform(-200, 0))


def sides(rng):
    """Arguments of hypot."""
    for x in ((3.0, 4.0), (1e200, 1e200), (1e-200, 1e-200), (TINY, TINY), (MIN_NORMAL, 1e-310), (1e308, 1e308), (1.0, 1e-17)):
        yield "edge", x
    for _ in range(50):
        yield "body", (rng.uniform(-10, 10), rng.uniform(-10, 10))
    for _ in range(40):
        e = rng.uniform(-300, 300)
        yield "large", (10 ** (e + rng.uniform(-3, 3)), 10 ** (e + rng.uniform(-3, 3)))


def arb(text):
    """A decimal constant, as an Arb ball."""
    return flint.arb(text)


def mp_gelu(x):
    """x Phi(x), by erfc with the quotient in full precision."""
    return x * mp.erfc(-x / mp.sqrt(2)) / 2 if abs(x) < 1000 else x * (x > 0)


def arb_gelu(x):
    return x * (1 + (x / flint.arb(2).sqrt()).erf()) / 2 if abs(float(x)) < 60 else x * (float(x) > 0)


def mp_gelu_tanh(x):
    u = mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)
    return x / (1 + mp.exp(-2 * u)) if abs(x) < 1000 else x * (x > 0)


def arb_gelu_tanh(x):
    if abs(float(x)) > 1000:
        return x * (float(x) > 0)
    u = (2 / flint.arb.pi()).sqrt() * (x + arb("0.044715") * x**3)
    return x * (1 + u.tanh()) / 2


def mp_mish(x):
    return x * mp.tanh(max(x, 0) + mp.log1p(mp.exp(-abs(x))))


def arb_mish(x):
    if abs(float(x)) > 1000:
        return x * (float(x) > 0)
    square = (1 + x.exp()) ** 2
    return x * (square - 1) / (square + 1)


def mp_elu(x, alpha):
    return x if x >= 0 else alpha * mp.expm1(x)


def arb_elu(x, alpha):
    return x if float(x) >= 0 else alpha * (x.exp() - 1)


def mp_log_cosh(x):
    """Differences with 320 further digits."""
    with mp.extradps(320):
        return abs(x) - mp.log(2) + mp.log1p(mp.exp(-2 * abs(x)))


def arb_log_cosh(x):
    return x.cosh().log() if abs(float(x)) < 1000 else abs(x) - flint.arb.const_log2()


def mp_softplus_inverse(y):
    return y + mp.log(-mp.expm1(-y))


def arb_softplus_inverse(y):
    return y + (1 - (-y).exp()).log()


def mp_difference(a, b):
    return a + mp.log(-mp.expm1(b - a))


def arb_difference(a, b):
    return a + (1 - (b - a).exp()).log()


def arb_logistic(x):
    return x * x.exp() / (1 + x.exp()) if float(x) < 0 else x / (1 + (-x).exp())


def mp_selu(x):
    return mpf(SELU[0]) * x if x >= 0 else mpf(SELU[1]) * mp.expm1(x)


def arb_selu(x):
    return arb(SELU[0]) * x if float(x) >= 0 else arb(SELU[1]) * (x.exp() - 1)


def hard_gate(x):
    return min(max((x + 3) / 6, mpf(0)), mpf(1))


def arb_hard_gate(x):
    return x * 0 if float(x) <= -3 else x * 0 + 1 if float(x) >= 3 else x / 6 + flint.arb(1) / 2


ONE_ARGUMENT = {
    "silu": (beyond_half_of_tiny(gates), lambda x: x / (1 + mp.exp(-x)), arb_logistic),
    "gelu": (beyond_half_of_tiny(bell), mp_gelu, arb_gelu),
    "gelu_tanh": (beyond_half_of_tiny(line), mp_gelu_tanh, arb_gelu_tanh),
    "mish": (gates, mp_mish, arb_mish),
    "selu": (line, mp_selu, arb_selu),
    "softsign": (line, lambda x: x / (1 + abs(x)), lambda x: x / (1 + x) if float(x) > 0 else x / (1 - x)),
    "hard_sigmoid": (clipped(3.0), hard_gate, arb_hard_gate),
    "hard_swish": (beyond_half_of_tiny(clipped(3.0)), lambda x: x * hard_gate(x), lambda x: x * arb_hard_gate(x)),
    "log_cosh": (small_and_large, mp_log_cosh, arb_log_cosh),
    "softplus_inverse": (above_zero, mp_softplus_inverse, arb_softplus_inverse),
    "xlogx": (above_zero, lambda x: x * mp.log(x), lambda x: x * x.log()),
    "cbrt": (magnitudes, lambda x: mp.sign(x) * mp.cbrt(abs(x)), lambda x: x.root(3) if float(x) > 0 else -(-x).root(3)),
}
TWO_ARGUMENTS = {
    "elu": (with_parameters((1.0, 0.1, 1.7)), mp_elu, arb_elu),
    "celu": (with_parameters((0.1, 1.7, 3.0)), lambda x, a: a * mp_elu(x / a, 1), lambda x, a: a * arb_elu(x / a, 1)),
    "logsubexp": (differences, mp_difference, arb_difference),
    "xlog1py": (products, lambda a, b: a * mp.log1p(b), lambda a, b: a * (1 + b).log() if float(a) else a),
    "hypot": (sides, lambda a, b: mp.sqrt(a * a + b * b), lambda a, b: (a * a + b * b).sqrt()),
}


def main():
    for arity, table in ((1, ONE_ARGUMENT), (2, TWO_ARGUMENTS)):
        for name, (points, f, g) in table.items():
            rng = random.Random(name)
            max_ulp = 3000 if name == "gelu_tanh" else 8  # the sigmoid multiplies the error of its argument, |2u| < 745
            drawn = [(kind, x if arity > 1 else (x,)) for kind, x in points(rng)]
            rows = [row(name, f, g, kind, x, max_ulp) for kind, x in drawn + worst(name)]
            write(__file__, name, arity, rows)
            print(name, len(rows))


if __name__ == "__main__":
    main()
