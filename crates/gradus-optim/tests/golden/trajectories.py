"""Writes trajectories.csv: parameters along the way, by mpmath, checked against optax.

Gradient of the trajectories: g_i(t, x) = l_i x_i + d(t, i) with l = (1, 1/4) and the exact dyadic drive
d(t, i) = ((7 t + 3 i) mod 11 - 5) / 8; start x = (1, -2); t = 1, 2, ...

Rows: class = sentence, x0 = step t, x1 = index i, y = x_i after step t. The recurrences run at 50 and at
100 digits and must round to the same double. src = 2 where optax (double precision) agrees to 1e-12 (Prodigy
1e-10) of the larger of 1 and |x|, src = 1 where optax has no such option.

    pip install mpmath==1.4.1 jax==0.10.2 optax==0.2.8
    python trajectories.py
"""

import hashlib
import os
import struct

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import mpmath as mp
import optax
import optax.contrib
from optax.contrib import _sophia

STEPS = [1, 2, 5, 10, 100, 1000]
START = (1.0, -2.0)
CURVATURE = (1.0, 0.25)


def drive(t, i):
    return ((7 * t + 3 * i) % 11 - 5) / 8


def constant(rate):
    return lambda t: mp.mpf(rate)


def cosine(start, end, steps):
    start, end = mp.mpf(start), mp.mpf(end)
    return lambda t: end if t >= steps else end + (start - end) * (1 + mp.cos(mp.pi * t / steps)) / 2


def warm_up(start, steps, then):
    start = mp.mpf(start)
    return lambda t: then(t - steps) if t >= steps else start + (then(0) - start) * t / steps


