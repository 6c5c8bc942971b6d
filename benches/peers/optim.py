"""Times losses, optimizer steps and L-BFGS here and in JAX, PyTorch and SciPy, in turn, and prints a table.

usage: optim.py PEERS THREADS [ROUNDS [losses|steps|minimizers…]]

PEERS is the program of benches/peers/rust. Every case is asked of every library in turn, ROUNDS times, and the shortest time of
each counts: what disturbs a run makes it longer, never shorter. A ratio below 1 says that gradus is faster.
"""

import os
import subprocess
import sys
import time

THREADS = int(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 7
PARTS = sys.argv[4:] or ["losses", "steps", "minimizers"]
os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if THREADS > 1 else 'false'}"
os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ["NUMPY_MADVISE_HUGEPAGE"] = "0"  # or what reuses the memory of an array has larger pages than the others

import jax
import jax.numpy as jnp
import numpy as np
import optax
import torch
from scipy.optimize import minimize

torch.set_num_threads(THREADS)
# On one thread the processor's time, which other programs disturb less; on more, the clock on the wall.
CLOCK = time.process_time if THREADS == 1 else time.perf_counter
LONG, BATCH = 0.4, 1e-2  # seconds of one question and of calls counted together, as in the Rust program


def shortest(call):
    """Seconds of the fastest call; the first ones compile."""

    def seconds(calls):
        start = CLOCK()
        for _ in range(calls):
            call()
        return CLOCK() - start

    seconds(2)
    calls = 1
    while seconds(calls) < BATCH:
        calls *= 2
    begin, best = time.perf_counter(), float("inf")
    while time.perf_counter() - begin < LONG or best == float("inf"):
        best = min(best, seconds(calls))
    return best / calls


def wave(n):
    return (np.modf(np.arange(n) * 0.754877666)[0] * 2 - 1).astype(np.float32)


def jax_loss(loss, logits, target):
    of = jax.jit(jax.value_and_grad(lambda z: loss(z, target).mean()))
    z = jnp.asarray(logits)
    return lambda: jax.block_until_ready(of(z))


def torch_loss(loss, logits, target):
    z = torch.tensor(logits, requires_grad=True)

    def call():
        z.grad = None
        loss(z, target).backward()

    return call


def softmax(samples, classes):
    logits, labels = 4 * wave(samples * classes).reshape(samples, classes), np.arange(samples) * 7 % classes
    return {
        "JAX": jax_loss(optax.softmax_cross_entropy_with_integer_labels, logits, jnp.asarray(labels)),
        "PyTorch": torch_loss(torch.nn.functional.cross_entropy, logits, torch.tensor(labels)),
    }


def binary(samples):
    logits, labels = 4 * wave(samples), (np.arange(samples) % 3 == 0).astype(np.float32)
    return {
        "JAX": jax_loss(optax.sigmoid_binary_cross_entropy, logits, jnp.asarray(labels)),
        "PyTorch": torch_loss(torch.nn.functional.binary_cross_entropy_with_logits, logits, torch.tensor(labels)),
    }


