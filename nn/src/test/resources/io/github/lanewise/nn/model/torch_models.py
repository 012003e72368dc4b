"""Makes the files of PyTorch that TorchTest reads, and checks what Lanewise writes.

python torch_models.py make      writes the files beside this script
python torch_models.py check DIR reads DIR/NAME.safetensors into each model by load_state_dict, and
                                 compares what it makes of "input" in DIR/NAME-io.safetensors with "output"

Needs torch, safetensors and numpy; the files here were made with torch 2.13.0 on the CPU.
"""

import argparse
import collections
import datetime
import pathlib
import pickle
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 5, num_layers=2, batch_first=True)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.lstm(x)[0][:, -1])


class BidirectionalGru(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(3, 4, batch_first=True, bidirectional=True)
        self.head = nn.Linear(8, 2)

    def forward(self, x):
        return self.head(self.gru(x)[0])


class Rnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(3, 4, nonlinearity="relu", batch_first=True)

    def forward(self, x):
        return self.rnn(x)[0]


def encoder(activation, first):
    return nn.TransformerEncoderLayer(
        8, 2, 16, dropout=0, activation=activation, batch_first=True, norm_first=first
    )


MODELS = {
    "mlp": (
        lambda: nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 12), nn.GELU(), nn.Linear(12, 3)),
        (6,),
    ),
    "cnn": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 8, 3, padding=1),
            nn.BatchNorm2d(8),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 6, 3, stride=2, groups=2, bias=False),
            nn.BatchNorm2d(6),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(24, 3),
        ),
        (1, 10, 10),
    ),
    "shapes": (
        lambda: nn.Sequential(
            nn.ConvTranspose2d(2, 4, (3, 2), stride=2, padding=(1, 0)),
            nn.GroupNorm(2, 4),
            nn.PReLU(4),
            nn.Flatten(2),
            nn.Conv1d(4, 6, 3, dilation=2),
            nn.BatchNorm1d(6),
            nn.LayerNorm((6, 16)),
            nn.RMSNorm(16),
            nn.Flatten(),
            nn.Linear(96, 2, bias=False),
        ),
        (2, 3, 2),
    ),
    "lstm": (Lstm, (5, 3)),
    "gru": (BidirectionalGru, (5, 3)),
    "rnn": (Rnn, (5, 3)),
    "encoder": (lambda: nn.Sequential(encoder("relu", False), encoder("gelu", True)), (5, 8)),
    "embedding": (
        lambda: nn.Sequential(nn.Embedding(10, 5, padding_idx=0), nn.Flatten(), nn.Linear(20, 4)),
        None,
    ),
}

SAMPLES = 7


def samples(name, shape):
    if shape is None:
        return torch.randint(0, 10, (SAMPLES, 4))
    return torch.randn(SAMPLES, *shape)


def make(folder):
    for number, (name, (build, shape)) in enumerate(MODELS.items()):
        torch.manual_seed(number)
        model = build()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
        for _ in range(5):  # so that no bias is 0, and running statistics are those of something
            optimizer.zero_grad()
            model(samples(name, shape)).square().mean().backward()
            optimizer.step()
        model.eval()
        x = samples(name, shape)
        with torch.no_grad():
            y = model(x)
        state = model.state_dict()
        save_file(state, folder / f"{name}.safetensors", metadata={"format": "pt"})
        torch.save(state, folder / f"{name}.pt")
        arrays = {"input": x.float(), "output": y.contiguous(), "losses": fine_tune(model, x)}
        save_file(arrays, folder / f"{name}-io.safetensors")
    odd(folder)


def fine_tune(model, x):
    """Returns the losses of ten steps towards 0."""
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = model(x).square().mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return torch.tensor(losses)