def step_decay(start, factor, every):
    return lambda t: mp.mpf(start) * mp.mpf(factor) ** (t // every)


# The words: functions that make a function (t, x, u) -> u with its own memory.


def trace(mu, ahead=False):
    mu, v = mp.mpf(mu), [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        for i in range(2):
            v[i] = mu * v[i] + u[i]
        return [u[i] + mu * v[i] for i in range(2)] if ahead else list(v)

    return word


def adam(b1=0.9, b2=0.999, corrected=0.0, uncorrected=0.0, inside=0.0):
    b1, b2, corrected, uncorrected, inside = map(mp.mpf, (b1, b2, corrected, uncorrected, inside))
    m, v = [mp.mpf(0), mp.mpf(0)], [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        update = []
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            v[i] = b2 * v[i] + (1 - b2) * u[i] ** 2
            c1, c2 = 1 - b1**t, 1 - b2**t
            if uncorrected:
                update.append(m[i] / c1 * mp.sqrt(c2) / (mp.sqrt(v[i]) + uncorrected))
            else:
                update.append(m[i] / c1 / (mp.sqrt(v[i] / c2 + inside) + corrected))
        return update

    return word


def decayed(weight):
    return lambda t, x, u: [u[i] + mp.mpf(weight) * x[i] for i in range(2)]


def scale(factor):
    return lambda t, x, u: [mp.mpf(factor) * ui for ui in u]


def rate(schedule):
    return lambda t, x, u: [-schedule(t - 1) * ui for ui in u]


def clip_norm(c):
    def word(t, x, u):
        norm = mp.sqrt(u[0] ** 2 + u[1] ** 2)
        return [ui * min(1, mp.mpf(c) / norm) if norm else ui for ui in u]

    return word


def clip_value(c):
    return lambda t, x, u: [max(-mp.mpf(c), min(ui, mp.mpf(c))) for ui in u]


def rms(beta=0.9, inside=0.0, outside=0.0):
    beta, inside, outside, v = mp.mpf(beta), mp.mpf(inside), mp.mpf(outside), [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        for i in range(2):
            v[i] = beta * v[i] + (1 - beta) * u[i] ** 2
        return [u[i] / (mp.sqrt(v[i] + inside) + outside) for i in range(2)]

    return word


def adagrad(initial, epsilon=1e-30):
    s = [mp.mpf(initial), mp.mpf(initial)]

    def word(t, x, u):
        for i in range(2):
            s[i] += u[i] ** 2
        return [u[i] / (mp.sqrt(s[i]) + mp.mpf(epsilon)) for i in range(2)]

    return word


def moments(b1, b2):
    """m and v of Adam, for both entries."""
    b1, b2 = mp.mpf(b1), mp.mpf(b2)
    m, v = [mp.mpf(0), mp.mpf(0)], [mp.mpf(0), mp.mpf(0)]

    def step(u):
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            v[i] = b2 * v[i] + (1 - b2) * u[i] ** 2
        return m, v

    return b1, b2, step


def adadelta(rho=0.9, epsilon=1e-6):
    rho, epsilon = mp.mpf(rho), mp.mpf(epsilon)
    v, d = [mp.mpf(0), mp.mpf(0)], [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        update = []
        for i in range(2):
            v[i] = rho * v[i] + (1 - rho) * u[i] ** 2
            step = mp.sqrt(d[i] + epsilon) / mp.sqrt(v[i] + epsilon) * u[i]
            d[i] = rho * d[i] + (1 - rho) * step**2
            update.append(step)
        return update

    return word


def amsgrad(corrected, epsilon=1e-8):
    (b1, b2, step), most = moments(0.9, 0.999), [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        m, v = step(u)
        c1, c2 = 1 - b1**t, 1 - b2**t
        for i in range(2):
            most[i] = max(most[i], v[i] / c2 if corrected else v[i])
        return [m[i] / c1 / (mp.sqrt(most[i] / (1 if corrected else c2)) + mp.mpf(epsilon)) for i in range(2)]

    return word


def nadam(psi, epsilon=1e-8):
    b1, b2, step = moments(0.9, 0.999)
    mu = lambda t: b1 * (1 - mp.mpf(0.5) * mp.mpf(0.96) ** (mp.mpf(psi) * t)) if psi is not None else b1
    product = [mp.mpf(1)]

    def word(t, x, u):
        m, v = step(u)
        product[0] *= mu(t)
        of_m, of_g = mu(t + 1) / (1 - product[0] * mu(t + 1)), (1 - mu(t)) / (1 - product[0])
        c2 = 1 - b2**t
        return [(of_m * m[i] + of_g * u[i]) / (mp.sqrt(v[i] / c2) + mp.mpf(epsilon)) for i in range(2)]

    return word


def radam(epsilon=1e-8):
    b1, b2, step = moments(0.9, 0.999)

    def word(t, x, u):
        m, v = step(u)
        c1, c2, most = 1 - b1**t, 1 - b2**t, 2 / (1 - b2) - 1
        rho = most - 2 * t * b2**t / c2
        if rho <= 5:
            return [m[i] / c1 for i in range(2)]
        r = mp.sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho))
        return [r * m[i] / c1 / (mp.sqrt(v[i] / c2) + mp.mpf(epsilon)) for i in range(2)]

    return word


def adamax(epsilon=1e-8):
    (b1, b2, step), n = moments(0.9, 0.999), [mp.mpf(0), mp.mpf(0)]

    def word(t, x, u):
        m, _ = step(u)
        for i in range(2):
            n[i] = max(b2 * n[i], abs(u[i]) + mp.mpf(epsilon))
        return [m[i] / (1 - b1**t) / n[i] for i in range(2)]

    return word


def yogi(epsilon=1e-3, initial=1e-6):
    b1, b2 = mp.mpf(0.9), mp.mpf(0.999)
    m, v = [mp.mpf(initial)] * 2, [mp.mpf(initial)] * 2

    def word(t, x, u):
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            v[i] = v[i] - (1 - b2) * mp.sign(v[i] - u[i] ** 2) * u[i] ** 2
        return [m[i] / (1 - b1**t) / (mp.sqrt(v[i] / (1 - b2**t)) + mp.mpf(epsilon)) for i in range(2)]

    return word


def belief(epsilon=1e-16, floor=1e-16):
    b1, b2 = mp.mpf(0.9), mp.mpf(0.999)
    m, s = [mp.mpf(0)] * 2, [mp.mpf(0)] * 2

    def word(t, x, u):
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            s[i] = b2 * s[i] + (1 - b2) * (u[i] - m[i]) ** 2 + mp.mpf(floor)
        return [m[i] / (1 - b1**t) / (mp.sqrt(s[i] / (1 - b2**t)) + mp.mpf(epsilon)) for i in range(2)]

    return word


def adan(epsilon=1e-8):
    b1, b2, b3 = mp.mpf(0.98), mp.mpf(0.92), mp.mpf(0.99)
    m, d, n, before = ([mp.mpf(0)] * 2 for _ in range(4))

    def word(t, x, u):
        update = []
        for i in range(2):
            change = u[i] - before[i] if t > 1 else mp.mpf(0)
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            d[i] = b2 * d[i] + (1 - b2) * change
            n[i] = b3 * n[i] + (1 - b3) * (u[i] + b2 * change) ** 2
            before[i] = u[i]
            ahead = m[i] / (1 - b1**t) + b2 * d[i] / (1 - b2**t)
            update.append(ahead / (mp.sqrt(n[i] / (1 - b3**t)) + mp.mpf(epsilon)))
        return update

    return word


def prodigy(first=1e-6, epsilon=1e-8):
    """By the formulas of the paper as optax has them: nothing is counted in units of d."""
    b1, b2, first = mp.mpf(0.9), mp.mpf(0.999), mp.mpf(first)
    b3 = mp.mpf(0.999**0.5)
    m, v, s = ([mp.mpf(0)] * 2 for _ in range(3))
    start, d, r = [mp.mpf(x) for x in START], [first], [mp.mpf(0)]

    def word(t, x, u):
        now = d[0]
        c = mp.sqrt(1 - b2**t) / (1 - b1**t)
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * now * u[i]
            v[i] = b2 * v[i] + (1 - b2) * (now * u[i]) ** 2
            s[i] = b3 * s[i] + now**2 * c / first * u[i]
        way = sum(u[i] * (start[i] - x[i]) for i in range(2))
        r[0] = b3 * r[0] + now**2 * c / first * way
        d[0] = max(now, r[0] / sum(abs(si) for si in s))
        return [now * c * m[i] / (mp.sqrt(v[i]) + d[0] * mp.mpf(epsilon)) for i in range(2)]

    return word


def estimate(t, i):
    """What Sophia is told of the curvature after the steps 1, 11, 21, …"""
    return CURVATURE[i] * (1 + drive(3 * t, i))


def sophia(corrected, b1=0.965, b2=0.99, gamma=0.5, epsilon=1e-12, rho=1.0):
    b1, b2, gamma, epsilon, rho = map(mp.mpf, (b1, b2, gamma, epsilon, rho))
    m, h = [mp.mpf(0)] * 2, [mp.mpf(0)] * 2

    def word(t, x, u):
        update = []
        for i in range(2):
            m[i] = b1 * m[i] + (1 - b1) * u[i]
            mean = m[i] / (1 - b1**t) if corrected else m[i]
            update.append(max(-rho, min(rho, mean / max(gamma * h[i], epsilon))))
            if t % 10 == 1:
                h[i] = b2 * h[i] + (1 - b2) * mp.mpf(estimate(t, i))
        return update

    return word


def sophia_of_optax():
    def update(u, count, params=None):
        t = 10 * count + 1
        told = [CURVATURE[i] * (1 + ((21 * t + 3 * i) % 11 - 5) / 8) for i in range(2)]
        return jnp.array(told), count + 1

    curvature = optax.GradientTransformation(lambda params: jnp.zeros([], jnp.int64), update)
    sophia = _sophia.scale_by_sophia(
        0.965, 0.99, 1e-12, 0.5, 1.0, 10, hessian_diagonal_fn=curvature
    )
    return optax.chain(sophia, optax.scale(-0.05))


def signs(t, x, u):
    return [mp.sign(ui) for ui in u]


def rprop(start, shrink, grow, shortest, longest):
    start, shrink, grow, shortest, longest = map(mp.mpf, (start, shrink, grow, shortest, longest))
    length, before = [start] * 2, [mp.mpf(0)] * 2

    def word(t, x, u):
        for i in range(2):
            turn = mp.sign(u[i]) * before[i]
            factor = grow if turn > 0 else shrink if turn < 0 else 1
            length[i] = min(max(length[i] * factor, shortest), longest)
            before[i] = mp.mpf(0) if turn < 0 else mp.sign(u[i])
        return [before[i] * length[i] for i in range(2)]

    return word


def trust(factor):
    def word(t, x, u):
        norm = lambda v: mp.sqrt(v[0] ** 2 + v[1] ** 2)
        ratio = norm(x) / norm(u) if norm(u) and norm(x) else 1
        return [mp.mpf(factor) * ratio * ui for ui in u]

    return word


E8 = 1e-8
WARM = lambda: warm_up(0.0, 20, cosine(0.05, 0.01, 500))
OPTAX_WARM = lambda: wide(
    optax.join_schedules(
        [optax.linear_schedule(0.0, 0.05, 20), optax.cosine_decay_schedule(0.05, 500, alpha=0.2)], [20]
    )
)


def wide(schedule):
    """optax divides its 32-bit counter in single precision; a 64-bit one keeps the rate in double."""
    return lambda count: schedule(count.astype(jnp.float64))


# name: (words by mpmath, the same sentence by optax or None)
SENTENCES = {
    "sgd": (lambda: [rate(constant(0.5))], lambda: optax.sgd(0.5)),
    "momentum": (lambda: [trace(0.9), rate(constant(0.25))], lambda: optax.sgd(0.25, momentum=0.9)),
    "nesterov": (
        lambda: [trace(0.9, True), rate(constant(0.25))],
        lambda: optax.sgd(0.25, momentum=0.9, nesterov=True),
    ),
    # the conventions of momentum: PyTorch's is above, here Keras's, with the rate inside of the sum, and that of a mean
    "momentum_of_steps": (
        lambda: [rate(cosine(0.25, 0.01, 200)), trace(0.9)],
        lambda: optax.chain(
            optax.scale_by_learning_rate(wide(optax.cosine_decay_schedule(0.25, 200, alpha=0.04))), optax.trace(0.9)
        ),
    ),
    "momentum_of_the_mean": (
        lambda: [scale(1 - mp.mpf(0.9)), trace(0.9), rate(constant(0.25))],
        lambda: optax.chain(optax.ema(0.9, debias=False), optax.scale(-0.25)),
    ),
    "rms": (
        lambda: [rms(outside=1e-3), rate(constant(0.05))],
        lambda: optax.rmsprop(0.05, decay=0.9, eps=1e-3, eps_in_sqrt=False),
    ),
    "rms_inside_root": (
        lambda: [rms(inside=1e-3), rate(constant(0.05))],
        lambda: optax.rmsprop(0.05, decay=0.9, eps=1e-3, eps_in_sqrt=True),
    ),
    # an epsilon so small that its place does not matter: optax has it inside of the root
    "adagrad_from_zero": (
        lambda: [adagrad(0), rate(constant(0.5))],
        lambda: optax.adagrad(0.5, initial_accumulator_value=0.0, eps=1e-60),
    ),
    "adagrad_from_a_tenth": (
        lambda: [adagrad(0.1), rate(constant(0.5))],
        lambda: optax.adagrad(0.5, initial_accumulator_value=0.1, eps=1e-60),
    ),
    "adam": (lambda: [adam(corrected=E8), rate(constant(0.05))], lambda: optax.adam(0.05)),
    "adam_uncorrected": (lambda: [adam(uncorrected=1e-2), rate(constant(0.05))], None),
    "adam_inside_root": (
        lambda: [adam(inside=1e-2), rate(constant(0.05))],
        lambda: optax.adam(0.05, eps=0.0, eps_root=1e-2),
    ),
    "adam_betas": (
        lambda: [adam(0.5, 0.75, corrected=1e-3), rate(constant(0.05))],
        lambda: optax.adam(0.05, b1=0.5, b2=0.75, eps=1e-3),
    ),
    "adam_w": (
        lambda: [adam(corrected=E8), decayed(0.1), rate(constant(0.05))],
        lambda: optax.adamw(0.05, weight_decay=0.1),
    ),
    "adam_w_paper": (
        lambda: [adam(corrected=E8), scale(0.05), decayed(0.01), rate(cosine(1.0, 0.5, 200))],
        lambda: optax.chain(
            optax.scale_by_adam(),
            optax.scale(0.05),
            optax.add_decayed_weights(0.01),
            optax.scale_by_learning_rate(wide(optax.cosine_decay_schedule(1.0, 200, alpha=0.5))),
        ),
    ),
    "l2_adam": (
        lambda: [decayed(0.1), adam(corrected=E8), rate(constant(0.05))],
        lambda: optax.chain(optax.add_decayed_weights(0.1), optax.adam(0.05)),
    ),
    "adam_warm_up_cosine": (
        lambda: [adam(corrected=E8), rate(WARM())],
        lambda: optax.adam(OPTAX_WARM()),
    ),
    "sgd_step_decay": (
        lambda: [rate(step_decay(0.5, 0.75, 10))],
        lambda: optax.sgd(wide(optax.exponential_decay(0.5, 10, 0.75, staircase=True))),
    ),
    "clip_norm": (
        lambda: [clip_norm(0.5), rate(constant(0.5))],
        lambda: optax.chain(optax.clip_by_global_norm(0.5), optax.sgd(0.5)),
    ),
    "adadelta": (lambda: [adadelta(), rate(constant(1.0))], lambda: optax.adadelta(1.0)),
    "amsgrad": (lambda: [amsgrad(False), rate(constant(0.05))], None),
    "amsgrad_corrected": (lambda: [amsgrad(True), rate(constant(0.05))], lambda: optax.amsgrad(0.05)),
    "nadam": (lambda: [nadam(0.004), rate(constant(0.05))], None),
    "nadam_constant": (lambda: [nadam(None), rate(constant(0.05))], lambda: optax.nadam(0.05)),
    "radam": (lambda: [radam(), rate(constant(0.05))], lambda: optax.radam(0.05)),
    "adamax": (lambda: [adamax(), rate(constant(0.05))], lambda: optax.adamax(0.05)),
    "yogi": (lambda: [yogi(), rate(constant(0.05))], lambda: optax.yogi(0.05)),
    "belief": (lambda: [belief(), rate(constant(0.05))], lambda: optax.adabelief(0.05)),
    "adan": (lambda: [adan(), rate(constant(0.05))], None),
    "prodigy": (lambda: [prodigy(), rate(constant(1.0))], lambda: optax.contrib.prodigy(1.0, beta3=0.999**0.5)),
    "sophia": (lambda: [sophia(False), rate(constant(0.05))], None),
    "sophia_corrected": (lambda: [sophia(True), rate(constant(0.05))], sophia_of_optax),
    "sign": (lambda: [signs, rate(constant(0.0625))], lambda: optax.sign_sgd(0.0625)),
    "rprop": (
        lambda: [rprop(0.125, 0.5, 1.25, 1e-3, 2.0), rate(constant(1.0))],
        None,  # optax rests in the first step
    ),
    "lars": (
        lambda: [decayed(0.1), trust(0.01), rate(constant(0.5)), trace(0.9)],
        lambda: optax.lars(0.5, weight_decay=0.1, trust_coefficient=0.01, eps=0.0, momentum=0.9),
    ),
    "clip_value": (
        lambda: [clip_value(0.25), trace(0.5), rate(constant(0.25))],
        lambda: optax.chain(optax.clip(0.25), optax.sgd(0.25, momentum=0.5)),
    ),
}


# Prodigy divides by the way from the start, at first 1e-6 beside parameters of 1: ten digits of it are known in double
# precision, and the distance compounds what is lost.
WITHIN = {"prodigy": 1e-10}


def exact(words, digits):
    mp.mp.dps = digits
    words, x, rows = words(), [mp.mpf(x) for x in START], {}
    for t in range(1, STEPS[-1] + 1):
        u = [CURVATURE[i] * x[i] + drive(t, i) for i in range(2)]
        for word in words:
            u = word(t, x, u)
        x = [x[i] + u[i] for i in range(2)]
        if t in STEPS:
            rows[t] = [float(xi) for xi in x]
    return rows


def by_optax(sentence):
    optimizer = sentence()
    curvature = jnp.array(CURVATURE)
    x = jnp.array(START)
    state = optimizer.init(x)
    update = jax.jit(optimizer.update)
    rows = {}
    for t in range(1, STEPS[-1] + 1):
        g = curvature * x + jnp.array([drive(t, 0), drive(t, 1)])
        u, state = update(g, state, x)
        x = optax.apply_updates(x, u)
        if t in STEPS:
            rows[t] = [float(xi) for xi in x]
    return rows


def bits(x):
    return "0x%016x" % struct.unpack("<Q", struct.pack("<d", x))


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(__file__, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    lines = [
        f"# generated by tests/golden/trajectories.py, sha256 {digest}",
        f"# mpmath {mp.__version__} at 50 and 100 digits, optax {optax.__version__}; 4504 ULP are 1e-12",
        "class,x0,x1,y,max_ulp,src,comment",
    ]
    for name, (words, sentence) in SENTENCES.items():
        rows, again = exact(words, 50), exact(words, 100)
        assert rows == again, name
        second = by_optax(sentence) if sentence else None
        for t in STEPS:
            for i in range(2):
                y = rows[t][i]
                if second:
                    within = WITHIN.get(name, 1e-12)
                    assert abs(second[t][i] - y) <= within * max(1, abs(y)), (name, t, second[t][i], y)
                src, ulps = 2 if second else 1, round(WITHIN.get(name, 1e-12) * 2**52)
                lines.append(f"{name},{bits(t)},{bits(i)},{bits(y)},{ulps},{src},t = {t}: {y!r}")
    with open(os.path.join(here, "trajectories.csv"), "w") as f:
        f.write("\n".join(lines) + "\n")


main()
