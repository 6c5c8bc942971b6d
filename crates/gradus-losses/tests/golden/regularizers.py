"""Golden table of regularizers of vectors: run `python regularizers.py` beside the tables.

pip install mpmath==1.4.1 jax==0.10.2

Rows: class = regularizer, x0 to x4 = parameters, x5 and x6 = settings, x7 = step, x8 = component of the gradient, 5 and more of it for
the proximal map, or -1 for the value. A row is accepted only if mpmath at 50 and at 100 digits rounds to the same double and a second
source agrees: for values the formula in JAX, for slopes JAX's derivative of it, for proximal maps the minimizer of
R(z) + |z - w|^2 / 2t, found by bisection of JAX's derivative along each coordinate, or along w for a group. Disagreement aborts.
"""

import hashlib
import random
import struct
import sys
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
from mpmath import mp, mpf

random.seed(5)
N = 5
SIZE = 2  # of a group; the last one is shorter
GROUPS = [(0, 1), (2, 3), (4,)]


def soft(w, by):
    return mp.sign(w) * max(abs(w) - by, 0)


def group_norm(w, g):
    return mp.sqrt(mp.fsum(w[i] ** 2 for i in g))


def group_prox(w, lam, _, t):
    out = [mpf(0)] * N
    for g in GROUPS:
        length = group_norm(w, g)
        for i in g:
            out[i] = w[i] * max(0, 1 - t * lam * mp.sqrt(len(g)) / length)
    return out


MPMATH = {
    "l1": (lambda w, lam, _: lam * mp.fsum(map(abs, w)), lambda w, lam, _, t: [soft(x, t * lam) for x in w]),
    "l2": (lambda w, lam, _: lam / 2 * mp.fsum(x * x for x in w), lambda w, lam, _, t: [x / (1 + t * lam) for x in w]),
    "elastic_net": (
        lambda w, a, b: a * mp.fsum(map(abs, w)) + b / 2 * mp.fsum(x * x for x in w),
        lambda w, a, b, t: [soft(x, t * a) / (1 + t * b) for x in w],
    ),
    "group_lasso": (
        lambda w, lam, _: lam * mp.fsum(mp.sqrt(len(g)) * group_norm(w, g) for g in GROUPS),
        group_prox,
    ),
}


def length(x):
    """The norm, whose slope at 0 is 0."""
    square = jnp.vdot(x, x)
    return jnp.where(square > 0, jnp.sqrt(jnp.where(square > 0, square, 1.0)), 0.0)


JAX = {
    "l1": lambda w, lam, _: lam * jnp.sum(jnp.abs(w)),
    "l2": lambda w, lam, _: lam / 2 * jnp.vdot(w, w),
    "elastic_net": lambda w, a, b: a * jnp.sum(jnp.abs(w)) + b / 2 * jnp.vdot(w, w),
    "group_lasso": lambda w, lam, _: lam * sum(len(g) ** 0.5 * length(w[jnp.array(g)]) for g in GROUPS),
}
SETTINGS = {"l1": (0.7, 0.0), "l2": (0.7, 0.0), "elastic_net": (0.6, 0.3), "group_lasso": (0.6, float(SIZE))}


def minimizer(name, w, settings, t):
    """Along each group the minimizer is w times a share in [0, 1]: where the slope in the share changes sign."""
    groups = GROUPS if name == "group_lasso" else [(i,) for i in range(N)]
    # ½|z − w|² of z = share · w, in which nothing cancels
    of = jax.jit(lambda share, w: JAX[name](share * w, *settings) + (share - 1) ** 2 * jnp.vdot(w, w) / (2 * t))
    slope, z = jax.jit(jax.grad(of)), [0.0] * N
    for g in groups:
        part = jnp.array([w[i] if i in g else 0.0 for i in range(N)])
        low, high = 0.0, 1.0
        for _ in range(70):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle, part) < 0 else (low, middle)
        for i in g:
            z[i] = (low + high) / 2 * w[i]
    return z


def slope(f, w, settings, k):
    with mp.workdps(mp.dps * 3):
        h = mpf(10) ** (-mp.dps // 3)
        moved = lambda h: [x + h * (i == k) for i, x in enumerate(w)]
        return (f(moved(h), *settings) - f(moved(-h), *settings)) / (2 * h)


def by_mpmath(name, w, settings, t, k):
    value, prox = MPMATH[name]
    rounded = []
    for digits in (50, 100):
        with mp.workdps(digits):
            w, settings = [mpf(x) for x in w], [mpf(x) for x in settings]
            if k < 0:
                y = value(w, *settings)
            elif k < N:
                y = slope(value, w, settings, k)
            else:
                y = prox(w, *settings, mpf(t))[k - N]
            rounded.append(float(y))
    if rounded[0] != rounded[1]:
        sys.exit(f"50 and 100 digits disagree at {name}, {w}, {k}: {rounded}")
    return rounded[0]


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def main():
    rows = []
    for name, settings in SETTINGS.items():
        for t in (0.5, 2.0):
            for _ in range(4):
                w = [random.uniform(-3, 3) for _ in range(N)]
                array = jnp.array(w)
                second = [JAX[name](array, *settings), *jax.grad(JAX[name])(array, *settings), *minimizer(name, w, settings, t)]
                for k in range(-1, 2 * N):
                    y, other = by_mpmath(name, w, settings, t, k), float(second[k + 1])
                    if not abs(y - other) <= 8e-15 * max(1.0, abs(y)):
                        sys.exit(f"{name}: {other!r} at {w}, {t}, {k}, mpmath {y!r}")
                    inputs = [*w, *settings, t, float(k)]
                    shown = " ".join(f"{x:.6g}" for x in inputs)
                    rows.append(",".join([name, *map(bits, inputs), bits(y), "4", "2"]) + f",{name}({shown}) = {y:.17g}")
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    head = [f"# generated by tests/golden/regularizers.py, SHA-256 {digest}", "class," + ",".join(f"x{i}" for i in range(9)) + ",y,max_ulp,src,comment"]
    Path(__file__).with_name("regularizers.csv").write_text("\n".join(head + rows) + "\n")
    print(len(rows), "rows")


main()