def odd(folder):
    """Files of one linear layer of 3 to 2 features, the same numbers each time."""
    weight = torch.arange(6, dtype=torch.float32).reshape(2, 3)
    bias = torch.tensor([0.5, -1.0])
    big = torch.arange(-4, 20, dtype=torch.float32)
    states = {
        "turned": {"weight": weight.t().contiguous().t(), "bias": bias},
        "sliced": {"weight": big[4:10].view(2, 3), "bias": torch.stack([bias, bias], 1)[:, 1]},
        "half": {"weight": weight.half(), "bias": bias.bfloat16()},
        "double": {"weight": weight.double(), "bias": bias.double()},
        "parameters": OrderedDict(weight=nn.Parameter(weight), bias=nn.Parameter(bias)),
        "checkpoint": {"epoch": 3, "model": {"weight": weight, "bias": bias}, "rates": [0.1, None]},
        "integers": {"weight": weight.int(), "bias": bias},
    }
    for name, state in states.items():
        torch.save(state, folder / f"odd-{name}.pt")
    torch.save({"weight": weight, "bias": bias}, folder / "odd-protocol4.pt", pickle_protocol=4)
    torch.save(
        {"weight": weight, "bias": bias},
        folder / "refused-legacy.pt",
        _use_new_zipfile_serialization=False,
    )
    torch.save(nn.Linear(3, 2), folder / "refused-module.pt")
    torch.save({"weight": weight.expand(2, 2, 3), "bias": weight[0, :1].expand(2)}, folder / "refused-expanded.pt")
    torch.save({"weight": torch._neg_view(weight), "bias": bias}, folder / "refused-negated.pt")
    torch.save({"model" * 500: {"weight": weight, "bias": bias}}, folder / "refused-name.pt")
    shared = nn.Linear(3, 3)
    with torch.no_grad():
        shared.weight.copy_(big[:9].view(3, 3))
        shared.bias.copy_(big[:3])
    torch.save(nn.Sequential(shared, nn.ReLU(), shared).state_dict(), folder / "odd-tied.pt")
    old(folder / "odd-turned.pt", folder / "odd-1.6.pt")
    hostile(folder / "refused-hostile.pt")
    beside(folder, {"weight": weight, "bias": bias})


class Subclass(torch.Tensor):
    pass


def beside(folder, state):
    """What checkpoints hold beside plain arrays, and what stands in place of one."""
    weight, bias = state["weight"], state["bias"]
    eighth = {"weight": weight.to(torch.float8_e4m3fn), "bias": bias.to(torch.float8_e5m2)}
    torch.save(eighth, folder / "odd-float8.pt")
    values = {
        "model": state,
        "numbers": [np.float64(0.93), np.float32(1), np.int64(-2), np.bool_(True), np.str_("best")],
        "best": np.float64(0.93),
        "day": datetime.datetime(2020, 1, 2),
        "path": pathlib.PurePosixPath("runs/1"),
        "flags": argparse.Namespace(lr=0.1),
        "done": {1, 2},
        "counts": collections.Counter("aab"),
        "last": collections.deque([1.5], maxlen=2),
        "bytes": b"abc",
        "large": 10**30,
        "kinds": [torch.float32, torch.Size([2, 3]), torch.device("cpu"), 1 + 2j],
        (1, "pair"): None,
        None: True,
    }
    torch.save(values, folder / "odd-values.pt")
    torch.save(values, folder / "odd-values4.pt", pickle_protocol=4)
    unread = {
        "numpy": np.arange(6.0),
        "complex": torch.zeros(2, dtype=torch.complex128),
        "quantized": torch.quantize_per_tensor(weight, 0.5, 0, torch.qint8),
        "sparse": weight.to_sparse(),
        "meta": torch.empty(2, device="meta"),
    }
    torch.save({"model": state, "more": unread}, folder / "odd-unread.pt")
    for name, array in unread.items():
        torch.save({"weight": array, "bias": bias}, folder / f"refused-{name}.pt")
    noted = nn.Parameter(weight)
    noted.note = "as trained"
    torch.save(collections.defaultdict(dict, weight=noted, bias=nn.Buffer(bias)), folder / "odd-classes.pt")
    torch.save({"weight": weight.as_subclass(Subclass), "bias": bias}, folder / "refused-subclass.pt")
    with zipfile.ZipFile(folder / "odd-half.pt") as source:
        with zipfile.ZipFile(folder / "refused-packed.pt", "w", zipfile.ZIP_DEFLATED) as out:
            for name in source.namelist():
                out.writestr(name, source.read(name))


def old(source, target):
    """As PyTorch 1.6 wrote it: nothing but the pickle, the storages and a version."""
    with zipfile.ZipFile(source) as new, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        for name in new.namelist():
            if name.endswith(("data.pkl", "version")) and ".format" not in name or "/data/" in name:
                out.writestr(zipfile.ZipInfo(name, (2020, 7, 28, 0, 0, 0)), new.read(name))


class Hostile:
    def __reduce__(self):
        return print, ("this must not be run",)


def hostile(target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
        info = zipfile.ZipInfo("archive/data.pkl", (2020, 7, 28, 0, 0, 0))
        out.writestr(info, pickle.dumps({"weight": Hostile()}, 2))


def check(folder):
    for name, (build, shape) in MODELS.items():
        model = build()
        model.load_state_dict(load_file(folder / f"{name}.safetensors"))
        model.eval()
        io = load_file(folder / f"{name}-io.safetensors")
        with torch.no_grad():
            x = io["input"].reshape(-1, *(shape or (4,)))
            y = model(x.long() if shape is None else x)
        print(f"{name}: largest difference {(y.flatten() - io['output'].flatten()).abs().max():.2e}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(__file__).parent)
    elif sys.argv[1:2] == ["check"]:
        check(Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
