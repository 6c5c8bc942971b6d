"""The rows of docs/accuracy.md: where a function is measured, what is true, and what stands beside it."""

import math
import random
import sys
from typing import Callable, NamedTuple

import activations
import functions
import jax
import jax.numpy as jnp
import jax.scipy.special as js
import numpy as np
import scipy.special as sp
import special
from mpmath import mp, mpf

EPSILON, TINY = sys.float_info.epsilon, sys.float_info.min
LENGTHS = (1, 2, 3, 5, 10, 20, 50)  # of vectors: few, since JAX compiles for each


def ulp(_, exact):
    """The distance of doubles at the truth."""
    return mpf(math.ulp(float(exact)))


class Row(NamedTuple):
    """`points` draws arguments, `truth` is by mpmath; a point counts only in the `domain`.

    The neighbourhoods of the `worst` points are searched `rounds` times, at as many points as `around` says.
    `golden` says which arguments of the golden table belong here, `table` that the worst points belong there.
    Vectors of any length are `ragged`.
    """

    name: str
    points: Callable
    truth: Callable
    scipy: Callable | None = None
    jax: Callable | None = None
    goal: float | None = None
    kind: str = ""
    unit: Callable = ulp
    measured_in: str = ""
    domain: Callable = lambda *_: True
    golden: Callable | None = lambda *_: True
    table: bool = True
    rounds: int = 4
    worst: int = 10
    around: int = 100
    ragged: bool = False


def random_of(row):
    return random.Random(f"{row.name}, {row.kind}, {row.measured_in}")


def signed(sizes):
    return [s * x for x in sizes for s in (1, -1)]


def logarithmic(rng, low, high, n):
    return [10 ** rng.uniform(low, high) for _ in range(n)]


