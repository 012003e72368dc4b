"""Makes layers.json, graphs.json, losses.json, optimizers.json and names.json, by PyTorch 2, beside this script.

Each case has float32 inputs, the results of the same computation in float64, and PyTorch's own
float32 error against them, which sets the tolerance of the tests.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F
import torch.nn.utils.prune  # noqa: F401, not imported by torch

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)


def tensor(t):
    t = t.detach()
    kind = "int64" if t.dtype == torch.int64 else "float64" if t.dtype == torch.float64 else "float32"
    data = t.flatten().tolist()
    if kind == "float32":
        data = [float(f"{v:.9g}") for v in data]
    elif kind == "float64":
        data = [float(f"{v:.12g}") for v in data]
    return {"dtype": kind, "shape": list(t.shape), "data": data}


def case(name, inputs, compute):
    """compute(inputs) -> {name: tensor}, in the precision of its inputs."""
    low = compute(inputs)
    high = compute({k: v.double() if v.is_floating_point() else v for k, v in inputs.items()})
    errors = {k: {"max_abs": float((low[k].double() - high[k]).detach().abs().max())} for k in high}
    return {
        "name": name,
        "inputs": {k: tensor(v) for k, v in inputs.items()},
        "outputs64": {k: tensor(v) for k, v in high.items()},
        "float32_error": errors,
    }


def write(group, cases):
    text = ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases)
    (HERE / f"{group}.json").write_text(f'{{"format":"golden-1","cases":[\n{text}\n]}}\n')


def randn(*shape, seed=1):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def layer(name, function, x, **parameters):
    """A function of x and named parameters; shapes, or tensors."""
    inputs = {"x": randn(*x, seed=11) if isinstance(x, tuple) else x}
    for i, (key, shape) in enumerate(parameters.items()):
        inputs[key] = randn(*shape, seed=20 + i)
    y = function(*inputs.values())
    inputs["dy"] = randn(*y.shape, seed=12)

    def compute(given):
        leaves = [v.clone().requires_grad_() for k, v in given.items() if k != "dy"]
        out = function(*leaves)
        out.backward(given["dy"])
        result = {"y": out}
        for key, leaf in zip(given, leaves):
            result["d" + key] = leaf.grad
        return result

    return case(name, inputs, compute)


def layers():
    image = (2, 3, 7, 6)
    series = (2, 4, 11)
    yield layer("linear of steps", F.linear, (2, 3, 5), weight=(4, 5), bias=(4,))
    yield layer("softmax of steps", lambda x: F.softmax(x, -1), (2, 3, 5))
    yield layer("log softmax of steps", lambda x: F.log_softmax(x, -1), (2, 3, 5))
    yield layer("global average pool", lambda x: x.mean((2, 3)), image)
    yield layer("global max pool", lambda x: x.amax((2, 3)), image)
    yield layer("max pool 1d", lambda x: F.max_pool1d(x, 3, 2, 1, 2, True), series)
    yield layer("avg pool 1d", lambda x: F.avg_pool1d(x, 3, 2, 1, True, False), series)
    yield layer("adaptive max pool 1d", lambda x: F.adaptive_max_pool1d(x, 4), series)
    yield layer("adaptive avg pool 1d", lambda x: F.adaptive_avg_pool1d(x, 4), series)
    yield layer("adaptive max pool 2d", lambda x: F.adaptive_max_pool2d(x, (3, 4)), image)
    yield layer("upsample nearest", lambda x: F.interpolate(x, scale_factor=3), image)
    yield layer("upsample bilinear", lambda x: F.interpolate(x, scale_factor=3, mode="bilinear"), image)
    yield layer("upsample bilinear, corners aligned",
                lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True), image)
    yield layer("upsample linear", lambda x: F.interpolate(x, scale_factor=2, mode="linear"), series)
    yield layer("pixel shuffle", lambda x: F.pixel_shuffle(x, 2), (2, 8, 3, 4))
    yield layer("pixel unshuffle", lambda x: F.pixel_unshuffle(x, 2), (2, 2, 6, 4))
    yield layer("zero pad 2d", lambda x: F.pad(x, (1, 2, 3, 0)), image)
    yield layer("crop 2d", lambda x: F.pad(x, (-1, 2, -2, -1)), image)
    yield layer("zero pad 1d", lambda x: F.pad(x, (3, 1)), series)
    for mode in ("reflect", "replicate", "circular"):
        yield layer(f"{mode} pad 2d", lambda x, m=mode: F.pad(x, (1, 2, 3, 4), m), image)
        yield layer(f"{mode} pad 1d", lambda x, m=mode: F.pad(x, (3, 1), m), series)
    yield layer("conv transpose 1d",
                lambda x, weight, bias: F.conv_transpose1d(x, weight, bias, 3, 1, 2, 2, 2),
                series, weight=(4, 3, 4), bias=(6,))
    yield layer("conv 1d same", lambda x, w, b: F.conv1d(x, w, b, 1, "same", 3),
                series, weight=(5, 4, 4), bias=(5,))
    yield layer("conv 1d causal", lambda x, w, b: F.conv1d(F.pad(x, (4, 0)), w, b, 1, 0, 2),
                series, weight=(5, 4, 3), bias=(5,))
    yield layer("conv 1d unequal", lambda x, w, b: F.conv1d(F.pad(x, (0, 3)), w, b, 2),
                series, weight=(5, 4, 3), bias=(5,))
    yield layer("conv 2d same", lambda x, w, b: F.conv2d(x, w, b, 1, "same"),
                image, weight=(5, 3, 4, 3), bias=(5,))
    yield layer("conv 2d unequal", lambda x, w, b: F.conv2d(F.pad(x, (0, 2, 1, 3)), w, b, (2, 1)),
                image, weight=(5, 3, 3, 3), bias=(5,))
    yield layer("instance norm 2d", lambda x, w, b: F.instance_norm(x, None, None, w, b, True, 0.1, 1e-3),
                image, weight=(3,), bias=(3,))
    yield layer("instance norm 1d", lambda x: F.instance_norm(x), series)
    yield layer("local response norm", lambda x: F.local_response_norm(x, 3, 0.3, 0.6, 1.5), (2, 6, 3, 2))
    yield layer("local response norm of an even size",
                lambda x: F.local_response_norm(x, 4, 0.3, 0.75, 2.0), (2, 6, 5))
    yield layer("glu", lambda x: F.glu(x, 1), (4, 10))
    yield layer("glu of channels", lambda x: F.glu(x, 1), (2, 6, 5, 3))
    yield layer("reglu", lambda x: F.relu(x.chunk(2, -1)[0]) * x.chunk(2, -1)[1], (2, 3, 8))
    yield layer("geglu", lambda x: F.gelu(x.chunk(2, -1)[0]) * x.chunk(2, -1)[1], (2, 3, 8))
    yield layer("swiglu", lambda x: F.silu(x.chunk(2, -1)[0]) * x.chunk(2, -1)[1], (2, 3, 8))


def graphs():
    """Inputs lie side by side, a row for each sample."""
    def two(function, a, b):
        n = math.prod(a)
        return lambda x: function(x[:, :n].reshape(-1, *a), x[:, n:].reshape(-1, *b))

    def graph(name, function, a, b):
        return layer(name, two(function, a, b), (3, math.prod(a) + math.prod(b)))

    image = (2, 3, 4)
    yield layer("permute", lambda x: x.permute(0, 3, 1, 2), (3, *image))
    yield layer("slice", lambda x: x[:, :, 1:3], (3, *image))
    yield layer("slice by two", lambda x: x[:, :, :, 1:4:2], (3, *image))
    yield layer("split and swap", lambda x: torch.cat(x.split([1, 3], 3)[::-1], 3), (3, *image))
    for axis in range(3):
        yield layer(f"sum {axis}", lambda x, d=axis + 1: x.sum(d), (3, *image))
        yield layer(f"mean {axis}", lambda x, d=axis + 1: x.mean(d), (3, *image))
        yield layer(f"max {axis}", lambda x, d=axis + 1: x.max(d).values, (3, *image))
        yield layer(f"norm {axis}", lambda x, d=axis + 1: x.norm(dim=d), (3, *image))
        yield graph(f"concat {axis}", lambda a, b, d=axis + 1: torch.cat((a, b, a), d), image, image)
        yield graph(f"stack {axis}", lambda a, b, d=axis + 1: torch.stack((a, b), d), image, image)
    for name, f in (("plus", torch.add), ("minus", torch.sub), ("times", torch.mul),
                    ("divide", lambda a, b: a / (b * b + 0.5))):
        yield graph(f"{name} 2x1x1", f, image, (2, 1, 1))
        yield graph(f"{name} 1x3x1", f, image, (1, 3, 1))
        yield graph(f"{name} both", f, (2, 1, 4), (1, 3, 1))
        yield graph(f"{name} equal", f, image, image)
    yield layer("scalars", lambda x: (x * 2.5 + 1.5 - 4) / 3, (3, *image))
    yield layer("constant", lambda x: x * torch.tensor([1.5, -2, 0.25, 3], dtype=x.dtype), (3, *image))


def loss(name, function, prediction, target):
    """A loss of predictions and targets; the reduction is in the function."""
    def compute(given):
        x = given["prediction"].clone().requires_grad_()
        value = function(x, given["target"])
        value.backward()
        return {"loss": value, "dprediction": x.grad}

    return case(name, {"prediction": prediction, "target": target}, compute)


def losses():
    x = randn(6, 5, seed=31)
    t = randn(6, 5, seed=32)
    labels = torch.tensor([0, 3, 1, 1, 4, 2])
    p = torch.sigmoid(x)
    bits = (t > 0).float()
    weight = torch.tensor([0.5, 2, 1, 0.25, 3])
    for reduction in ("mean", "sum"):
        yield loss(f"nll {reduction}",
                   lambda a, b, r=reduction: F.nll_loss(a, b, weight.to(a.dtype), ignore_index=1, reduction=r),
                   torch.log_softmax(x, 1), labels)
        yield loss(f"bce {reduction}", lambda a, b, r=reduction: F.binary_cross_entropy(a, b, reduction=r), p, bits)
        yield loss(f"poisson nll {reduction}",
                   lambda a, b, r=reduction: F.poisson_nll_loss(a, b, full=True, reduction=r), x, 3 * t.abs())
        yield loss(f"poisson nll of rates {reduction}",
                   lambda a, b, r=reduction: F.poisson_nll_loss(a, b, False, eps=1e-3, reduction=r), p, 3 * t.abs())
        yield loss(f"gaussian nll {reduction}",
                   lambda a, b, r=reduction: F.gaussian_nll_loss(
                       a[:, 0], b, a[:, 1].exp(), full=True, eps=1e-3, reduction=r),
                   randn(6, 2, 5, seed=33), t)
        yield loss(f"margin ranking {reduction}",
                   lambda a, b, r=reduction: F.margin_ranking_loss(
                       a[:, 0], a[:, 1], b.to(a.dtype)[:, None].expand(-1, 5), 0.4, reduction=r),
                   randn(6, 2, 5, seed=34), torch.tensor([1, -1, 1, 1, -1, -1]))
        yield loss(f"multi-label margin {reduction}",
                   lambda a, b, r=reduction: F.multilabel_margin_loss(a, b, reduction=r),
                   x, torch.tensor([[3, 0, -1, 1, -1], [1, -1, 2, 0, 0], [-1, 0, 0, 0, 0],
                                    [0, 1, 2, 3, 4], [4, -1, -1, -1, -1], [2, 0, 4, -1, 3]]))
        total = {"mean": torch.mean, "sum": torch.sum}[reduction]
        yield loss(f"quantile {reduction}",
                   lambda a, b, f=total: f(torch.maximum(0.8 * (b - a), -0.2 * (b - a))), x, t)
        yield loss(f"log cosh {reduction}",
                   lambda a, b, f=total: f(torch.log(torch.cosh(a - b))), 3 * x, t)

        def focal(a, b, f=total, alpha=0.3, gamma=1.7):
            q = torch.sigmoid(a)
            pt = q * b + (1 - q) * (1 - b)
            each = F.binary_cross_entropy_with_logits(a, b, reduction="none") * (1 - pt) ** gamma
            return f(each * (alpha * b + (1 - alpha) * (1 - b)))

        yield loss(f"focal {reduction}", focal, x, bits)

        def dice(a, b, f=total, smooth=0.5):
            return f(1 - (2 * (a * b).sum(1) + smooth) / (a.sum(1) + b.sum(1) + smooth))

        yield loss(f"dice {reduction}", dice, p, bits)

        def tversky(a, b, f=total, alpha=0.3, beta=0.7, smooth=0.5):
            hit = (a * b).sum(1)
            wrong = alpha * (a * (1 - b)).sum(1) + beta * ((1 - a) * b).sum(1)
            return f(1 - (hit + smooth) / (hit + wrong + smooth))

        yield loss(f"tversky {reduction}", tversky, p, bits)


def optimizer(name, make, decay=0.0):
    """Ten steps with gradients g[t] + p / 2, of one parameter of 3 x 4."""
    inputs = {"p": randn(3, 4, seed=41), "g": randn(10, 12, seed=42)}

    def compute(given):
        p = torch.nn.Parameter(given["p"].clone())
        rule = make([p])
        result = {}
        for step in range(10):
            p.grad = given["g"][step].reshape(3, 4) + p.detach() / 2
            rule.step()
            if step in (0, 4, 9):
                result[f"p{step + 1}"] = p.detach().clone()
        return result

    return case(name, inputs, compute)


class Lookahead:
    """Zhang and others, 2019: every k steps the slow weights move towards the fast ones."""

    def __init__(self, inner, parameters, k, alpha):
        self.inner, self.parameters, self.k, self.alpha, self.count = inner, parameters, k, alpha, 0
        self.slow = [p.detach().clone() for p in parameters]

    def step(self):
        self.inner.step()
        self.count += 1
        if self.count % self.k == 0:
            for p, slow in zip(self.parameters, self.slow):
                slow += self.alpha * (p.detach() - slow)
                p.data.copy_(slow)


def optimizers():
    o = torch.optim
    yield optimizer("nadam", lambda p: o.NAdam(p, 0.02, (0.8, 0.95), 1e-4, 0.1, 0.01))
    yield optimizer("nadam decoupled",
                    lambda p: o.NAdam(p, 0.02, (0.8, 0.95), 1e-4, 0.1, 0.01, decoupled_weight_decay=True))
    yield optimizer("radam", lambda p: o.RAdam(p, 0.02, (0.8, 0.95), 1e-4, 0.1))
    yield optimizer("radam decoupled",
                    lambda p: o.RAdam(p, 0.02, (0.8, 0.95), 1e-4, 0.1, decoupled_weight_decay=True))
    yield optimizer("adamax", lambda p: o.Adamax(p, 0.02, (0.8, 0.95), 1e-4, 0.1))
    yield optimizer("rprop", lambda p: o.Rprop(p, 0.02, (0.4, 1.3), (1e-3, 0.04)))
    yield optimizer("asgd", lambda p: o.ASGD(p, 0.02, 0.1, 0.6, 4, 0.1))
    yield optimizer("lookahead", lambda p: Lookahead(o.SGD(p, 0.1, 0.5), p, 3, 0.6))


def names():
    """What is public in each module; of functions that work in place, and of PyTorch's own helpers, nothing."""
    u = torch.nn.utils
    helpers = ("_with_indices", "torch_function", "_or_pair", "_dispatch", "native_", "copy_method", "type_before", "transfer_", "PackedSequence_", "bind", "Optional")
    result = {"nn": sorted(torch.nn.modules.__all__), "optim": sorted(n for n in dir(torch.optim) if n[0].isupper())}
    modules = {"functional": F, "init": torch.nn.init, "utils": u, "parametrizations": u.parametrizations, "rnn": u.rnn,
               "parametrize": u.parametrize, "prune": u.prune, "lr_scheduler": torch.optim.lr_scheduler,
               "swa_utils": torch.optim.swa_utils}
    for key, module in modules.items():
        public = [n for n in dir(module) if n[0] != "_" and not any(h in n for h in helpers)]
        # Old names of functions that end in _ now, and such as only say so by their end.
        inplace = [n for n in public if n.endswith("_") and key == "functional"]
        old = [n for n in public if n + "_" in public and key != "functional"]
        owners = ("torch.nn", "torch.optim", "torch._C._nn")
        result[key] = sorted(
            n for n in public
            if n not in inplace + old and callable(getattr(module, n))
            and ((getattr(getattr(module, n), "__module__", None) or "torch.nn").startswith(owners)
                 or key == "functional" and not isinstance(getattr(module, n), type)))
    return result


if __name__ == "__main__":
    write("layers", layers())
    write("graphs", graphs())
    write("losses", losses())
    write("optimizers", optimizers())
    (HERE / "names.json").write_text(json.dumps(names(), indent=1) + "\n")
