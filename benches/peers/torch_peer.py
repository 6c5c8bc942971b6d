"""The convolutional network of the main job in PyTorch, channels last.

usage: python torch_peer.py cnn EPOCHS DATA_FOLDER [SEED]

Prints one JSON object with epoch_seconds (shuffling and training, the first batches not counted) and
test_accuracy. float32, batches of 128, fused Adam 1e-3, Glorot's uniform weights, zero biases.
"""

import json
import sys
import time

import torch
from torch import nn

from digits import load, orders


def network():
    """3 x 3 pixels to 16 channels and to 32, each with relu and the largest of 2 x 2; dense to 10."""
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(7 * 7 * 32, 10),
    )  # fmt: skip
    for layer in model:
        if hasattr(layer, "weight"):
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return model.to(memory_format=torch.channels_last)


def images(folder, split):
    pixels, labels = load(folder, split)
    pixels = torch.from_numpy(pixels).reshape(-1, 1, 28, 28)
    return pixels.contiguous(memory_format=torch.channels_last), torch.from_numpy(labels).long()


def main():
    epochs, folder = int(sys.argv[2]), sys.argv[3]
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 0
    torch.manual_seed(seed)
    x_train, y_train = images(folder, "train")
    x_test, y_test = images(folder, "t10k")
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    loss = nn.CrossEntropyLoss()

    def train(batches):
        for index in torch.from_numpy(batches):
            optimizer.zero_grad(set_to_none=True)
            loss(model(x_train[index]), y_train[index]).backward()
            optimizer.step()

    order = orders(len(x_train), seed)
    train(next(order)[:20])  # what is chosen and allocated at the first steps is not counted
    seconds = []
    for _ in range(epochs):
        start = time.perf_counter()
        train(next(order))
        seconds.append(time.perf_counter() - start)
    with torch.no_grad():
        accuracy = float((model(x_test).argmax(1) == y_test).float().mean())
    print(json.dumps({"test_accuracy": accuracy, "epoch_seconds": seconds}))


if __name__ == "__main__":
    main()
