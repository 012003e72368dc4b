"""Makes attention.json, by PyTorch 2, beside this script: attention, transformers and recurrent cells in many forms.

A case is a module: its inputs in0, in1, ..., its parameters by name, the gradient dy of its outputs and targets t. Its
outputs are y, the gradients d_* of all of these, and the losses of ten steps of training towards t by SGD with momentum.
"""

import copy

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_numbers import case, randn, write


def module(name, made, *shapes, call=None, seed=40, tokens=None):
    """made is the module; call(module, inputs) if its forward takes other arguments."""
    call = call or (lambda m, *inputs: m(*inputs))
    made = made.train()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for key, p in made.named_parameters():
            around = 1.0 if "norm" in key and key.endswith("weight") else 0.0
            p.copy_(around + 0.4 * torch.randn(p.shape, generator=generator))
    inputs = {f"in{i}": randn(*shape, seed=seed + 1 + i) for i, shape in enumerate(shapes)}
    if tokens is not None:
        inputs["in0"] = tokens
    names = list(inputs)
    y = call(made, *inputs.values())
    inputs.update({key: p.detach().clone() for key, p in made.named_parameters()})
    inputs["dy"] = randn(*y.shape, seed=12)
    inputs["t"] = randn(*y.shape, seed=13)

    def compute(given):
        net = copy.deepcopy(made).to(given["dy"].dtype)
        leaves = {key: given[key].clone() for key in names}
        for leaf in leaves.values():
            leaf.requires_grad_(leaf.is_floating_point())
        out = call(net, *leaves.values())
        out.backward(given["dy"])
        result = {"y": out}
        result.update({f"d_{key}": leaf.grad for key, leaf in leaves.items() if leaf.requires_grad})
        result.update({f"d_{key}": p.grad.clone() for key, p in net.named_parameters()})
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
        losses = []
        for _ in range(10):
            optimizer.zero_grad()
            loss = F.mse_loss(call(net, *[given[key] for key in names]), given["t"])
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        result["losses"] = torch.stack(losses)
        return result

    return case(name, inputs, compute)


def rotated(x, base):
    """x is batch x heads x steps x d; feature i turns with feature i + d/2."""
    steps, d = x.shape[-2:]
    slow = torch.pow(torch.tensor(base, dtype=torch.float64), torch.arange(0, d, 2, dtype=torch.float64) / d)
    angle = torch.arange(steps, dtype=torch.float64)[:, None] / slow
    cos, sin = torch.cos(angle).to(x.dtype), torch.sin(angle).to(x.dtype)
    a, b = x[..., : d // 2], x[..., d // 2 :]
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


class Attention(nn.Module):
    """Self-attention with grouped queries and rotary positions, by PyTorch's function."""

    def __init__(self, features, heads, key_value_heads, base=None, causal=False):
        super().__init__()
        self.heads, self.groups, self.base, self.causal = heads, key_value_heads, base, causal
        self.d = features // heads
        self.split = [features, self.d * key_value_heads, self.d * key_value_heads]
        self.in_proj_weight = nn.Parameter(torch.empty(sum(self.split), features))
        self.in_proj_bias = nn.Parameter(torch.empty(sum(self.split)))
        self.out_proj = nn.Linear(features, features)

    def forward(self, x):
        batch, steps, features = x.shape
        parts = F.linear(x, self.in_proj_weight, self.in_proj_bias).split(self.split, -1)
        q, k, v = (p.view(batch, steps, -1, self.d).transpose(1, 2) for p in parts)
        if self.base:
            q, k = rotated(q, self.base), rotated(k, self.base)
        c = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal, enable_gqa=self.groups != self.heads)
        return self.out_proj(c.transpose(1, 2).reshape(batch, steps, features))


class LanguageModel(nn.Module):
    """A small decoder-only transformer whose output weights are its embedding."""

    def __init__(self, bias):
        super().__init__()
        self.embedding = nn.Embedding(7, 6)
        self.layer = nn.TransformerEncoderLayer(6, 2, 10, dropout=0, activation="gelu", norm_first=True, batch_first=True)
        self.norm = nn.LayerNorm(6)
        self.head = nn.Linear(6, 7, bias=bias)
        self.head.weight = self.embedding.weight

    def forward(self, tokens):
        x = self.embedding(tokens)
        mask = nn.Transformer.generate_square_subsequent_mask(tokens.shape[1], dtype=x.dtype)
        return self.head(self.norm(self.layer(x, mask, is_causal=True)))


class Unrolled(nn.Module):
    """A loop of a user's own: one cell, step by step, from zeros."""

    def __init__(self, cell):
        super().__init__()
        self.cell = cell

    def forward(self, x):
        state, made = None, []
        for t in range(x.shape[1]):
            state = self.cell(x[:, t], state)
            made.append(state[0] if isinstance(state, tuple) else state)
        return torch.stack(made, 1)


def attention(features, heads, **options):
    return nn.MultiheadAttention(features, heads, batch_first=True, **options)


