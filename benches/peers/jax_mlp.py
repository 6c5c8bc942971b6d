"""The main job in JAX + optax: one jit-compiled scan over the batches of an epoch.

usage: python jax_mlp.py 784,10,128,10 EPOCHS DATA_FOLDER [SEED]

Prints one JSON object with epoch_seconds (shuffling and training, compilation not counted) and
test_accuracy. float32, batches of 128, Adam 1e-3, Glorot's uniform weights, zero biases.
"""

import gzip
import json
import os
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

BATCH = 128


def idx(folder, name):
    """The bytes of a gzipped IDX file, one row per sample."""
    with gzip.open(os.path.join(folder, name + ".gz")) as file:
        content = file.read()
    rank = content[3]
    count = int.from_bytes(content[4:8], "big")
    values = np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * rank)
    return values.reshape(count, -1)


def load(folder, split):
    pixels = idx(folder, split + "-images-idx3-ubyte").astype(np.float32) / 255.0
    labels = idx(folder, split + "-labels-idx1-ubyte")[:, 0].astype(np.int32)
    return jnp.asarray(pixels), jnp.asarray(labels)


def initial(sizes, key):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        key, own = jax.random.split(key)
        bound = (6 / (inputs + outputs)) ** 0.5
        weights = jax.random.uniform(own, (inputs, outputs), minval=-bound, maxval=bound)
        layers.append((weights, jnp.zeros(outputs)))
    return layers


def logits(layers, x):
    *hidden, (weights, bias) = layers
    for w, b in hidden:
        x = jax.nn.relu(x @ w + b)
    return x @ weights + bias


def main():
    sizes = [int(units) for units in sys.argv[1].split(",")]
    epochs = int(sys.argv[2])
    folder = sys.argv[3]
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    x_train, y_train = load(folder, "train")
    x_test, y_test = load(folder, "t10k")
    layers = initial(sizes, jax.random.PRNGKey(seed))
    optimizer = optax.adam(1e-3)
    state = optimizer.init(layers)
    batches = len(x_train) // BATCH  # the incomplete last batch is left out

    def loss(layers, x, y):
        return optax.softmax_cross_entropy_with_integer_labels(logits(layers, x), y).mean()

    @jax.jit
    def epoch(layers, state, order):
        def step(carry, index):
            layers, state = carry
            gradient = jax.grad(loss)(layers, x_train[index], y_train[index])
            update, state = optimizer.update(gradient, state)
            return (optax.apply_updates(layers, update), state), None

        return jax.lax.scan(step, (layers, state), order)[0]

    in_order = jnp.arange(batches * BATCH).reshape(batches, BATCH)
    jax.block_until_ready(epoch(layers, state, in_order))  # compiles; the result is thrown away
    rng = np.random.default_rng(seed)
    seconds = []
    for _ in range(epochs):
        start = time.perf_counter()
        order = rng.permutation(len(x_train))[: batches * BATCH].reshape(batches, BATCH)
        layers, state = epoch(layers, state, jnp.asarray(order))
        jax.block_until_ready(layers)
        seconds.append(time.perf_counter() - start)
    accuracy = float((logits(layers, x_test).argmax(1) == y_test).mean())
    print(json.dumps({"test_accuracy": accuracy, "epoch_seconds": seconds}))


if __name__ == "__main__":
    main()
