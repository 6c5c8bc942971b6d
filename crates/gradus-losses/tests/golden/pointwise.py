"""Golden tables of the losses of one number: run `python pointwise.py` beside the tables.

pip install mpmath==1.4.1 jax==0.10.2 optax==0.2.8 scikit-learn==1.9.1 scipy==1.17.1

Rows: class = loss, x0 = prediction, x1 = target, x2 = setting, y = value (pointwise.csv) or slope
(pointwise_slope.csv). A row is accepted only if mpmath at 50 and at 100 digits rounds to the same double. src = 2 where
a second source agrees within its own rounding: for values optax, scikit-learn or SciPy, which have no Tukey and no
positive weight (src = 1); for slopes the numerical derivative of the value by mpmath. Disagreement aborts.
"""

import hashlib
import random
import struct
import sys
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
import optax
from mpmath import mp, mpf
from scipy.optimize._lsq.least_squares import cauchy
from sklearn import metrics

random.seed(10)


def softplus(x):
    return mp.log1p(mp.exp(x))


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def sign(x):
    return mpf((x > 0) - (x < 0))


# value(p, y, s), slope(p, y, s)
HUBER = (
    lambda p, y, d: (p - y) ** 2 / 2 if abs(p - y) <= d else d * (abs(p - y) - d / 2),
    lambda p, y, d: max(-d, min(p - y, d)),
)
SMOOTH_L1 = (
    lambda p, y, b: (p - y) ** 2 / (2 * b) if abs(p - y) < b else abs(p - y) - b / 2,
    lambda p, y, b: max(mpf(-1), min((p - y) / b, mpf(1))),
)
LOG_COSH = (lambda p, y, _: mp.log(mp.cosh(p - y)), lambda p, y, _: mp.tanh(p - y))
PINBALL = (
    lambda p, y, t: max(t * (y - p), (1 - t) * (p - y)),
    lambda p, y, t: 1 - t if p > y else -t,
)
SQUARED_LOG = (
    lambda p, y, _: (mp.log1p(p) - mp.log1p(y)) ** 2,
    lambda p, y, _: 2 * (mp.log1p(p) - mp.log1p(y)) / (1 + p),
)
PERCENTAGE = (lambda p, y, _: abs(p - y) / abs(y), lambda p, y, _: sign(p - y) / abs(y))
CAUCHY = (
    lambda p, y, c: c**2 / 2 * mp.log1p(((p - y) / c) ** 2),
    lambda p, y, c: (p - y) / (1 + ((p - y) / c) ** 2),
)
TUKEY = (
    lambda p, y, c: c**2 / 6 * (1 - max(mpf(0), 1 - ((p - y) / c) ** 2) ** 3),
    lambda p, y, c: (p - y) * max(mpf(0), 1 - ((p - y) / c) ** 2) ** 2,
)
POISSON = (lambda z, y, _: mp.exp(z) - y * z, lambda z, y, _: mp.exp(z) - y)


def tweedie(mu, y, p):
    if p == 1:
        return 2 * ((y * mp.log(y / mu) if y else 0) - y + mu)
    if p == 2:
        return 2 * (mp.log(mu / y) + y / mu - 1)
    return 2 * (
        y ** (2 - p) / ((1 - p) * (2 - p)) - y * mu ** (1 - p) / (1 - p) + mu ** (2 - p) / (2 - p)
    )


TWEEDIE = (tweedie, lambda mu, y, p: 2 * (mu - y) / mu**p)
FOCAL = (
    lambda z, y, g: y * sigmoid(-z) ** g * softplus(-z) + (1 - y) * sigmoid(z) ** g * softplus(z),
    lambda z, y, g: (1 if y == 0 else -1)
    * sigmoid(-z if y else z) ** g
    * (g * sigmoid(z if y else -z) * softplus(-z if y else z) + sigmoid(-z if y else z)),
)
POSITIVE = (
    lambda z, y, w: w * y * softplus(-z) + (1 - y) * softplus(z),
    lambda z, y, w: (1 - y) * sigmoid(z) - w * y * sigmoid(-z),
)


def by_scipy(p, y, c):
    """The cost that SciPy gives one residual: half of c² ρ((e / c)²)."""
    z = np.array([((p - y) / c) ** 2])
    rho = np.empty((3, 1))
    cauchy(z, rho, cost_only=True)
    return 0.5 * c**2 * rho[0, 0]


def by_sklearn(metric, **settings):
    return lambda p, y, s: metric([y], [p], **{k: s for k in settings})


def errors():
    edges = [(1.0, 1.0), (0.0, 1e-300), (1e-9, 0.0), (3.0, 1.0), (1.0, 3.0), (-1e4, 1e4), (1e8 + 1, 1e8)]
    return edges + [(random.uniform(-9, 9), random.uniform(-9, 9)) for _ in range(12)]


