"""The digits, for the peers."""

import gzip
import os

import numpy as np

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
    """Pixels from 0 to 1, one row per sample, and labels."""
    pixels = idx(folder, split + "-images-idx3-ubyte").astype(np.float32) / 255.0
    labels = idx(folder, split + "-labels-idx1-ubyte")[:, 0].astype(np.int32)
    return pixels, labels


def orders(count, seed):
    """For each epoch the samples of its batches; the incomplete last batch is left out."""
    rng = np.random.default_rng(seed)
    batches = count // BATCH
    while True:
        yield rng.permutation(count)[: batches * BATCH].reshape(batches, BATCH)
