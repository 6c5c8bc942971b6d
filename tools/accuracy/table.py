"""Writes docs/accuracy.md: the greatest error of every function, here and elsewhere, in units in the last place.

usage: table.py MEASURE PAGE [--sweep]

MEASURE evaluates the functions (the example `measure` of gradus-numeric); the truth is mpmath at 60 digits, more
where the function is steep. An error is |y - truth| divided by the distance of doubles at the truth.
"""

import math
import random
import re
import struct
import subprocess
import sys
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import jax.scipy.special as js
import mpmath
import numpy as np
import scipy
import scipy.special as sp
from mpmath import mp, mpf

SWEPT = ["sigmoid", "log_sigmoid", "softplus", "tanh"]
np.seterr(all="ignore")


def signed(sizes):
    return [s * x for x in sizes for s in (1, -1)]


def logarithmic(rng, low, high, n):
    return [10 ** rng.uniform(low, high) for _ in range(n)]


def line(rng):
    return (
        [rng.uniform(-40, 40) for _ in range(2500)]
        + [rng.uniform(-740, 740) for _ in range(1000)]
        + signed(logarithmic(rng, -300, 0, 500))
        + signed([0.5, 1.0, 18.0, 20.0, 36.0, 37.0, 708.4, 709.7])
    )


def near(low, high, n=3000):
    return lambda rng: [rng.uniform(low, high) for _ in range(n)] + signed(logarithmic(rng, -15, 0, 300))


def below_zero(rng):
    return [-abs(x) for x in line(rng)]


def above_zero(rng):
    return [rng.uniform(0, 40) for _ in range(2500)] + logarithmic(rng, -30, 30, 1500)


def unit(rng):
    return (
        [rng.uniform(0, 1) for _ in range(2500)]
        + logarithmic(rng, -300, 0, 1000)
        + [0.5 + x for x in signed(logarithmic(rng, -15, -0.31, 500))]
    )


def inside(rng):
    return [rng.uniform(-1, 1) for _ in range(2500)] + signed(logarithmic(rng, -300, 0, 500))


def pairs(rng):
    return [(rng.uniform(-30, 30), rng.uniform(-30, 30)) for _ in range(3000)]


def products(rng):
    return [(rng.uniform(-5, 5), rng.uniform(0, 5)) for _ in range(2000)] + [
        (10 ** rng.uniform(-150, 0), 10 ** rng.uniform(-150, 150)) for _ in range(1000)
    ]


def ordered_pairs(rng):
    return [(max(pair), min(pair)) for pair in pairs(rng)]


def positive_pairs(rng):
    return [(rng.uniform(0.01, 50), rng.uniform(0.01, 50)) for _ in range(2000)] + [
        (10 ** rng.uniform(-3, 6), 10 ** rng.uniform(-3, 6)) for _ in range(1000)
    ]


def shapes(rng):
    return [rng.uniform(0, 20) for _ in range(1500)] + logarithmic(rng, -100, 12, 500) + logarithmic(rng, -3, 2, 500)


def shapes_below_overflow(rng):
    return [rng.uniform(0, 171) for _ in range(2000)] + [rng.uniform(-20, 0) for _ in range(500)]


def shape_pairs(rng):
    return [(10 ** rng.uniform(-2, 2), 10 ** rng.uniform(-2, 2)) for _ in range(1000)] + [
        (10 ** rng.uniform(-8, 8), 10 ** rng.uniform(-8, 8)) for _ in range(500)
    ]


def beside_the_mean(rng, mean, deviation):
    """Within four standard deviations; where that is below zero, anywhere below the mean."""
    x = mean + rng.uniform(-4, 4) * deviation
    return x if x > 0 else mean * rng.uniform(0, 1)


def gamma_draws(low, high, n):
    def draws(rng):
        shapes = logarithmic(rng, low, high, n)
        return [(a, beside_the_mean(rng, a, math.sqrt(a))) for a in shapes]

    return draws


def beta_draws(low, high, n):
    def draws(rng):
        found = []
        while len(found) < n:
            a, b = logarithmic(rng, low, high, 2)
            x = beside_the_mean(rng, a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b))
            if x < 1:
                found.append((a, b, x))
        return found

    return draws


