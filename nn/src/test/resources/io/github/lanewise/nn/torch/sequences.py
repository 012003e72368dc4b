"""Makes sequences.json, by PyTorch 2, beside this script: recurrent layers of sequences of unequal length.

A case is a module called on a packed sequence (enforce_sorted=False) with initial states: its outputs, padded with zeros,
and last states, the gradients of all of these and of the parameters, and the losses of ten steps of training by SGD with
momentum towards t, the mean over the steps that are there.
"""

import copy

import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from torch_numbers import case, randn, write

INPUTS = 3
UNITS = 4
MODULES = {"rnn_tanh": nn.RNN, "rnn_relu": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def recurrent(cell, lengths, steps, num_layers=1, bidirectional=False, bias=True, proj_size=0, seed=50):
    kind = {"nonlinearity": cell[4:]} if cell.startswith("rnn") else {}
    if proj_size:
        kind["proj_size"] = proj_size
    made = MODULES[cell](INPUTS, UNITS, num_layers=num_layers, bidirectional=bidirectional, bias=bias, batch_first=True, **kind)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in made.parameters():
            p.copy_(0.5 * torch.randn(p.shape, generator=generator))
    batch = len(lengths)
    stack = num_layers * (2 if bidirectional else 1)
    state = proj_size or UNITS
    width = state * (2 if bidirectional else 1)
    states = ["h"] + (["c"] if cell == "lstm" else [])
    sizes = {"h": state, "c": UNITS}
    inputs = {"x": randn(batch, steps, INPUTS, seed=seed + 1)}
    for i, s in enumerate(states):
        inputs[s + "0"] = randn(stack, batch, sizes[s], seed=seed + 2 + i)
        inputs[f"d{s}n"] = randn(stack, batch, sizes[s], seed=seed + 4 + i)
    inputs["dy"] = randn(batch, steps, width, seed=seed + 6)
    inputs["t"] = randn(batch, steps, width, seed=seed + 7)
    inputs.update({key: p.detach().clone() for key, p in made.named_parameters()})

    def call(net, given):
        packed = pack_padded_sequence(given["x"], lengths, batch_first=True, enforce_sorted=False)
        initial = tuple(given[s + "0"] for s in states)
        out, last = net(packed, initial if len(initial) > 1 else initial[0])
        y, _ = pad_packed_sequence(out, batch_first=True, total_length=steps)
        return y, last if isinstance(last, tuple) else (last,)

    def compute(given):
        net = copy.deepcopy(made).to(given["x"].dtype)
        leaves = {key: value.clone().requires_grad_(key in ("x", "h0", "c0")) for key, value in given.items()}
        y, last = call(net, leaves)
        total = (y * given["dy"]).sum()
        for s, value in zip(states, last):
            total = total + (value * given[f"d{s}n"]).sum()
        total.backward()
        result = {"y": y}
        for s, value in zip(states, last):
            result[s + "n"] = value
            result[f"d{s}0"] = leaves[s + "0"].grad
        result["dx"] = leaves["x"].grad
        result.update({f"d_{key}": p.grad.clone() for key, p in net.named_parameters()})
        optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
        mask = torch.arange(steps)[None, :] < torch.tensor(lengths)[:, None]
        losses = []
        for _ in range(10):
            optimizer.zero_grad()
            y, _ = call(net, given)
            loss = ((y - given["t"]) ** 2)[mask].mean()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        result["losses"] = torch.stack(losses)
        return result

    name = f"{cell} of {lengths}" + f", {num_layers} layers" * (num_layers > 1)
    name += ", bidirectional" * bidirectional + ", no bias" * (not bias) + f", proj_size {proj_size}" * (proj_size > 0)
    made_case = case(name, inputs, compute)
    made_case["hyper"] = {
        "cell": cell,
        "num_layers": num_layers,
        "bidirectional": bidirectional,
        "bias": bias,
        "proj_size": proj_size,
        "lengths": lengths,
    }
    return made_case


write(
    "sequences",
    [
        recurrent("rnn_tanh", [2, 5, 1], 5),
        recurrent("rnn_relu", [4, 2, 3], 6, num_layers=2, bidirectional=True, seed=60),
        recurrent("rnn_tanh", [3, 3], 3, bias=False, seed=70),
        recurrent("gru", [2, 5, 1], 5, seed=80),
        recurrent("gru", [1, 4, 2], 6, num_layers=2, bidirectional=True, seed=90),
        recurrent("gru", [3, 4], 4, bias=False, bidirectional=True, seed=100),
        recurrent("lstm", [2, 5, 1], 5, seed=110),
        recurrent("lstm", [1, 4, 2], 6, num_layers=2, bidirectional=True, seed=120),
        recurrent("lstm", [3, 4], 4, bias=False, seed=130),
        recurrent("lstm", [2, 4, 3], 5, num_layers=2, bidirectional=True, proj_size=2, seed=140),
        recurrent("lstm", [4, 1], 4, bias=False, proj_size=3, seed=150),
    ],
)