def pairs(views, rows):
    """NT-Xent at the temperature ½, as cross-entropy of the similarities without those of a view with itself."""
    x, partner = wave(views * rows).reshape(views, rows), (np.arange(views) + views // 2) % views
    itself, targets = np.eye(views, dtype=bool), torch.tensor(partner)

    def by_jax(x, target):
        x = x / jnp.linalg.norm(x, axis=1, keepdims=True)
        return optax.softmax_cross_entropy_with_integer_labels(jnp.where(itself, -jnp.inf, 2 * x @ x.T), target)

    def by_torch(x, target):
        x = torch.nn.functional.normalize(x)
        return torch.nn.functional.cross_entropy((2 * x @ x.T).masked_fill(torch.tensor(itself), -torch.inf), target)

    return {"JAX": jax_loss(by_jax, x, jnp.asarray(partner)), "PyTorch": torch_loss(by_torch, x, targets)}


OPTAX = {
    "adam": lambda: optax.adam(1e-3),
    "adamw": lambda: optax.adamw(1e-3, weight_decay=1e-2),
    "momentum": lambda: optax.sgd(1e-3, momentum=0.9),
    "lion": lambda: optax.lion(1e-3, weight_decay=0.0),
}
TORCH = {
    "adam": lambda p: torch.optim.Adam(p, 1e-3, fused=True),
    "adamw": lambda p: torch.optim.AdamW(p, 1e-3, weight_decay=1e-2, fused=True),
    "momentum": lambda p: torch.optim.SGD(p, 1e-3, momentum=0.9, fused=True),
}


def step(name, n):
    optimizer = OPTAX[name]()

    def one(theta, state, gradient):
        updates, state = optimizer.update(gradient, state, theta)
        return optax.apply_updates(theta, updates), state

    compiled, gradient = jax.jit(one, donate_argnums=(0, 1)), jnp.asarray(wave(n))
    theta = jnp.asarray(wave(n))
    kept = [theta, optimizer.init(theta)]

    def by_jax():
        kept[:] = compiled(*kept, gradient)
        jax.block_until_ready(kept)

    calls = {"JAX": by_jax}
    if name in TORCH:
        parameter = torch.nn.Parameter(torch.tensor(wave(n)))
        parameter.grad = torch.tensor(wave(n))
        calls["PyTorch"] = TORCH[name]([parameter]).step
    return calls


class Program:
    """gradus, asked line by line."""

    def __init__(self):
        environment = {**os.environ, "RAYON_NUM_THREADS": str(THREADS)}
        self.run = subprocess.Popen([sys.argv[1]], stdin=-1, stdout=-1, text=True, env=environment)

    def ask(self, *words):
        print(*words, file=self.run.stdin, flush=True)
        answer = self.run.stdout.readline().split()
        if not answer:
            sys.exit(f"no answer to {words}")
        return [float(word) for word in answer]


def in_turn(program, questions, calls):
    """The shortest time of each question to gradus, and of each library."""
    best = {}
    for _ in range(ROUNDS):
        times = {question: program.ask(*question.split(), THREADS)[0] for question in questions}
        times |= {name: shortest(call) for name, call in calls.items()}
        best = {name: min(t, best.get(name, t)) for name, t in times.items()}
    return best


def row(what, question, best, more=""):
    ours = best[question]
    ratios = [f"{ours / best[peer]:.2f}" if peer in best else "–" for peer in ("JAX", "PyTorch")]
    print(f"| {what} | {THREADS} | {ours * 1e6:.4g} | {' | '.join(ratios)} | {more} |", flush=True)


def losses(program):
    def case(what, question, calls):
        row(what, question, in_turn(program, [question], calls))

    for samples, classes in ((128, 10), (4096, 1000)):
        question = f"softmax {samples} {classes}"
        case(f"softmax cross-entropy, {samples} × {classes}", question, softmax(samples, classes))
    case("binary cross-entropy, 10⁶ logits", f"binary {10**6}", binary(10**6))
    for views, rows in ((128, 10), (512, 128)):
        case(f"NT-Xent, {views} views × {rows}", f"pairs {views} {rows}", pairs(views, rows))


# Numbers of four bytes that a step must read or write for each parameter.
TRAFFIC = {"adam": 7, "adamw": 7, "momentum": 5, "lion": 5}


def steps(program):
    """Each step with a gradient that is known to be finite, as in a training here and always there, and with one that is not."""
    for name in OPTAX:
        for exponent, power in ((4, "⁴"), (6, "⁶"), (7, "⁷")):
            n = 10**exponent
            known, checked = f"{name}-known {n}", f"{name} {n}"
            best = in_turn(program, [known, checked], step(name, n))
            copy = min(program.ask("copy", n)[0] for _ in range(3))  # reads and writes one number each
            for question, more in ((known, ""), (checked, ", and the check of the gradient")):
                limit = best[question] / (copy * TRAFFIC[name] / 2)
                row(f"{name}, 10{power} parameters{more}", question, best, f"{limit:.2f}")


def rosenbrock(x):
    a, b = 1 - x[:-1], x[1:] - x[:-1] ** 2
    g = np.zeros_like(x)
    g[:-1] -= 2 * a + 400 * x[:-1] * b
    g[1:] += 200 * b
    return (a**2 + 100 * b**2).sum(), g


def logistic():
    i, j = np.arange(2000)[:, None], np.arange(50)[None]
    x = np.sin(1.7 * i + 2.3 * j + 0.01 * (i * j))
    y = np.where(x[:, 0] + x[:, 1] * x[:, 2] > 0, 1.0, -1.0)

    def of(w):
        z = y * (x @ w)
        g = x.T @ (-y / (1 + np.exp(z))) / len(y)
        return np.log1p(np.exp(-z)).mean() + 0.5e-3 * w @ w, g + 1e-3 * w

    return of


def minimizers(program):
    valley = np.where(np.arange(1000) % 2 == 0, -1.2, 1.0)
    problems = (("Rosenbrock, 1000", rosenbrock, valley), ("logistic, 2000 × 50", logistic(), np.zeros(50)))
    print("\n| L-BFGS, 10 pairs | evaluations: gradus | SciPy | argmin | time, ms | / argmin | value: gradus | SciPy | argmin |")
    print("|---|---|---|---|---|---|---|---|---|")
    for number, (what, f, start) in enumerate(problems):
        options = {"maxcor": 10, "gtol": 1e-5, "ftol": 0, "maxiter": 10**6, "maxfun": 10**6}
        theirs = minimize(f, start, jac=True, method="L-BFGS-B", options=options)
        ours, argmin = ([program.ask(who, number) for _ in range(ROUNDS)] for who in ("lbfgs", "argmin"))
        ours, argmin = min(ours), min(argmin)
        evaluations = f"{ours[1]:.0f} | {theirs.nfev} | {argmin[1]:.0f}"
        values = f"{ours[2]:.6g} | {theirs.fun:.6g} | {argmin[2]:.6g}"
        print(f"| {what} | {evaluations} | {ours[0] * 1e3:.3g} | {ours[0] / argmin[0]:.2f} | {values} |", flush=True)


def main():
    program = Program()
    print("| what | threads | gradus, µs | / JAX | / PyTorch | / memory |\n|---|---|---|---|---|---|")
    if "losses" in PARTS:
        losses(program)
    if "steps" in PARTS:
        steps(program)
    if "minimizers" in PARTS and THREADS == 1:
        minimizers(program)


main()
