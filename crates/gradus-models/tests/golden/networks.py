"""Trained networks of `gradus-models`, from their first weights on: 100 epochs of AdamW, all samples in one batch.

    pip install numpy torch scikit-learn && python networks.py      (writes networks.csv beside it)

`start.txt` holds the first weights, as `Mlp { epochs: 0, .. }` gives them; a test compares. The values are PyTorch's in double
precision, confirmed by forward and backward passes and AdamW that are written out here in NumPy; where scikit-learn has the
network, twenty of its steps of plain gradient descent from the same weights confirm that the gradients are those of its loss.

Columns are numbers in hexadecimal: model (0 a classifier of iris, 1 a regressor of diabetes, 2 an autoencoder of wine), index of the
parameter, 0, value; the last one is decimal.
"""

import csv
import hashlib
import struct
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from sklearn.datasets import load_diabetes, load_iris, load_wine
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
RATE, DECAY, EPOCHS = 0.01, 0.01, 100
ULPS = 2**12  # 1e-12: a hundred steps of roundings, through the quotients of Adam

rows = []


def bits(x):
    return f"0x{struct.unpack('<Q', struct.pack('<d', float(x)))[0]:016x}"


def standardized(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def start(kind):
    with open(HERE / "start.txt") as file:
        return np.array([struct.unpack("<d", struct.pack("<Q", int(value, 16)))[0]
                         for k, value in csv.reader(file) if int(k) == kind])


def parts(theta, sizes):
    """Weights (units × inputs) and biases, as views."""
    at, layers = 0, []
    for inputs, units in zip(sizes, sizes[1:]):
        layers.append((theta[at:at + units * inputs].reshape(units, inputs), theta[at + units * inputs:at + units * (inputs + 1)]))
        at += units * (inputs + 1)
    assert at == len(theta)
    return layers


def gradient(theta, sizes, linear, x, y):
    """Of the mean loss: cross-entropy of labels, or the sum of squares; no ReLU behind the layers in `linear`."""
    layers, seen = parts(theta, sizes), [x]
    for k, (w, b) in enumerate(layers):
        z = seen[-1] @ w.T + b
        seen.append(z if k in linear else np.maximum(z, 0.0))
    if y.dtype.kind == "i":
        e = np.exp(seen[-1] - seen[-1].max(axis=1, keepdims=True))
        back = e / e.sum(axis=1, keepdims=True) - np.eye(sizes[-1])[y]
    else:
        back = 2.0 * (seen[-1] - y)
    back, result = back / len(x), np.zeros_like(theta)
    for k in reversed(range(len(layers))):
        if k not in linear:
            back = back * (seen[k + 1] > 0.0)
        dw, db = parts(result, sizes)[k]
        dw[:], db[:] = back.T @ seen[k], back.sum(axis=0)
        back = back @ layers[k][0]
    return result


def by_hand(theta, *network):
    theta, m, v = theta.copy(), np.zeros_like(theta), np.zeros_like(theta)
    for t in range(1, EPOCHS + 1):
        g = gradient(theta, *network)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        theta = theta - RATE * (step + DECAY * theta)
    return theta


def by_torch(theta, sizes, linear, x, y):
    modules = []
    for k, (w, b) in enumerate(parts(theta, sizes)):
        layer = torch.nn.Linear(w.shape[1], w.shape[0]).double()
        layer.weight.data, layer.bias.data = torch.tensor(w), torch.tensor(b)
        modules += [layer] if k in linear else [layer, torch.nn.ReLU()]
    net = torch.nn.Sequential(*modules)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    x, y = torch.tensor(x), torch.tensor(y)
    for _ in range(EPOCHS):
        optimizer.zero_grad()
        z = net(x)
        loss = torch.nn.functional.cross_entropy(z, y) if not y.is_floating_point() else ((z - y) ** 2).sum(dim=1).mean()
        loss.backward()
        optimizer.step()
    return np.concatenate([p.detach().numpy().ravel() for p in net.parameters()])


def by_sklearn(model, factor, theta, sizes, linear, x, y):
    """Twenty steps of gradient descent, there and here; its loss is `factor` times ours."""
    steps, rate = 20, 0.05
    model.set_params(hidden_layer_sizes=sizes[1:-1], solver="sgd", momentum=0.0, nesterovs_momentum=False, alpha=0.0,
                     batch_size=len(x), learning_rate_init=rate, shuffle=False, max_iter=1, warm_start=True)
    target = y if y.dtype.kind == "i" else y[:, 0]
    model.fit(x, target)
    for (w, b), c, i in zip(parts(theta, sizes), model.coefs_, model.intercepts_):
        c[:], i[:] = w.T, b
    own = theta.copy()
    for _ in range(steps):
        model.fit(x, target)
        own -= rate * factor * gradient(own, sizes, linear, x, y)
    theirs = np.concatenate([np.r_[c.T.ravel(), i] for c, i in zip(model.coefs_, model.intercepts_)])
    compare(own, theirs, 1e-12, "scikit-learn")


def compare(a, b, tolerance, what):
    worst = np.abs(a - b).max() / np.abs(a).max()
    print(f"{what}: {worst:.1e}")
    if not worst <= tolerance:
        sys.exit(f"{what} differs")


iris, wine = load_iris(), load_wine()
x, y = load_diabetes(return_X_y=True, scaled=False)
x, y = standardized(x[:, :3]), standardized(y.reshape(-1, 1))
for kind, model, network in [
    (0, (MLPClassifier(), 1.0), ([4, 5, 3], {1}, standardized(iris.data), iris.target)),
    (1, (MLPRegressor(), 0.5), ([3, 4, 3, 1], {2}, x, y)),
    (2, None, ([13, 6, 2, 6, 13], {1, 3}, standardized(wine.data), standardized(wine.data))),
]:
    theta = start(kind)
    if model:
        by_sklearn(*model, theta, *network)
    trained = by_torch(theta, *network)
    compare(trained, by_hand(theta, *network), 1e-10, f"model {kind}")
    for index, value in enumerate(trained):
        rows.append(["body", bits(kind), bits(index), bits(0), bits(value), ULPS, 2, repr(float(value))])

script = Path(__file__)
digest = hashlib.sha256(script.read_bytes()).hexdigest()
head = [f"# generated by tests/golden/{script.name}, SHA-256 {digest}", "class,x0,x1,x2,y,max_ulp,src,decimal"]
script.with_suffix(".csv").write_text("\n".join(head + [",".join(map(str, row)) for row in rows]) + "\n")
print(len(rows), "rows")
