"""Golden table of losses of several entries: run `python classes.py` beside the tables.

pip install mpmath==1.4.1 jax==0.10.2 optax==0.2.8

Rows: class = loss, x0 to x2 = prediction, x3 to x5 = target, x6 = setting, x7 = component of the gradient, or -1 for the value.
A row is accepted only if mpmath at 50 and at 100 digits rounds to the same double and JAX in double precision agrees: for
values optax where it has the loss (poly-1, ListNet as a softmax cross-entropy, the cosine distance, the penalty on confidence as a divergence), else the formula by JAX's
own log-softmax, and for sparsemax a bisection; for slopes JAX's derivative of these. Disagreement aborts.
"""

import hashlib
import random
import struct
import sys
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import optax
from mpmath import mp, mpf

random.seed(14)


def softmax(z):
    e = [mp.exp(x - max(z)) for x in z]
    return [x / mp.fsum(e) for x in e]


def dot(a, b):
    return mp.fsum(x * y for x, y in zip(a, b))


def of_truth(phi):
    return lambda z, q, s: mp.fsum(q * phi(p, s) for p, q in zip(softmax(z), q) if q)


def nearest(z):
    """Sparsemax by sorting (Martins and Astudillo, algorithm 1)."""
    ordered, sums = sorted(z, reverse=True), 0
    for k, x in enumerate(ordered, 1):
        sums += x
        if 1 + k * x > sums:
            tau = (sums - 1) / k
    return [max(x - tau, mpf(0)) for x in z]


def sparsemax(z, q, _):
    p = nearest(z)
    return (dot([a - b for a, b in zip(q, z)], [a - b for a, b in zip(q, z)])
            - dot([a - b for a, b in zip(p, z)], [a - b for a, b in zip(p, z)])) / 2


def cosine(p, y, _):
    return 1 - dot(p, y) / mp.sqrt(dot(p, p) * dot(y, y))


MPMATH = {
    "generalized": of_truth(lambda p, k: (1 - p**k) / k),
    "poly": of_truth(lambda p, e: -mp.log(p) + e * (1 - p)),
    "focal": of_truth(lambda p, g: -((1 - p) ** g) * mp.log(p)),
    "sparsemax": sparsemax,
    "list_net": lambda z, y, _: -dot(softmax(y), [mp.log(p) for p in softmax(z)]),
    "cosine": cosine,
    "penalty": lambda z, q, b: of_truth(lambda p, _: -mp.log(p))(z, q, b) + b * dot(softmax(z), [mp.log(3 * p) for p in softmax(z)]),
}


def sparsemax_by_jax(z, q, _):
    low, high = jnp.max(z) - 1, jnp.max(z)
    for _ in range(60):
        middle = (low + high) / 2
        enough = jnp.sum(jnp.maximum(z - middle, 0)) > 1
        low, high = jnp.where(enough, middle, low), jnp.where(enough, high, middle)
    p = jax.lax.stop_gradient(jnp.maximum(z - low, 0))  # the envelope theorem: p is the minimizer
    return (jnp.sum((q - z) ** 2) - jnp.sum((p - z) ** 2)) / 2


JAX = {
    "generalized": lambda z, q, k: jnp.sum(q * -jnp.expm1(k * jax.nn.log_softmax(z)) / k),
    "poly": lambda z, q, e: optax.losses.poly_loss_cross_entropy(z, q, epsilon=e),
    "focal": lambda z, q, g: jnp.sum(-q * (1 - jax.nn.softmax(z)) ** g * jax.nn.log_softmax(z)),
    "sparsemax": sparsemax_by_jax,
    "list_net": lambda z, y, _: optax.losses.softmax_cross_entropy(z, jax.nn.softmax(y)),
    "cosine": lambda p, y, _: optax.losses.cosine_distance(p, y),
    "penalty": lambda z, q, b: optax.losses.softmax_cross_entropy(z, q)
    + b * optax.losses.kl_divergence_with_log_targets(jnp.full(3, -jnp.log(3.0)), jax.nn.log_softmax(z)),
}
SETTINGS = {"generalized": [0.7, 1e-3, 1.0], "poly": [1.0, -0.5], "focal": [2.0, 0.5], "penalty": [0.7, -0.3]}


def points(name):
    spread = lambda a: [random.uniform(-a, a) for _ in range(3)]
    if name in ("list_net", "cosine"):
        return [(spread(3), spread(3)) for _ in range(10)]
    one_hot = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    soft = [0.5, 0.25, 0.25]
    return [(spread(3), one_hot[k % 3]) for k in range(6)] + [(spread(1), soft) for _ in range(4)]


def slope(f, z, q, s, k):
    with mp.workdps(mp.dps * 3):
        h = mpf(10) ** (-mp.dps // 3)
        moved = lambda h: [x + h * (i == k) for i, x in enumerate(z)]
        return (f(moved(h), q, s) - f(moved(-h), q, s)) / (2 * h)


def by_mpmath(f, z, q, s, k):
    rounded = []
    for digits in (50, 100):
        with mp.workdps(digits):
            x = [mpf(x) for x in z], [mpf(x) for x in q], mpf(s)
            y = f(*x) if k < 0 else slope(f, *x, k)
            rounded.append(float(y) if abs(y) > mpf(10) ** -30 else 0.0)  # the error of the difference
    if rounded[0] != rounded[1]:
        sys.exit(f"50 and 100 digits disagree at {z}, {q}, {s}, {k}: {rounded}")
    return rounded[0]


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def main():
    rows = []
    for name, f in MPMATH.items():
        for s in SETTINGS.get(name, [0.0]):
            for z, q in points(name):
                arrays = jnp.array(z), jnp.array(q), s
                second = [float(JAX[name](*arrays)), *map(float, jax.grad(JAX[name])(*arrays))]
                for k in range(-1, 3):
                    y, other = by_mpmath(f, z, q, s, k), second[k + 1]
                    if not abs(y - other) <= 1e-14 * max(1.0, abs(y)):
                        sys.exit(f"{name}: JAX says {other!r} at {z}, {q}, {s}, {k}, mpmath {y!r}")
                    x = [*z, *q, s, float(k)]
                    shown = " ".join(f"{x:.6g}" for x in x)
                    rows.append(",".join([name, *map(bits, x), bits(y), "8", "2"]) + f",{name}({shown}) = {y:.17g}")
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    head = [f"# generated by tests/golden/classes.py, SHA-256 {digest}", "class,x0,x1,x2,x3,x4,x5,x6,x7,y,max_ulp,src,comment"]
    Path(__file__).with_name("classes.csv").write_text("\n".join(head + rows) + "\n")
    print(len(rows), "rows")


main()
