"""100 steps of optimizers of PyTorch and optax in double precision: the table peers.csv."""
import math, jax, numpy as np, optax, torch
import torch.optim._muon as tm
from optax import contrib
jax.config.update("jax_enable_x64", True)
N, STEPS = 18, 100
START = np.array([math.cos(1.3 * i) * 2 for i in range(N)])
W, B = (5, 3), 3

def gradient(t, x):
    return np.array([0.5 * x[i] + math.sin(0.7 * t + i) for i in range(N)])

def with_torch(make):
    w = torch.nn.Parameter(torch.tensor(START[:15].reshape(W)))
    b = torch.nn.Parameter(torch.tensor(START[15:]))
    optimizers = make(w, b)
    for t in range(1, STEPS + 1):
        g = gradient(t, np.concatenate([w.detach().numpy().ravel(), b.detach().numpy()]))
        w.grad, b.grad = torch.tensor(g[:15].reshape(W)), torch.tensor(g[15:])
        for o in optimizers: o.step()
    return np.concatenate([w.detach().numpy().ravel(), b.detach().numpy()])

def with_optax(transformation, flat=lambda p: p):
    p = {"w": jax.numpy.array(START[:15].reshape(W)), "b": jax.numpy.array(START[15:])}
    s = transformation.init(p)
    for t in range(1, STEPS + 1):
        g = gradient(t, np.concatenate([np.asarray(p["w"]).ravel(), np.asarray(p["b"])]))
        g = {"w": jax.numpy.array(g[:15].reshape(W)), "b": jax.numpy.array(g[15:])}
        u, s = transformation.update(g, s, p)
        p = optax.apply_updates(p, u)
    return np.concatenate([np.asarray(p["w"]).ravel(), np.asarray(p["b"])])

# PyTorch's Muon rounds to bfloat16; here it keeps double precision.
import inspect
source = inspect.getsource(tm._zeropower_via_newtonschulz).replace("dtype=torch.bfloat16", "dtype=torch.float64")
exec(source, tm.__dict__)

def orthogonal_optax():
    def update(u, s, p=None):
        c = jax.numpy.array([3.4445, -4.7750, 2.0315])
        o = contrib._muon.orthogonalize_via_newton_schulz(u["w"], c, 5, eps=0.0)
        return {"w": o * math.sqrt(5 / 3), "b": u["b"]}, s
    return optax.GradientTransformation(lambda p: (), update)

def schedule_free():
    o = contrib.schedule_free_sgd(0.1, b1=0.9)
    p = jax.numpy.array(START); s = o.init(p)
    for t in range(1, STEPS + 1):
        u, s = o.update(jax.numpy.array(gradient(t, np.asarray(p))), s, p)
        p = optax.apply_updates(p, u)
    return np.asarray(p), np.asarray(contrib.schedule_free_eval_params(s, p))

def lbfgs():
    o = optax.chain(optax.scale_by_lbfgs(memory_size=4), optax.scale(-0.5))
    p = jax.numpy.array(START); s = o.init(p)
    for t in range(1, 21):
        g = np.array([(0.5 + i / 4) * x + math.sin(i) for i, x in enumerate(np.asarray(p))])
        u, s = o.update(jax.numpy.array(g), s, p)
        p = optax.apply_updates(p, u)
    return np.asarray(p)

def lookahead():
    slow, fast, s = START.copy(), START.copy(), None
    for t in range(1, STEPS + 1):
        fast = fast - 0.1 * gradient(t, fast)
        if t % 5 == 0:
            slow = slow + 0.5 * (fast - slow); fast = slow.copy()
    return fast

def average():
    x, a = START.copy(), np.zeros(N)
    for t in range(1, STEPS + 1):
        x = x - 0.1 * gradient(t, x)
        a = 0.9 * a + 0.1 * x
    return a / (1 - 0.9 ** STEPS)

def sam():
    x = START.copy()
    for t in range(1, STEPS + 1):
        g = gradient(t, x)
        x = x - 0.1 * gradient(t, x + 0.05 * g / np.linalg.norm(g))
    return x

o = torch.optim
rows = {
    "adam": with_torch(lambda w, b: [o.Adam([w, b], lr=0.01)]),
    "adamw, decay of weights": with_torch(lambda w, b: [o.AdamW([{"params": [w], "weight_decay": 0.1}, {"params": [b], "weight_decay": 0.0}], lr=0.01)]),
    "adagrad": with_torch(lambda w, b: [o.Adagrad([w, b], lr=0.1, initial_accumulator_value=0.1, eps=1e-10)]),
    "rmsprop, centered": with_torch(lambda w, b: [o.RMSprop([w, b], lr=0.01, alpha=0.9, eps=1e-8, centered=True)]),
    "lion": with_optax(optax.lion(0.01, b1=0.9, b2=0.99, weight_decay=0.0)),
    "lamb": with_optax(optax.lamb(0.01, eps=1e-6, weight_decay=0.1)),
    "adafactor": with_torch(lambda w, b: [o.Adafactor([w, b], lr=0.01)]),
    "muon, adam for vectors (pytorch)": with_torch(lambda w, b: [o.Muon([w], lr=0.02, weight_decay=0.1, momentum=0.95), o.Adam([b], lr=0.01)]),
    "muon (optax)": with_optax(optax.chain(optax.trace(0.95, nesterov=True), orthogonal_optax(), optax.scale(-0.02))),
    "schedule-free sgd (optax)": schedule_free()[0],
    "schedule-free sgd, evaluated (optax)": schedule_free()[1],
    "l-bfgs, 20 steps (optax)": lbfgs(),
    "lookahead": lookahead(),
    "average": average(),
    "sam": sam(),
    "two rates, first tensor frozen": np.concatenate([START[:15], with_torch(lambda w, b: [o.SGD([w, b], lr=0.1, momentum=0.9)])[15:]]),
    "clip, adam (optax)": with_optax(optax.chain(optax.clip_by_global_norm(0.5), optax.adam(0.01))),
    "adam, clip after (optax)": with_optax(optax.chain(optax.scale_by_adam(), optax.clip_by_global_norm(0.5), optax.scale(-0.01))),
}
with open("peers.csv", "w") as f:
    f.write("name;" + ";".join(f"x{i}" for i in range(N)) + "\n")
    for name, x in rows.items():
        f.write(name + ";" + ";".join(repr(float(v)) for v in x) + "\n")
