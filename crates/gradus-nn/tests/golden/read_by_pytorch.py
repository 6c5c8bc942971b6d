"""PyTorch reads the files of gradus, and must predict the same.

    pip install numpy torch && python read_by_pytorch.py

`ours-NAME-TYPE.safetensors` is what `Model::save` writes, `ours-NAME-TYPE-samples.safetensors` holds samples `x` and our predictions
`y`, one sample a row. The Rust tests compare both with what is saved and predicted today, so that PyTorch has read today's files.
"""

import json
import pathlib
import sys
import numpy
import torch
from pytorch import cnn, mlp

HERE = pathlib.Path(__file__).parent


def tensors(path):
    raw = path.read_bytes()
    start = 8 + int.from_bytes(raw[:8], "little")
    kinds = {"F32": "<f4", "F64": "<f8"}
    for name, told in json.loads(raw[8:start]).items():
        first, last = told["data_offsets"]
        array = numpy.frombuffer(raw[start + first:start + last], kinds[told["dtype"]]).reshape(told["shape"])
        yield name, torch.tensor(array)


for name, build, shape in [("mlp", mlp, (4,)), ("cnn", cnn, (2, 4, 8))]:
    for kind, dtype, bound in [("f32", torch.float32, 1e-6), ("f64", torch.float64, 1e-12)]:
        net = build().to(dtype)
        missing, unexpected = net.load_state_dict(dict(tensors(HERE / f"ours-{name}-{kind}.safetensors")), strict=False)
        assert not unexpected and all(key.endswith("num_batches_tracked") for key in missing), (missing, unexpected)
        net.eval()
        samples = dict(tensors(HERE / f"ours-{name}-{kind}-samples.safetensors"))
        with torch.no_grad():
            found = net(samples["x"].reshape(-1, *shape))
        worst = float((found - samples["y"]).abs().max() / max(1.0, float(samples["y"].abs().max())))
        print(f"{name} {kind}: {worst:.1e}")
        if not worst <= bound:
            sys.exit(f"more than {bound}")