def whole(mha, q, k, v, **options):
    return mha(q, k, v, need_weights=False, **options)[0]


def causal(steps, like):
    return nn.Transformer.generate_square_subsequent_mask(steps, dtype=like.dtype)


def cases():
    yield module("other features", attention(8, 2, kdim=5, vdim=7), (2, 3, 8), (2, 4, 5), (2, 4, 7), call=whole)
    yield module("no bias", attention(8, 4, bias=False), (2, 5, 8), call=lambda m, x: whole(m, x, x, x))
    yield module("two inputs", attention(6, 3), (3, 4, 6), (3, 2, 6), call=lambda m, x, y: whole(m, x, y, y))
    yield module("mask of samples", attention(6, 3), (2, 4, 6), (2, 5, 6), (2, 5, 6), (2, 4, 5),
                 call=lambda m, q, k, v, b: whole(m, q, k, v, attn_mask=b.repeat_interleave(3, 0)))
    yield module("mask of heads", attention(6, 3), (2, 4, 6), (2, 5, 6), (2, 5, 6), (2, 3, 4, 5),
                 call=lambda m, q, k, v, b: whole(m, q, k, v, attn_mask=b.flatten(0, 1)))
    yield module("grouped queries", Attention(12, 6, 2), (2, 5, 12))
    yield module("one head of keys", Attention(8, 4, 1, causal=True), (2, 5, 8))
    yield module("rotary", Attention(12, 3, 3, base=10_000.0), (2, 5, 12))
    yield module("rotary, grouped, causal", Attention(12, 3, 1, base=500.0, causal=True), (2, 19, 12))
    yield module("encoder layer",
                 nn.TransformerEncoderLayer(6, 2, 9, 0.0, "gelu", 1e-3, True, True, bias=False), (2, 4, 6))
    yield module("causal encoder layer", nn.TransformerEncoderLayer(6, 3, 9, 0.0, batch_first=True), (2, 4, 6),
                 call=lambda m, x: m(x, causal(4, x), is_causal=True))
    yield module("decoder layer",
                 nn.TransformerDecoderLayer(6, 2, 9, 0.0, batch_first=True), (2, 4, 6), (2, 3, 6),
                 call=lambda m, x, y: m(x, y, causal(4, x), tgt_is_causal=True))
    yield module("decoder layer, norm first",
                 nn.TransformerDecoderLayer(6, 3, 9, 0.0, "gelu", 1e-3, True, True, bias=False), (2, 4, 6), (2, 3, 6))
    yield module("encoder", nn.TransformerEncoder(
        nn.TransformerEncoderLayer(6, 2, 9, 0.0, batch_first=True, norm_first=True), 2, nn.LayerNorm(6),
        enable_nested_tensor=False), (2, 4, 6), seed=60)
    yield module("decoder", nn.TransformerDecoder(
        nn.TransformerDecoderLayer(6, 2, 9, 0.0, batch_first=True), 3, nn.LayerNorm(6)), (2, 4, 6), (2, 3, 6))
    tokens = torch.tensor([[0, 3, 6, 3, 1], [2, 2, 5, 4, 0]])
    yield module("tied language model", LanguageModel(False), tokens=tokens)
    yield module("tied language model with a bias", LanguageModel(True), tokens=tokens)
    yield module("transformer", nn.Transformer(6, 2, 2, 1, 9, 0.0, batch_first=True), (2, 4, 6), (2, 3, 6), seed=70)
    yield module("transformer, causal, norm first",
                 nn.Transformer(6, 3, 1, 2, 9, 0.0, "gelu", None, None, 1e-3, True, True, bias=False), (2, 4, 6), (2, 5, 6),
                 call=lambda m, x, y: m(x, y, tgt_mask=causal(5, y), tgt_is_causal=True))
    yield module("rnn cell", nn.RNNCell(5, 4), (3, 5), (3, 4))
    yield module("rnn cell of relu", nn.RNNCell(5, 4, nonlinearity="relu"), (3, 5), (3, 4))
    yield module("lstm cell", nn.LSTMCell(5, 4), (3, 5), (3, 4), (3, 4), call=lambda m, x, h, c: torch.cat(m(x, (h, c)), 1))
    yield module("gru cell without bias", nn.GRUCell(5, 4, bias=False), (3, 5), (3, 4))
    yield module("gru cell from zeros", nn.GRUCell(5, 4), (3, 5))
    yield module("unrolled lstm cell", Unrolled(nn.LSTMCell(5, 4)), (3, 4, 5))
    yield module("unrolled gru cell", Unrolled(nn.GRUCell(5, 4)), (3, 4, 5))
    for bias in (False, True):
        yield module(f"adaptive log softmax{', bias' if bias else ''}",
                     nn.AdaptiveLogSoftmaxWithLoss(9, 11, [3, 4, 8], 1.5, head_bias=bias), (4, 9),
                     call=lambda m, x: m.log_prob(x))


if __name__ == "__main__":
    write("attention", cases())