def kinks(*places, width=0.5, n=300):
    """Around the places where a function changes its form: evenly, and ever closer."""

    def points(rng):
        found = [k + rng.uniform(-width, width) for k in places for _ in range(n)]
        return found + [k + d for k in places for d in signed(logarithmic(rng, -16, math.log10(width), n // 4))]

    return points


def between(low, high, n=3000):
    return lambda rng: [rng.uniform(low, high) for _ in range(n)]


def small(rng):
    return signed(logarithmic(rng, -300, 0, 400))


def line(rng):
    far = [rng.uniform(-740, 740) for _ in range(800)] + signed([0.5, 1.0, 18.0, 20.0, 36.0, 37.0, 708.4, 709.7])
    near = [rng.uniform(-b, b) for b in (1, 3, 40) for _ in range(1500)]
    return near + far + small(rng)


def above_zero(rng):
    return [rng.uniform(0, b) for b in (2, 40) for _ in range(1500)] + logarithmic(rng, -300, 300, 1000)


def unit(rng):
    return [rng.uniform(0, 1) for _ in range(3000)] + logarithmic(rng, -300, 0, 1000)


def and_more(*draws):
    return lambda rng: [x for draw in draws for x in draw(rng)]


def pairs(rng):
    return [(rng.uniform(-30, 30), rng.uniform(-30, 30)) for _ in range(3000)] + [
        (a, a + rng.uniform(-5, 5)) for a in (rng.uniform(-700, 700) for _ in range(1000))
    ]


def ordered_pairs(rng):
    return [(max(pair), min(pair)) for pair in pairs(rng)]


def products(low):
    def points(rng):
        near = [(rng.uniform(-5, 5), rng.uniform(low, 5)) for _ in range(2000)]
        near += [(rng.uniform(-5, 5), 1 + low + d) for d in signed(logarithmic(rng, -15, -0.3, 300))]
        return near + [(10 ** rng.uniform(-150, 0), 10 ** rng.uniform(-150, 150)) for _ in range(1000)]

    return points


def with_alpha(*alphas):
    """Every point with a parameter."""
    return lambda rng: [(x, rng.choice(alphas)) for x in and_more(line, kinks(0.0, -1.0))(rng)]


def sides(rng):
    """Of a right triangle, of every size."""

    def pair():
        e = rng.uniform(-1000, 990)
        return tuple(rng.choice((-1, 1)) * rng.uniform(1, 2) * 2 ** (e + rng.uniform(-30, 30)) for _ in range(2))

    return [(rng.uniform(-30, 30), rng.uniform(-30, 30)) for _ in range(2000)] + [pair() for _ in range(3000)]


def shapes(rng):
    whole = [k + d for k in range(1, 13) for d in signed(logarithmic(rng, -15, -0.31, 25))]
    large = logarithmic(rng, -100, 12, 500) + logarithmic(rng, -3, 2, 500)
    return [rng.uniform(0, 20) for _ in range(1500)] + [rng.uniform(0, 3) for _ in range(1500)] + large + whole


def beside_the_mean(rng, mean, deviation):
    """Within four standard deviations; where that is below zero, anywhere below the mean."""
    x = mean + rng.uniform(-4, 4) * deviation
    return x if x > 0 else mean * rng.uniform(0, 1)


def gamma_draws(low, high, n):
    def draws(rng):
        return [(a, beside_the_mean(rng, a, math.sqrt(a))) for a in logarithmic(rng, low, high, n)]

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


def probability(rng):
    return rng.choice((rng.uniform(0, 1), 10 ** rng.uniform(-12, 0)))


def common(*x):
    """A probability that is not small, so that the rounding of its logarithm does not count."""
    return share(*x) and x[-1] >= 1e-3


def gamma_quantiles(n, high=3):
    return lambda rng: [(10 ** rng.uniform(-1, high), probability(rng)) for _ in range(n)]


def beta_quantiles(n, high=3):
    return lambda rng: [(10 ** rng.uniform(-1, high), 10 ** rng.uniform(-1, high), probability(rng)) for _ in range(n)]


def shape_pairs(rng):
    return [(10 ** rng.uniform(-2, 2), 10 ** rng.uniform(-2, 2)) for _ in range(2000)] + [
        (10 ** rng.uniform(-8, 8), 10 ** rng.uniform(-8, 8)) for _ in range(1000)
    ]


def counts(rng):
    sizes = (rng.randrange(2, 10 ** rng.randrange(1, 16)) for _ in range(2000))
    return [(float(n), float(rng.randrange(1, n))) for n in sizes]


def orders(rng):
    """Of polygamma functions, with an argument: 2 to 20."""
    of_shapes = [x for x in shapes(rng) if 1e-12 < x < 1e12]
    return [(float(rng.randrange(2, 21)), x) for x in rng.sample(of_shapes, 1500)]


def scores(shift=0.0):
    """1 to 50 numbers, the first of them anywhere in their order; with `shift` None their greatest is 0."""

    def points(rng):
        found = []
        for _ in range(600):
            top = rng.choice((0.1, 1.0, 5.0, 30.0, 300.0))
            x = [rng.uniform(-top, top) for _ in range(rng.choice(LENGTHS))]
            greatest = max(x)
            found.append(tuple(x) if shift is not None else tuple(t - greatest for t in x))
        return found

    return points


def near_zero(rng):
    """Scores whose log-sum-exp is nearly zero."""
    found = []
    for _ in range(400):
        n = rng.choice(LENGTHS)
        middle = -math.log(n) + rng.uniform(-0.1, 0.1)
        found.append(tuple(middle + rng.uniform(-0.3, 0.3) for _ in range(n)))
    return found


def summands(rng):
    """2 to 100 numbers of one size or of many, of one sign or of both, some with a sum that is nearly zero."""
    found = []
    for _ in range(1000):
        spread, negative = rng.choice((0, 1, 10)), rng.choice((0, 0.5))
        n = 2 * rng.choice(LENGTHS)
        x = [10 ** rng.uniform(-spread, spread) * rng.uniform(1, 2) * (-1 if rng.random() < negative else 1) for _ in range(n)]
        if rng.random() < 0.3:
            x[-1] = -math.fsum(x[:-1]) * (1 + rng.choice((0, 1e-16, 1e-8)))
        found.append(tuple(x))
    return found


def shifted(rng):
    """Numbers whose variance is small beside their mean."""
    found = []
    for _ in range(1000):
        mean = rng.choice((0, 10 ** rng.uniform(-3, 7)))
        found.append(tuple(mean + rng.gauss(0, 1) for _ in range(rng.choice(LENGTHS[1:]))))
    return found


def singles(rng):
    return [tuple(float(np.float32(t)) for t in x) for x in summands(rng)]


def lengths(rng):
    """Vectors of every size."""
    found = []
    for _ in range(1500):
        e, spread = rng.uniform(-900, 900), rng.choice((0.0, 5.0, 60.0))
        found.append(tuple(rng.gauss(0, 1) * 2 ** (e + rng.uniform(-spread, spread)) for _ in range(rng.choice(LENGTHS))))
    return found


# The truth: what the generators of the golden tables write.
TRUTH = {name: f for table in (functions, activations) for part in vars(table).values() if isinstance(part, dict)
         for name, (_, f, *_) in (part.items() if all(isinstance(v, tuple) and len(v) == 3 for v in part.values()) else ())}
for tables in (special.normal_tables, special.gamma_tables, special.incomplete_tables):
    TRUTH |= {name: f for name, f, *_ in tables()}


def row(name, points, *others, truth=None, **settings):
    return Row(name, points, truth or TRUTH[name], *others, **settings)


def erfinv(x):
    return mp.sign(x) * special.mp_erfinv(abs(x)) if x else x


def sp_logsumexp(x):
    return sp.logsumexp(x)


def lme(*x):
    with mp.extradps(20):
        return functions.mp_lse(*x) - mp.log(len(x))


def log_softmax(*x):
    with mp.extradps(20):
        return -mp.log1p(mp.fsum(mp.exp(a - x[0]) for a in x[1:]))


def halves(x):
    n = len(x) // 2
    return list(zip(x[:n], x[n:]))


def dot(*x):
    return mp.fsum(a * b for a, b in halves(x))


def mean(*x):
    return mp.fsum(x) / len(x)


def variance(*x):
    m = mean(*x)
    return mp.fsum((t - m) ** 2 for t in x) / len(x)


# Units of the second table.


def of_greatest(x, y):
    """Of the greater of the greatest score and the value; of the value if the greatest score is 0."""
    return EPSILON * (abs(y) if max(x) == 0 else max(abs(max(x)), abs(y)))


def of_sum(x, y):
    return 2 * EPSILON * abs(y) + len(x) * EPSILON**2 * mp.fsum(map(abs, x))


def of_dot(x, y):
    return 2 * EPSILON * abs(y) + len(x) * EPSILON**2 * mp.fsum(abs(mpf(a) * b) for a, b in halves(x))


def of_mean(x, y):
    return 2 * EPSILON * abs(y) + EPSILON**2 * mp.fsum(map(abs, x))


def of_variance(x, y):
    return EPSILON * (y + len(x) ** 2 * EPSILON * (y + mean(*map(mpf, x)) ** 2))


def of_single(_, y):
    """The distance of single-precision numbers at the truth, which is no subnormal one."""
    return mpf(2) ** (math.frexp(float(y))[1] - 24)


def of_logarithm(x, y):
    return ulp(x, y) * (1 + abs(mp.log(y)))


def of_tanh_gate(x, y):
    u = min(max(x[0], -40.0), 0.0)  # nothing happens beyond
    return ulp(x, y) * (3 - 4 * 1.5957691216057308 * u * (1 + 0.044715 * u**2))


def of_ln_beta(x, y):
    return EPSILON * max(abs(y), abs(mp.loggamma(min(x))), 1)


def of_digamma(x, y):
    return EPSILON * max(abs(y), mp.digamma(1 - mpf(x[0])), 1)


class Residual:
    """The distance of p from the probability of a quantile, in epsilon p (1 + kappa), of p and of the quantile.

    The condition kappa = q f(q) / p is the relative change of p by that of q. Where p is an exponential, its rounding
    may be counted too: epsilon p (1 + |ln p| + kappa).
    """

    def __init__(self, f, density, exponential=False):
        self.f, self.density, self.exponential = f, density, exponential

    def __call__(self, x, y):
        *shape, p = map(mpf, x)
        if not TINY <= y < math.inf or (len(shape) == 2 and y >= 1):
            return 0.0  # the quantile itself is no double
        y = mpf(y)
        own = p * (1 - mp.log(p)) if self.exponential else p
        return float(abs(self.f(*shape, y) - p) / (EPSILON * (own + y * self.density(*shape, y))))


inside_one = lambda x: abs(x) < 1
probable = lambda p: 0 < p < 1
positive = lambda *x: all(t > 0 for t in x)
negative = lambda x: x < 0
share = lambda *x: positive(*x) and x[-1] < 1
bounded = lambda low, high: lambda x: low <= x <= high
slow = {"rounds": 2, "worst": 5, "around": 20}
alpha = {"domain": lambda x, a: a > 0}

ROWS = [
    row("exp", and_more(between(-708, 709), between(-2, 2), small), np.exp, jnp.exp, truth=mp.exp, goal=1),
    row("exp_m1", and_more(between(-700, 709), between(-2, 2), small), np.expm1, jnp.expm1, truth=mp.expm1, goal=1),
    row("ln", and_more(above_zero, kinks(1.0)), np.log, jnp.log, truth=mp.log, goal=1, domain=positive),
    row("ln_1p", and_more(above_zero, between(-1, 1), small), np.log1p, jnp.log1p, truth=mp.log1p, goal=1, domain=lambda x: x > -1),
    row("tanh", and_more(between(-20, 20), between(-2, 2), small, kinks(0.55, -0.55, 1.0, -1.0, 22.0)), np.tanh, jnp.tanh, truth=mp.tanh, goal=2),
    row("sigmoid", line, sp.expit, jax.nn.sigmoid, goal=2),
    row("log_sigmoid", line, sp.log_expit, jax.nn.log_sigmoid, goal=2),
    row("softplus", line, lambda x: np.logaddexp(x, 0), jax.nn.softplus, goal=2),
    row("logit", and_more(unit, kinks(0.25, 0.5, 0.75, width=0.25)), sp.logit, js.logit, goal=2, domain=probable),
    row("log1mexp", lambda rng: [-abs(x) for x in and_more(line, kinks(math.log(2)))(rng)], None, lambda x: jax.nn.log1mexp(-x), goal=2, domain=negative),
    row("xlogy", products(0), sp.xlogy, js.xlogy, domain=lambda a, b: b > 0),
    row("xlog1py", products(-1), sp.xlog1py, js.xlog1py, domain=lambda a, b: b > -1),
    row("xlogx", and_more(above_zero, kinks(1.0, 0.36787944117144233, width=0.3)), lambda x: sp.xlogy(x, x), lambda x: js.xlogy(x, x), domain=positive),
    row("entr", and_more(above_zero, kinks(1.0, 0.36787944117144233, width=0.3)), sp.entr, js.entr, truth=lambda x: -x * mp.log(x), domain=positive),
    row("softplus_inverse", and_more(above_zero, kinks(0.4055, math.log(2), 1.0, width=0.4)), domain=positive),
    row("log_cosh", and_more(line, kinks(0.7, -0.7, width=0.7, n=1500)), None, lambda x: jnp.logaddexp(x, -x) - math.log(2)),
    row("silu", and_more(line, kinks(-700.0, -708.0, width=5)), lambda x: x * sp.expit(x), jax.nn.silu, goal=4),
    row("mish", and_more(line, kinks(-700.0, -708.0, width=5)), None, jax.nn.mish),
    row("gelu", and_more(between(-5, 5), kinks(0.0, -5.0, 5.0)), lambda x: x * sp.ndtr(x), lambda x: jax.nn.gelu(x, approximate=False), kind="−5 to 5", goal=4, domain=bounded(-5, 5), golden=bounded(-5, 5)),
    row("gelu", and_more(between(-38, 20), between(-38, -30), kinks(-37.5)), lambda x: x * sp.ndtr(x), lambda x: jax.nn.gelu(x, approximate=False), goal=8),
    row("gelu_tanh", and_more(between(-22, 20), between(-1, 1), small), None, jax.nn.gelu),
    row("elu", with_alpha(1.0, 0.1, 1.7), None, jax.nn.elu, **alpha),
    row("selu", and_more(line, kinks(0.0, -1.0)), None, jax.nn.selu),
    row("celu", with_alpha(0.1, 1.7, 3.0), None, jax.nn.celu, **alpha),
    row("hard_sigmoid", and_more(between(-7, 7), kinks(-3.0, 3.0)), None, jax.nn.hard_sigmoid),
    row("hard_swish", and_more(between(-7, 7), kinks(-3.0, 3.0, 0.0)), None, jax.nn.hard_swish),
    row("hard_tanh", and_more(between(-2, 2), kinks(-1.0, 1.0)), None, jax.nn.hard_tanh, truth=lambda x: min(max(x, -1), 1), rounds=0),
    row("softsign", and_more(line, kinks(0.0, 1.0, -1.0)), None, jax.nn.soft_sign),
    row("cbrt", and_more(line, lambda rng: signed(logarithmic(rng, -300, 300, 1500))), np.cbrt, jnp.cbrt),
    row("hypot", sides, np.hypot, jnp.hypot, goal=2),
    row("erf", and_more(between(-6, 6), small, kinks(*signed([0.84375, 1.25, 1 / 0.35]))), sp.erf, js.erf, goal=1),
    row("erfc", and_more(between(-6, 26.5), small, kinks(*signed([0.84375, 1.25, 1 / 0.35]))), sp.erfc, js.erfc, goal=3),
    row("erfinv", and_more(between(-1, 1), small, kinks(0.5, -0.5, width=0.2), lambda rng: [1 - x for x in logarithmic(rng, -15, 0, 400)]), sp.erfinv, js.erfinv, truth=erfinv, domain=inside_one, worst=5, around=30),
    row("erfcinv", and_more(unit, between(1, 2, 1000), kinks(0.5, 1.5, 1.0, width=0.2)), sp.erfcinv, domain=lambda p: 0 < p < 2, worst=5, around=30),
    row("normal_cdf", and_more(between(-5, 5), kinks(*signed([1.19, 1.77, 4.04]), 0.0)), sp.ndtr, js.ndtr, kind="−5 to 5", goal=4, domain=bounded(-5, 5), golden=bounded(-5, 5)),
    row("normal_cdf", and_more(between(-37.5, 10), kinks(-4.04, -37.0)), sp.ndtr, js.ndtr, goal=8),
    row("normal_ln_cdf", and_more(line, between(-40, 10), kinks(-5.0, 0.0)), sp.log_ndtr, js.log_ndtr),
    row("normal_quantile", and_more(unit, kinks(0.25, 0.5, 0.75, width=0.2)), sp.ndtri, js.ndtri, domain=probable, worst=5, around=30),
    row("gamma", and_more(between(0, 171), between(-20, 0), between(-170, 0, 500), kinks(*map(float, range(1, 12)), n=60)), sp.gamma, js.gamma, goal=10),
    row("ln_gamma", and_more(shapes, kinks(1.0, 2.0, 0.7316, 1.2316, 1.7316, 8.0)), sp.gammaln, js.gammaln, goal=4, domain=positive),
    row("digamma", and_more(shapes, kinks(1.4616321449683622, 1.0, 2.0, 10.0)), sp.digamma, js.digamma, goal=4, domain=positive, golden=positive),
    row("trigamma", and_more(shapes, kinks(1.0, 2.0, 12.0)), lambda x: sp.polygamma(1, x), lambda x: js.polygamma(1, x), domain=positive),
    row("trigamma", between(-20, 0, 1500), lambda x: sp.polygamma(1, x), lambda x: js.polygamma(1, x), kind="below 0", truth=lambda x: mp.psi(1, x), domain=negative, golden=None, table=False),
    row("polygamma", orders, sp.polygamma, lambda n, x: js.polygamma(n.astype(int), x), truth=lambda n, x: mp.psi(int(n), x), kind="orders 2 to 20", rounds=0),
    row("ln_factorial", lambda rng: [float(n) for n in range(2, 500)] + [float(int(x)) for x in logarithmic(rng, 2, 15, 1000)], lambda n: sp.gammaln(n + 1), lambda n: js.gammaln(n + 1), truth=lambda n: mp.loggamma(n + 1), rounds=0),
    row("ln_binomial", counts, lambda n, k: -sp.betaln(n - k + 1, k + 1) - np.log1p(n), lambda n, k: -js.betaln(n - k + 1, k + 1) - jnp.log1p(n), rounds=0),
    row("ln_beta", shape_pairs, sp.betaln, js.betaln, domain=positive, **slow),
    row("gamma_p", gamma_draws(-2, 3, 1000), sp.gammainc, js.gammainc, goal=450, golden=None, domain=positive, **slow),
    row("gamma_p", gamma_draws(3, 8, 300), sp.gammainc, js.gammainc, kind="shapes 1e3 to 1e8", goal=45036, golden=None, rounds=0),
    row("gamma_p", lambda rng: [], sp.gammainc, js.gammainc, kind="tails, any shape", rounds=0),
    row("gamma_q", gamma_draws(-2, 3, 1000), sp.gammaincc, js.gammaincc, goal=450, golden=None, domain=positive, **slow),
    row("gamma_q", gamma_draws(3, 8, 300), sp.gammaincc, js.gammaincc, kind="shapes 1e3 to 1e8", goal=45036, golden=None, rounds=0),
    row("gamma_q", lambda rng: [], sp.gammaincc, js.gammaincc, kind="tails, any shape", rounds=0),
    row("beta_regularized", beta_draws(-2, 3, 1000), sp.betainc, js.betainc, goal=450, golden=None, domain=share, **slow),
    row("beta_regularized", beta_draws(3, 8, 300), sp.betainc, js.betainc, kind="shapes 1e3 to 1e8", goal=45036, golden=None, rounds=0),
    row("beta_regularized", beta_draws(-3, 8, 300), sp.betainc, js.betainc, kind="shapes 1e-3 to 1e8", goal=45036, golden=None, rounds=0),
    row("beta_regularized", lambda rng: [], sp.betainc, js.betainc, kind="tails, any shape", rounds=0),
    row("gamma_p_inverse", gamma_quantiles(400), sp.gammaincinv, golden=None, rounds=0),
    row("gamma_p_inverse", lambda rng: [], sp.gammaincinv, kind="any shape", rounds=0),
    row("gamma_q_inverse", gamma_quantiles(400), sp.gammainccinv, golden=None, rounds=0),
    row("gamma_q_inverse", lambda rng: [], sp.gammainccinv, kind="any shape", rounds=0),
    row("beta_regularized_inverse", beta_quantiles(400), sp.betaincinv, golden=None, rounds=0),
    row("beta_regularized_inverse", lambda rng: [], sp.betaincinv, kind="any shape", rounds=0),
]

greatest, ragged = "ε max(\\|max x\\|, \\|y\\|)", {"ragged": True, "table": False, "rounds": 0, "golden": None}
logarithm = {"unit": of_logarithm, "measured_in": "ULP (1 + \\|ln y\\|)", "table": False, **slow}
settings = {"table": False, "goal": 4, "truth": lambda *x: mpf(x[-1]), "rounds": 2, "worst": 5, "around": 20}
RESIDUALS = [
    row(name, draws, peer, unit=Residual(f, density, exponential), kind=kind, measured_in=told, golden=domain, domain=domain, **settings)
    for name, draws, peer, f, density in (
        ("gamma_p_inverse", and_more(gamma_quantiles(800), gamma_quantiles(300, 8)), sp.gammaincinv, special.mp_gamma_p, special.gamma_density),
        ("gamma_q_inverse", and_more(gamma_quantiles(800), gamma_quantiles(300, 8)), sp.gammainccinv, special.mp_gamma_q, special.gamma_density),
        ("beta_regularized_inverse", and_more(beta_quantiles(800), beta_quantiles(300, 8)), sp.betaincinv, special.mp_beta_p, special.beta_density),
    )
    for exponential, kind, told, domain in (
        (False, "p from 1e-3", "residual, ε p (1 + κ)", common),
        (True, "", "residual, ε p (1 + \\|ln p\\| + κ)", share),
    )
]

SCALED = [
    row("log_sum_exp", scores(), sp_logsumexp, jax.nn.logsumexp, truth=functions.mp_lse, unit=of_greatest, measured_in=greatest, goal=4, **ragged),
    row("log_sum_exp", scores(None), sp_logsumexp, jax.nn.logsumexp, truth=functions.mp_lse, unit=of_greatest, measured_in="ε \\|y\\|", kind="max x = 0", goal=8, **ragged),
    row("log_sum_exp", near_zero, sp_logsumexp, jax.nn.logsumexp, truth=functions.mp_lse, unit=of_greatest, measured_in=greatest, kind="y near 0", goal=4, **ragged),
    row("log_mean_exp", and_more(scores(), near_zero), lambda x: sp.logsumexp(x, b=1 / len(x)), lambda x: jax.nn.logsumexp(x) - math.log(len(x)), truth=lme, unit=of_greatest, measured_in=greatest, goal=4, **ragged),
    row("softmax", scores(), lambda x: sp.softmax(x)[0], lambda x: jax.nn.softmax(x)[0], truth=functions.mp_softmax, unit=lambda x, y: ulp(x, y) * (4 + max(x) - x[0]), measured_in="ULP (4 + max x − x₀)", goal=1, **ragged),
    row("log_softmax", scores(), lambda x: sp.log_softmax(x)[0], lambda x: jax.nn.log_softmax(x)[0], truth=log_softmax, measured_in="ULP", **ragged),
    row("pairwise_sum", summands, np.sum, jnp.sum, truth=lambda *x: mp.fsum(x), unit=lambda x, _: EPSILON * mp.fsum(map(abs, x)), measured_in="ε Σ\\|x\\|", **ragged),
    row("compensated_sum", summands, np.sum, jnp.sum, truth=lambda *x: mp.fsum(x), unit=of_sum, measured_in="2 ε \\|y\\| + n ε² Σ\\|x\\|", goal=1, **ragged),
    row("compensated_sum_f32", singles, lambda x: np.sum(x.astype(np.float32)), lambda x: jnp.sum(x.astype(np.float32)), truth=lambda *x: mp.fsum(x), unit=of_single, measured_in="single-precision ULP", goal=0.5001, **ragged),
    row("compensated_dot", summands, lambda x: np.dot(x[: len(x) // 2], x[len(x) // 2 :]), lambda x: jnp.dot(x[: len(x) // 2], x[len(x) // 2 :]), truth=dot, unit=of_dot, measured_in="2 ε \\|y\\| + n ε² Σ\\|a b\\|", goal=1, **ragged),
    row("mean", summands, np.mean, jnp.mean, truth=mean, unit=of_mean, measured_in="2 ε \\|y\\| + ε² Σ\\|x\\|", goal=1, **ragged),
    row("variance", shifted, np.var, jnp.var, truth=variance, unit=of_variance, measured_in="ε y (1 + n² ε κ²)", **ragged),
    row("norm2", lengths, np.linalg.norm, jnp.linalg.norm, truth=lambda *x: mp.sqrt(mp.fsum(t * t for t in x)), measured_in="ULP", goal=2, **ragged),
    row("logaddexp", and_more(pairs, lambda rng: [(0.0, -rng.uniform(0, 40)) for _ in range(500)]), np.logaddexp, jnp.logaddexp, unit=of_greatest, measured_in=greatest, goal=4),
    row("logsubexp", ordered_pairs, unit=of_greatest, measured_in=greatest, domain=lambda a, b: a > b),
    row("gelu_tanh", and_more(between(-22, 20), between(-1, 1), small), None, jax.nn.gelu, unit=of_tanh_gate, measured_in="ULP (3 + 4 \\|2u\\|), x < 0; 3 ULP", goal=1),
    row("ln_gamma", between(-20, 0), sp.gammaln, js.gammaln, kind="below 0", truth=lambda x: mp.re(mp.loggamma(x)), unit=lambda _, y: EPSILON * max(1, abs(y)), measured_in="ε max(1, \\|y\\|)", domain=negative, golden=None, table=False),
    row("digamma", between(-20, 0), sp.digamma, js.digamma, kind="below 0", unit=of_digamma, measured_in="ε max(1, ψ(1 − x), \\|y\\|)", goal=4, domain=negative, golden=negative),
    row("ln_beta", shape_pairs, sp.betaln, js.betaln, unit=of_ln_beta, measured_in="ε max(1, \\|ln Γ(min)\\|, \\|y\\|)", domain=positive, **slow),
    row("gamma_p", and_more(gamma_draws(-2, 3, 500), gamma_draws(3, 8, 200)), sp.gammainc, js.gammainc, domain=positive, **logarithm),
    row("gamma_q", and_more(gamma_draws(-2, 3, 500), gamma_draws(3, 8, 200)), sp.gammaincc, js.gammaincc, domain=positive, **logarithm),
    row("beta_regularized", and_more(beta_draws(-2, 3, 500), beta_draws(3, 8, 200)), sp.betainc, js.betainc, domain=share, **logarithm),
    *RESIDUALS,
]
