"""Golden table of losses that compare columns: run `python comparisons.py` beside the tables.

pip install mpmath==1.4.1 jax==0.10.2 optax==0.2.8

Rows: class = loss, x0 to x7 = four columns of two numbers, x8 = setting, x9 = component of the gradient, or -1 for the value.
Pairs and triplets are those of `comparisons` in golden.rs. A row is accepted only if mpmath at 50 and at 100 digits rounds to the same double
and JAX in double precision agrees: optax where it has the loss (NT-Xent, whose partners are columns of one label and whose mean is over
columns; triplets), else the formula of the paper in JAX; for slopes JAX's derivative of these. Disagreement aborts.
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

random.seed(27)
PAIRS = [(0, 1, True), (2, 3, False), (0, 2, False)]
TRIPLETS = [(0, 1, 2), (3, 2, 0)]
SIDES = [(0, 2), (1, 3)]


def columns(x):
    return [x[0:2], x[2:4], x[4:6], x[6:8]]


def minus(a, b):
    return [a[0] - b[0], a[1] - b[1]]


def norm(a):
    return mp.sqrt(a[0] ** 2 + a[1] ** 2)


DISTANCES = {
    "euclidean": lambda a, b: norm(minus(a, b)),
    "squared": lambda a, b: norm(minus(a, b)) ** 2,
    "manhattan": lambda a, b: abs(a[0] - b[0]) + abs(a[1] - b[1]),
}


def contrastive(x, margin):
    c = columns(x)
    d = [(norm(minus(c[i], c[j])), same) for i, j, same in PAIRS]
    return mp.fsum(d**2 / 2 if same else max(0, margin - d) ** 2 / 2 for d, same in d)


def triplet(distance, nearer):
    def loss(x, margin):
        c, sum = columns(x), mpf(0)
        for a, p, n in TRIPLETS:
            far = distance(c[a], c[n])
            far = min(far, distance(c[p], c[n])) if nearer else far
            sum += max(0, distance(c[a], c[p]) - far + margin)
        return sum

    return loss


def nt_xent(across):
    def loss(x, temperature):
        c, sum = columns(x), mpf(0)
        s = [[(a[0] * b[0] + a[1] * b[1]) / norm(a) / norm(b) / temperature for b in c] for a in c]
        for left, right in SIDES:
            for i, j in ((left, right), (right, left)):
                rivals = [k for k in range(4) if k != i]
                if across:  # those that stand on the side of the partner
                    side = 1 if i == left else 0
                    rivals = [pair[side] for pair in SIDES]
                sum += mp.log(mp.fsum(mp.exp(s[i][k]) for k in rivals)) - s[i][j]
        return sum / 2

    return loss


MPMATH = {
    "contrastive": contrastive,
    "triplet": triplet(DISTANCES["euclidean"], False),
    "triplet_squared": triplet(DISTANCES["squared"], False),
    "triplet_manhattan": triplet(DISTANCES["manhattan"], False),
    "triplet_nearer": triplet(DISTANCES["euclidean"], True),
    "nt_xent": nt_xent(False),
    "nt_xent_across": nt_xent(True),
}


def contrastive_by_jax(x, margin):
    c = x.reshape(4, 2)
    i, j, same = (jnp.array(part) for part in zip(*PAIRS))
    d = jnp.linalg.norm(c[i] - c[j], axis=1)
    return jnp.sum(jnp.where(same, 0.5 * d**2, 0.5 * jnp.maximum(0, margin - d) ** 2))


def triplet_by_jax(order, power=1, nearer=False):
    def loss(x, margin):
        a, p, n = (x.reshape(4, 2)[jnp.array(part)] for part in zip(*TRIPLETS))
        if order == 2 and not nearer and power == 1:
            return jnp.sum(optax.losses.triplet_margin_loss(a, p, n, margin=margin, eps=0.0))
        size = lambda u: jnp.linalg.norm(u, ord=order, axis=1) ** power
        far = jnp.minimum(size(a - n), size(p - n)) if nearer else size(a - n)
        return jnp.sum(jnp.maximum(0, size(a - p) - far + margin))

    return loss


def nt_xent_by_optax(x, temperature):
    labels = jnp.array([0, 1, 0, 1])  # partners are SIDES
    return 2 * optax.losses.ntxent(x.reshape(4, 2), labels, temperature=temperature)  # a mean over pairs


def nt_xent_across_by_jax(x, temperature):
    c = x.reshape(4, 2)
    c = c / jnp.linalg.norm(c, axis=1, keepdims=True)
    left, right = (jnp.array(side) for side in zip(*SIDES))
    s = c[left] @ c[right].T / temperature
    each = optax.losses.softmax_cross_entropy_with_integer_labels
    return 0.5 * jnp.sum(each(s, jnp.arange(2)) + each(s.T, jnp.arange(2)))


JAX = {
    "contrastive": contrastive_by_jax,
    "triplet": triplet_by_jax(2),
    "triplet_squared": triplet_by_jax(2, power=2),
    "triplet_manhattan": triplet_by_jax(1),
    "triplet_nearer": triplet_by_jax(2, nearer=True),
    "nt_xent": nt_xent_by_optax,
    "nt_xent_across": nt_xent_across_by_jax,
}


def slope(f, x, s, k):
    with mp.workdps(mp.dps * 3):
        h = mpf(10) ** (-mp.dps // 3)
        moved = lambda h: [y + h * (i == k) for i, y in enumerate(x)]
        return (f(moved(h), s) - f(moved(-h), s)) / (2 * h)


def by_mpmath(f, x, s, k):
    rounded = []
    for digits in (50, 100):
        with mp.workdps(digits):
            at = [mpf(y) for y in x], mpf(s)
            y = f(*at) if k < 0 else slope(f, *at, k)
            rounded.append(float(y) if abs(y) > mpf(10) ** -30 else 0.0)  # the error of the difference
    if rounded[0] != rounded[1]:
        sys.exit(f"50 and 100 digits disagree at {x}, {s}, {k}: {rounded}")
    return rounded[0]


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', x))[0]:016x}"


def main():
    rows = []
    for name, f in MPMATH.items():
        for s in [0.5, 1.5] if "nt" in name[:2] or name == "contrastive" else [0.25, 2.0]:
            for _ in range(4):
                x = [random.uniform(-2, 2) for _ in range(8)]
                second = [float(JAX[name](jnp.array(x), s)), *map(float, jax.grad(JAX[name])(jnp.array(x), s))]
                for k in range(-1, 8):
                    y, other = by_mpmath(f, x, s, k), second[k + 1]
                    if not abs(y - other) <= 4e-15 * max(1.0, abs(y)):
                        sys.exit(f"{name}: JAX says {other!r} at {x}, {s}, {k}, mpmath {y!r}")
                    inputs = [*x, s, float(k)]
                    shown = " ".join(f"{x:.6g}" for x in inputs)
                    rows.append(",".join([name, *map(bits, inputs), bits(y), "8", "2"]) + f",{name}({shown}) = {y:.17g}")
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    head = [f"# generated by tests/golden/comparisons.py, SHA-256 {digest}", "class," + ",".join(f"x{i}" for i in range(10)) + ",y,max_ulp,src,comment"]
    Path(__file__).with_name("comparisons.csv").write_text("\n".join(head + rows) + "\n")
    print(len(rows), "rows")


main()