def gamma_p(a, x):
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * mp.hyp1f1(1, a + 1, x, maxterms=10**7)


def gamma_q(a, x):
    with mp.extradps(50):
        return 1 - gamma_p(a, x)


def beta_regularized(a, b, x):
    """By the end that is nearer; the other one may cost some of the digits that are added."""
    with mp.extradps(50):
        if x > 0.5:
            return 1 - beta_regularized(b, a, 1 - x)
        power = mp.exp(a * mp.log(x) + b * mp.log1p(-x) - ln_beta(a, b)) / a
        return power * mp.hyp2f1(a + b, 1, a + 1, x, maxterms=10**7)


def ln_beta(a, b):
    with mp.extradps(60):
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def gamma_quantiles(rng):
    return [(10 ** rng.uniform(-1, 3), rng.uniform(1e-3, 1 - 1e-3)) for _ in range(500)]


def beta_quantiles(rng):
    return [(10 ** rng.uniform(-1, 3), 10 ** rng.uniform(-1, 3), rng.uniform(1e-3, 1 - 1e-3)) for _ in range(500)]


def gamma_density(a, x):
    return mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))


def beta_density(a, b, x):
    return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - ln_beta(a, b))


def quantile(start, f, density, sign=1):
    """Newton's method from the double-precision value."""

    def root(*arguments):
        *shapes, p = arguments
        x = mpf(float(start(*map(float, arguments))))
        for _ in range(10):
            step = sign * (f(*shapes, x) - p) / density(*shapes, x)
            x -= step
            if abs(step) <= x * mpf(10) ** -40:
                return x
        sys.exit(f"no quantile at {arguments}")

    return root


def normal_cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def log_cosh(x):
    return abs(x) + mp.log1p(mp.exp(-2 * abs(x))) - mp.log(2) if abs(x) > 1 else mp.log1p(2 * mp.sinh(x / 2) ** 2)


def gelu_tanh(x):
    t = mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3)
    return x / (1 + mp.exp(-2 * t))


def selu(x):
    scale, alpha = mpf("1.0507009873554804934193349852946"), mpf("1.6732632423543772848170429916717")
    return scale * (x if x > 0 else alpha * mp.expm1(x))


def erfcinv(x):
    """Newton's method from the double-precision value; near 1 by erfinv."""
    if abs(x - 1) < mpf("0.5"):
        return mp.erfinv(1 - x)
    y = mpf(float(sp.erfcinv(float(x))))
    for _ in range(6):
        y += (mp.erfc(y) - x) * mp.exp(y * y) * mp.sqrt(mp.pi) / 2
    return y


