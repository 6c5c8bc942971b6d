"""The main job in JAX + optax: one jit-compiled scan over the batches of an epoch, and its convolutions step by step.

usage: python jax_peer.py 784,10,128,10|cnn EPOCHS DATA_FOLDER [SEED]

Prints one JSON object with epoch_seconds (shuffling and training, compilation not counted) and
test_accuracy. float32, batches of 128, Adam 1e-3, Glorot's uniform weights, zero biases.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp
import optax

from digits import load, orders

CHANNELS = [1, 16, 32]


def glorot(key, shape, inputs, outputs):
    bound = (6 / (inputs + outputs)) ** 0.5
    return jax.random.uniform(key, shape, minval=-bound, maxval=bound), jnp.zeros(shape[-1])


def dense_layers(sizes, key):
    keys = jax.random.split(key, len(sizes) - 1)
    return [glorot(key, pair, *pair) for key, pair in zip(keys, zip(sizes, sizes[1:]))]


def dense_logits(layers, x):
    *hidden, (weights, bias) = layers
    for w, b in hidden:
        x = jax.nn.relu(x @ w + b)
    return x @ weights + bias


def convolutions(key):
    """3 x 3 pixels to 16 channels and to 32, each with relu and the largest of 2 x 2; dense to 10."""
    *keys, last = jax.random.split(key, len(CHANNELS))
    pairs = zip(CHANNELS, CHANNELS[1:])
    layers = [glorot(key, (3, 3, a, b), 9 * a, 9 * b) for key, (a, b) in zip(keys, pairs)]
    return [*layers, glorot(last, (7 * 7 * 32, 10), 7 * 7 * 32, 10)]


def convolution_logits(layers, x):
    *hidden, (weights, bias) = layers
    x = x.reshape(-1, 28, 28, 1)
    for w, b in hidden:
        x = jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        x = jax.nn.relu(x + b)
        n, h, w, c = x.shape
        x = x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))  # three to four times faster than reduce_window
    return x.reshape(len(x), -1) @ weights + bias


def main():
    network = sys.argv[1]
    epochs = int(sys.argv[2])
    folder = sys.argv[3]
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    x_train, y_train = map(jnp.asarray, load(folder, "train"))
    x_test, y_test = map(jnp.asarray, load(folder, "t10k"))
    key = jax.random.PRNGKey(seed)
    if network == "cnn":
        layers, logits = convolutions(key), convolution_logits
    else:
        layers, logits = dense_layers([int(units) for units in network.split(",")], key), dense_logits
    optimizer = optax.adam(1e-3)
    state = optimizer.init(layers)

    def loss(layers, x, y):
        return optax.softmax_cross_entropy_with_integer_labels(logits(layers, x), y).mean()

    def step(carry, index):
        layers, state = carry
        gradient = jax.grad(loss)(layers, x_train[index], y_train[index])
        update, state = optimizer.update(gradient, state)
        return (optax.apply_updates(layers, update), state), None

    @jax.jit
    def scan(carry, order):
        return jax.lax.scan(step, carry, order)[0]

    jitted = jax.jit(step)

    def one_by_one(carry, order):
        for index in order:
            carry, _ = jitted(carry, index)
        return carry

    # Within a scan XLA computes convolutions on a CPU many times slower.
    epoch = one_by_one if network == "cnn" else scan
    order = orders(len(x_train), seed)
    carry = layers, state
    first = next(order)[: 20 if network == "cnn" else None]
    jax.block_until_ready(epoch(carry, jnp.asarray(first)))  # compiles; the result is thrown away
    seconds = []
    for _ in range(epochs):
        start = time.perf_counter()
        carry = epoch(carry, jnp.asarray(next(order)))
        jax.block_until_ready(carry)
        seconds.append(time.perf_counter() - start)
    accuracy = float((jax.jit(logits)(carry[0], x_test).argmax(1) == y_test).mean())
    print(json.dumps({"test_accuracy": accuracy, "epoch_seconds": seconds}))


if __name__ == "__main__":
    main()
