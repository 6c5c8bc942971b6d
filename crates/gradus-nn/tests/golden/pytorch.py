"""Weights and predictions of PyTorch networks, as safetensors files.

    pip install numpy torch && python pytorch.py     (writes mlp.safetensors, cnn.safetensors and mlp.npz beside it)

Each file holds the state dict of a network, some samples `x` and what PyTorch makes of them, `y`, both one sample a row,
in double precision. `mlp.npz` is the state dict alone, by `numpy.savez`, one array of it in Fortran's order. The buffers
of batch normalization are those after a few batches in training. The safetensors format is written by hand
(<https://github.com/huggingface/safetensors>): a length, a JSON header, the bytes.
"""

import json
import pathlib
import struct
import numpy
import torch
from torch import nn

torch.manual_seed(7)
HERE = pathlib.Path(__file__).parent


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


def mlp():
    return nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 5), nn.PReLU(), nn.LayerNorm(5), nn.Linear(5, 3))


def cnn():
    block = Residual(nn.Conv2d(4, 4, 3, padding=2, dilation=2), nn.BatchNorm2d(4), nn.ReLU(),
                     nn.Conv2d(4, 4, 3, padding=1, groups=2))
    return nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), block,
                         nn.GroupNorm(2, 4), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(4 * 1 * 2, 3))


def write(path, tensors):
    header, data = {}, b""
    for name, tensor in tensors.items():
        dtype = {torch.float64: "F64", torch.int64: "I64"}[tensor.dtype]
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    for name, net, shape in [("mlp", mlp(), (4,)), ("cnn", cnn(), (2, 4, 8))]:
        net = net.double()
        for p in net.parameters():
            if p.dim() == 1:
                nn.init.uniform_(p, -1.0, 1.5)  # no scale is 1, no shift is 0
        net.train()
        for _ in range(3):
            net(torch.randn(16, *shape).double() * 2 + 1)
        net.eval()
        x = torch.randn(5, *shape).double()
        y = net(x)
        write(HERE / f"{name}.safetensors", {**net.state_dict(), "x": x.reshape(5, -1), "y": y})
        if name == "mlp":
            arrays = {key: value.numpy() for key, value in net.state_dict().items()}
            arrays["2.weight"] = numpy.asfortranarray(arrays["2.weight"])
            numpy.savez(HERE / "mlp.npz", **arrays)