# function, or function, which arguments: (arguments, truth, SciPy, JAX)
FUNCTIONS = {
    "exp": (near(-700, 700), mp.exp, np.exp, jnp.exp),
    "exp_m1": (near(-700, 700), mp.expm1, np.expm1, jnp.expm1),
    "tanh": (near(-20, 20), mp.tanh, np.tanh, jnp.tanh),
    "sigmoid": (line, lambda x: 1 / (1 + mp.exp(-x)), sp.expit, jax.nn.sigmoid),
    "log_sigmoid": (line, lambda x: min(x, 0) - mp.log1p(mp.exp(-abs(x))), sp.log_expit, jax.nn.log_sigmoid),
    "softplus": (line, lambda x: max(x, 0) + mp.log1p(mp.exp(-abs(x))), lambda x: np.logaddexp(x, 0), jax.nn.softplus),
    "logit": (unit, lambda p: mp.log(p) - mp.log1p(-p), sp.logit, js.logit),
    "log1mexp": (below_zero, lambda x: mp.log(-mp.expm1(x)) if x > -1 else mp.log1p(-mp.exp(x)), None, lambda x: jax.nn.log1mexp(-x)),
    "logaddexp": (pairs, lambda a, b: max(a, b) + mp.log1p(mp.exp(-abs(a - b))), np.logaddexp, jnp.logaddexp),
    "xlogy": (products, lambda a, b: a * mp.log(b), sp.xlogy, js.xlogy),
    "logsubexp": (ordered_pairs, lambda a, b: a + mp.log(-mp.expm1(b - a)), None, None),
    "xlog1py": (products, lambda a, b: a * mp.log1p(b), sp.xlog1py, js.xlog1py),
    "xlogx": (above_zero, lambda x: x * mp.log(x), lambda x: sp.xlogy(x, x), lambda x: js.xlogy(x, x)),
    "entr": (above_zero, lambda x: -x * mp.log(x), sp.entr, js.entr),
    "softplus_inverse": (above_zero, lambda x: x + mp.log(-mp.expm1(-x)), None, None),
    "log_cosh": (line, log_cosh, None, lambda x: jnp.logaddexp(x, -x) - math.log(2)),
    "silu": (line, lambda x: x / (1 + mp.exp(-x)), lambda x: x * sp.expit(x), jax.nn.silu),
    "mish": (line, lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), None, jax.nn.mish),
    "gelu": (near(-37, 20), lambda x: x * normal_cdf(x), lambda x: x * sp.ndtr(x), lambda x: jax.nn.gelu(x, approximate=False)),
    "gelu_tanh": (near(-20, 20), gelu_tanh, None, jax.nn.gelu),
    "elu": (line, lambda x: x if x > 0 else mp.expm1(x), None, jax.nn.elu),
    "selu": (line, selu, None, jax.nn.selu),
    "softsign": (line, lambda x: x / (1 + abs(x)), None, jax.nn.soft_sign),
    "cbrt": (line, lambda x: mp.sign(x) * mp.cbrt(abs(x)), np.cbrt, jnp.cbrt),
    "hypot": (pairs, mp.hypot, np.hypot, jnp.hypot),
    "erf": (near(-6, 6), mp.erf, sp.erf, js.erf),
    "erfc": (near(-6, 26), mp.erfc, sp.erfc, js.erfc),
    "erfinv": (inside, mp.erfinv, sp.erfinv, js.erfinv),
    "erfcinv": (unit, erfcinv, sp.erfcinv, None),
    "normal_cdf": (near(-37, 10), normal_cdf, sp.ndtr, js.ndtr),
    "normal_log_cdf": (line, lambda x: mp.log(normal_cdf(x)) if x < 0 else mp.log1p(-normal_cdf(-x)), sp.log_ndtr, js.log_ndtr),
    "normal_quantile": (unit, lambda p: -mp.sqrt(2) * erfcinv(2 * p), sp.ndtri, js.ndtri),
    "gamma": (shapes_below_overflow, mp.gamma, sp.gamma, js.gamma),
    "ln_gamma": (shapes, mp.loggamma, sp.gammaln, js.gammaln),
    "digamma": (shapes, mp.digamma, sp.digamma, js.digamma),
    "trigamma": (shapes, lambda x: mp.psi(1, x), lambda x: sp.polygamma(1, x), lambda x: js.polygamma(1, x)),
    "ln_beta": (shape_pairs, ln_beta, sp.betaln, js.betaln),
    "gamma_p": (gamma_draws(-2, 3, 1000), gamma_p, sp.gammainc, js.gammainc),
    "gamma_p, shapes 1e3 to 1e8": (gamma_draws(3, 8, 300), gamma_p, sp.gammainc, js.gammainc),
    "gamma_q": (gamma_draws(-2, 3, 1000), gamma_q, sp.gammaincc, js.gammaincc),
    "gamma_q, shapes 1e3 to 1e8": (gamma_draws(3, 8, 300), gamma_q, sp.gammaincc, js.gammaincc),
    "beta_regularized": (beta_draws(-2, 3, 1000), beta_regularized, sp.betainc, js.betainc),
    "beta_regularized, shapes 1e3 to 1e8": (beta_draws(3, 8, 300), beta_regularized, sp.betainc, js.betainc),
    "beta_regularized, shapes 1e-3 to 1e8": (beta_draws(-3, 8, 300), beta_regularized, sp.betainc, js.betainc),
    "gamma_p_inverse": (gamma_quantiles, quantile(sp.gammaincinv, gamma_p, gamma_density), sp.gammaincinv, None),
    "gamma_q_inverse": (gamma_quantiles, quantile(sp.gammainccinv, gamma_q, gamma_density, -1), sp.gammainccinv, None),
    "beta_regularized_inverse": (beta_quantiles, quantile(sp.betaincinv, beta_regularized, beta_density), sp.betaincinv, None),
}