def positive():
    edges = [(1.0, 2.0), (1e-3, 1e3), (1e3, 1e-3), (1 + 1e-8, 1.0), (5.0, 5.0)]
    return edges + [(10 ** random.uniform(-2, 2), 10 ** random.uniform(-2, 2)) for _ in range(12)]


def counts():
    return [(random.uniform(-5, 5), float(random.randint(0, 9))) for _ in range(12)] + [(-700.0, 0.0), (0.0, 1.0)]


def answers():
    z = [0.0, 1.0, -1.0, 40.0, -40.0, 700.0, -700.0, 1e-9] + [random.uniform(-9, 9) for _ in range(8)]
    return [(z, y) for z in z for y in (0.0, 1.0)]


def optax_focal(z, y, gamma):
    return optax.sigmoid_focal_loss(jnp.float64(z), jnp.float64(y), gamma=gamma)


# class: (value, slope), settings, points, second source, largest error in ULP
LOSSES = {
    "huber": (HUBER, [1.0, 0.25], errors(), lambda p, y, d: optax.huber_loss(jnp.float64(p), jnp.float64(y), delta=d), 4),
    "smooth_l1": (SMOOTH_L1, [1.0, 0.25], errors(), lambda p, y, b: optax.huber_loss(jnp.float64(p), jnp.float64(y), delta=b) / b, 4),
    "log_cosh": (LOG_COSH, [0.0], errors(), lambda p, y, _: optax.log_cosh(jnp.float64(p), jnp.float64(y)), 6),
    "pinball": (PINBALL, [0.5, 0.9], errors(), by_sklearn(metrics.mean_pinball_loss, alpha=0), 4),
    "squared_logarithmic_error": (
        SQUARED_LOG, [0.0], positive(), lambda p, y, _: metrics.mean_squared_log_error([y], [p]), 8,
    ),
    "absolute_percentage_error": (
        PERCENTAGE, [0.0], positive(), lambda p, y, _: metrics.mean_absolute_percentage_error([y], [p]), 3,
    ),
    "cauchy": (CAUCHY, [1.0, 3.0], errors(), by_scipy, 8),
    "tukey": (TUKEY, [4.685, 1.5], errors(), None, 16),
    "poisson": (POISSON, [0.0], counts(), None, 64),
    "tweedie_1": (TWEEDIE, [1.0], positive(), lambda p, y, s: metrics.mean_tweedie_deviance([y], [p], power=s), 16),
    "tweedie_2": (TWEEDIE, [2.0], positive(), lambda p, y, s: metrics.mean_tweedie_deviance([y], [p], power=s), 16),
    "focal": (FOCAL, [2.0, 0.5], answers(), optax_focal, 16),
    "positive_weighted": (POSITIVE, [3.0], answers(), None, 4),
}


def by_mpmath(f, x):
    rounded = []
    for digits in (50, 100):
        with mp.workdps(digits + 700):  # 1 + exp(-700) needs more digits than it gives
            rounded.append(float(f(*map(mpf, x))))
    if rounded[0] != rounded[1]:
        sys.exit(f"50 and 100 digits disagree at {x}: {rounded}")
    return rounded[0]


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def row(name, x, y, ulp, src, what):
    shown = " ".join(f"{x:.6g}" for x in x)
    return ",".join([name, *map(bits, x), bits(y), str(ulp), str(src)]) + f",{what}({shown}) = {y:.17g}"


def main():
    values, slopes = [], []
    for name, ((value, slope), settings, points, second, ulp) in LOSSES.items():
        for s in settings:
            for p, y in points:
                x = (p, y, s)
                v, d = by_mpmath(value, x), by_mpmath(slope, x)
                src = 1
                if second:
                    other, scale = float(second(p, y, s)), max(1e-2, abs(v), abs(p), abs(y))
                    # optax and scikit-learn subtract equal numbers near the target
                    if not abs(other - v) <= 1e-12 * scale:
                        sys.exit(f"{name}: second source says {other!r} at {x}, mpmath {v!r}")
                    src = 2
                with mp.workdps(800):
                    h = mpf(10) ** -300
                    f = lambda p: value(p, mpf(y), mpf(s))
                    numeric = float((f(mpf(p) + h) - f(mpf(p) - h)) / (2 * h))
                kink = p == y and name in ("pinball", "absolute_percentage_error")
                if not kink and not abs(numeric - d) <= 1e-15 * max(1.0, abs(d)):
                    sys.exit(f"{name}: numerical slope {numeric!r} at {x}, formula {d!r}")
                values.append(row(name, x, v, ulp, src, name))
                if not kink:
                    slopes.append(row(name, x, d, ulp, 2, f"{name}'"))
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    for file, rows in (("pointwise", values), ("pointwise_slope", slopes)):
        head = [f"# generated by tests/golden/pointwise.py, SHA-256 {digest}", "class,x0,x1,x2,y,max_ulp,src,comment"]
        Path(__file__).with_name(f"{file}.csv").write_text("\n".join(head + rows) + "\n")


main()
