"""Writes peers.csv: parameters after 100 steps (L-BFGS 20) of optimizers of PyTorch and optax, in double precision.

The parameters are a matrix of 5 x 3, by rows, and a vector of 3; start x_i = 2 cos(1.3 i); the gradient at step t is
g_i = x_i / 2 + sin(0.7 t + i), for L-BFGS (1/2 + i/4) x_i + sin(i). PyTorch's Muon is run without its bfloat16.
Lookahead, average and SAM are written out in NumPy.

Rows: class = optimizer, x0 = index i, y = x_i at the end. Double precision everywhere: agreement is to rounding.

    pip install torch==2.9.1 jax==0.10.2 optax==0.2.8 numpy
    python peers.py
"""

import hashlib
import inspect
import math
import os
import struct

import jax
import numpy as np
import optax
import torch
import torch.optim._muon as torch_muon
from optax import contrib

jax.config.update("jax_enable_x64", True)
N, STEPS, SHAPE = 18, 100, (5, 3)
START = np.array([2 * math.cos(1.3 * i) for i in range(N)])


def gradient(t, x):
    return np.array([0.5 * x[i] + math.sin(0.7 * t + i) for i in range(N)])


def joined(w, b):
    return np.concatenate([np.asarray(w).ravel(), np.asarray(b)])


def with_torch(make):
    w = torch.nn.Parameter(torch.tensor(START[:15].reshape(SHAPE)))
    b = torch.nn.Parameter(torch.tensor(START[15:]))
    optimizers = make(w, b)
    for t in range(1, STEPS + 1):
        g = gradient(t, joined(w.detach().numpy(), b.detach().numpy()))
        w.grad, b.grad = torch.tensor(g[:15].reshape(SHAPE)), torch.tensor(g[15:])
        for optimizer in optimizers:
            optimizer.step()
    return joined(w.detach().numpy(), b.detach().numpy())


def with_optax(transformation):
    p = {"w": jax.numpy.array(START[:15].reshape(SHAPE)), "b": jax.numpy.array(START[15:])}
    state = transformation.init(p)
    for t in range(1, STEPS + 1):
        g = gradient(t, joined(p["w"], p["b"]))
        g = {"w": jax.numpy.array(g[:15].reshape(SHAPE)), "b": jax.numpy.array(g[15:])}
        update, state = transformation.update(g, state, p)
        p = optax.apply_updates(p, update)
    return joined(p["w"], p["b"])


# PyTorch's Muon rounds to bfloat16; here it keeps double precision.
SOURCE = inspect.getsource(torch_muon._zeropower_via_newtonschulz)
exec(SOURCE.replace("dtype=torch.bfloat16", "dtype=torch.float64"), torch_muon.__dict__)


def orthogonal():
    def update(u, state, params=None):
        c = jax.numpy.array([3.4445, -4.7750, 2.0315])
        x = contrib._muon.orthogonalize_via_newton_schulz(u["w"], c, 5, eps=0.0)
        return {"w": x * math.sqrt(5 / 3), "b": u["b"]}, state

    return optax.GradientTransformation(lambda params: (), update)


def schedule_free():
    optimizer = contrib.schedule_free_sgd(0.1, b1=0.9)
    p = jax.numpy.array(START)
    state = optimizer.init(p)
    for t in range(1, STEPS + 1):
        update, state = optimizer.update(jax.numpy.array(gradient(t, np.asarray(p))), state, p)
        p = optax.apply_updates(p, update)
    return np.asarray(p), np.asarray(contrib.schedule_free_eval_params(state, p))


def lbfgs():
    optimizer = optax.chain(optax.scale_by_lbfgs(memory_size=4), optax.scale(-0.5))
    p = jax.numpy.array(START)
    state = optimizer.init(p)
    for _ in range(20):
        g = np.array([(0.5 + i / 4) * x + math.sin(i) for i, x in enumerate(np.asarray(p))])
        update, state = optimizer.update(jax.numpy.array(g), state, p)
        p = optax.apply_updates(p, update)
    return np.asarray(p)


def lookahead():
    slow, fast = START.copy(), START.copy()
    for t in range(1, STEPS + 1):
        fast = fast - 0.1 * gradient(t, fast)
        if t % 5 == 0:
            slow = slow + 0.5 * (fast - slow)
            fast = slow.copy()
    return fast


def average():
    x, a = START.copy(), np.zeros(N)
    for t in range(1, STEPS + 1):
        x = x - 0.1 * gradient(t, x)
        a = 0.9 * a + 0.1 * x
    return a / (1 - 0.9**STEPS)


def sam():
    x = START.copy()
    for t in range(1, STEPS + 1):
        g = gradient(t, x)
        x = x - 0.1 * gradient(t, x + 0.05 * g / np.linalg.norm(g))
    return x


def decayed(w, b):
    groups = [{"params": [w], "weight_decay": 0.1}, {"params": [b], "weight_decay": 0.0}]
    return [torch.optim.AdamW(groups, lr=0.01)]


def momentum(w, b):
    return [torch.optim.SGD([w, b], lr=0.1, momentum=0.9)]


def muon(w, b):
    matrices = torch.optim.Muon([w], lr=0.02, weight_decay=0.1, momentum=0.95)
    return [matrices, torch.optim.Adam([b], lr=0.01)]


def main():
    o = torch.optim
    free, evaluated = schedule_free()
    rows = {
        "adam": with_torch(lambda w, b: [o.Adam([w, b], lr=0.01)]),
        "adam_w_of_weights": with_torch(decayed),
        "adagrad": with_torch(
            lambda w, b: [o.Adagrad([w, b], lr=0.1, initial_accumulator_value=0.1, eps=1e-10)]
        ),
        "rms_centered": with_torch(
            lambda w, b: [o.RMSprop([w, b], lr=0.01, alpha=0.9, eps=1e-8, centered=True)]
        ),
        "lion": with_optax(optax.lion(0.01, b1=0.9, b2=0.99, weight_decay=0.0)),
        "lamb": with_optax(optax.lamb(0.01, eps=1e-6, weight_decay=0.1)),
        "adafactor": with_torch(lambda w, b: [o.Adafactor([w, b], lr=0.01)]),
        "muon_and_adam": with_torch(muon),
        "muon_nesterov": with_optax(
            optax.chain(optax.trace(0.95, nesterov=True), orthogonal(), optax.scale(-0.02))
        ),
        "schedule_free": free,
        "schedule_free_evaluated": evaluated,
        "lbfgs": lbfgs(),
        "lookahead": lookahead(),
        "average": average(),
        "sam": sam(),
        "frozen": joined(START[:15], with_torch(momentum)[15:]),
        "clip_before_adam": with_optax(optax.chain(optax.clip_by_global_norm(0.5), optax.adam(0.01))),
        "clip_after_adam": with_optax(
            optax.chain(optax.scale_by_adam(), optax.clip_by_global_norm(0.5), optax.scale(-0.01))
        ),
    }
    with open(__file__, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    lines = [
        f"# generated by tests/golden/peers.py, sha256 {digest}",
        "# 4503 ULP are 1e-12",
        "class,x0,y,max_ulp,src,comment",
    ]
    for name, x in rows.items():
        for i, y in enumerate(x):
            lines.append(f"{name},{bits(i)},{bits(y)},4503,1,{float(y)!r}")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers.csv"), "w") as f:
        f.write("\n".join(lines) + "\n")


def bits(x):
    return "0x%016x" % struct.unpack("<Q", struct.pack("<d", x))


main()