def bits(x):
    return f"{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def run(measure, task, name, points):
    text = "\n".join(" ".join(map(bits, x)) for x in points) + "\n"
    out = subprocess.run([measure, task, name], input=text, capture_output=True, text=True, check=True).stdout
    return [struct.unpack("<d", struct.pack("<Q", int(y, 16)))[0] for y in out.split()]


def greatest_error(found, truth):
    """In ULP; None of no function."""
    if found is None:
        return None
    worst = 0.0
    for y, exact in zip(found, truth, strict=True):
        if exact == 0:
            worst = max(worst, 0.0 if y == 0 else math.inf)
            continue
        if not math.isfinite(y):
            return math.inf
        worst = max(worst, float(abs(mpf(float(y)) - exact) / mpf(math.ulp(float(exact)))))
    return worst


def shown(error):
    if error is None:
        return "–"
    if math.isinf(error):
        return "not finite"
    if error < 1000:
        return f"{error:.2f}"
    return f"{error:.0e}".replace("e+0", "e").replace("e+", "e")


def row(measure, name):
    arguments, truth, scipy_form, jax_form = FUNCTIONS[name]
    points = [x if isinstance(x, tuple) else (x,) for x in arguments(random.Random(name))]
    with mp.workdps(60):
        exact = [mpf(truth(*map(mpf, x))) for x in points]
        tiny = mpf(sys.float_info.min)
        kept = [i for i, y in enumerate(exact) if (y == 0 or abs(y) >= tiny) and abs(y) <= mpf(sys.float_info.max)]
        points, exact = [points[i] for i in kept], [exact[i] for i in kept]
        columns = [np.array(column) for column in zip(*points, strict=True)]
        peers = [None if f is None else np.asarray(f(*columns), dtype=float) for f in (scipy_form, jax_form)]
        function, *kind = name.split(", ")
        found = [run(measure, task, function, points) for task in ("evaluate", "textbook")] + peers
        errors = [greatest_error(y, exact) for y in found]
    print(name, len(points), *map(shown, errors), file=sys.stderr)
    title = ", ".join((f"`{function}`", *kind))
    return f"| {title} | {len(points)} | " + " | ".join(map(shown, errors)) + " |"


def section(page, title):
    """The section of the present page, to be kept where it was not measured again."""
    found = re.search(rf"^## {title}\n.*?(?=^## |\Z)", page.read_text() if page.exists() else "", re.M | re.S)
    return found.group(0) if found else ""


def main():
    measure, page = sys.argv[1], Path(sys.argv[2])
    swept = section(page, "Single precision, exhaustively")
    if "--sweep" in sys.argv:
        rows = [subprocess.run([measure, "sweep", name], capture_output=True, text=True, check=True).stdout for name in SWEPT]
        swept = SINGLE + "".join(rows)
    rows = [row(measure, name) for name in FUNCTIONS]
    versions = f"mpmath {mpmath.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}, JAX {jax.__version__}"
    page.write_text(DOUBLE.format(versions=versions) + "\n".join(rows) + "\n\n" + swept)


DOUBLE = """# Accuracy of gradus-numeric

Written by `tools/accuracy/measure` ({versions}); do not edit. The budgets that every test run holds the
functions to are in `crates/gradus-numeric/tests/golden.rs`: they may be lowered, never raised without a reason.

## Double precision

The greatest error found, in units in the last place (ULP), against 60 digits; results below 2⁻¹⁰²² are left
out. "Textbook" is the formula one would write first, in the same arithmetic.

| function | points | here | textbook | SciPy, NumPy | JAX |
|---|---|---|---|---|---|
"""

SINGLE = """## Single precision, exhaustively

All 2³² numbers. A result is proven to be the nearest single-precision number if the double-precision value,
4 ULP more and 4 ULP less, all round to it; undecided if only some of them do.

| function | nearest | undecided | wrong | farthest, in places |
|---|---|---|---|---|
"""

main()
