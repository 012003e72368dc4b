"""Makes the files more_*.json, by PyTorch 2, beside this script; see torch_numbers.py."""

import math

import torch
import torch.nn.functional as F

from torch_numbers import case, layer, loss, optimizer, randn, write

P = torch.nn.utils.parametrizations


def pair(name, function, a, b):
    """Two inputs lie side by side, a row for each sample."""
    n = math.prod(a)
    return layer(name, lambda x: function(x[:, :n].reshape(-1, *a), x[:, n:].reshape(-1, *b)), (3, n + math.prod(b)))


def bag(name, indices, mode, padding=None, weighted=False):
    """Bags of equal length; x is what weighs the indices, if they are weighted, else it is the indices themselves."""
    table = randn(7, 4, seed=51)
    if padding is not None:
        table[padding] = 0
    inputs = {"indices": indices, "weight": table, "dy": randn(len(indices), 4, seed=52)}
    if weighted:
        inputs["weights"] = randn(*indices.shape, seed=53)

    def compute(given):
        w = given["weight"].clone().requires_grad_()
        s = given["weights"].clone().requires_grad_() if weighted else None
        y = F.embedding_bag(given["indices"], w, mode=mode, padding_idx=padding, per_sample_weights=s)
        y.backward(given["dy"])
        return {"y": y, "dweight": w.grad} | ({"dweights": s.grad} if weighted else {})

    return case(name, inputs, compute)


def normed(name, make, shape, norm, steps):
    """Ten steps of plain gradient descent through a reparametrized layer; sum of squares of the outputs is the loss."""
    module = make()
    start = randn(*module.weight.shape, seed=61) / 2
    inputs = {"x": randn(*shape, seed=62), "weight": start}

    def compute(given):
        m = make().to(given["x"].dtype)
        m.weight.data.copy_(given["weight"])
        norm(m)
        names = [n for n, _ in m.named_parameters() if "original" in n]
        given_states = {n: b for n, b in m.named_buffers()}
        for n, b in given_states.items():
            b.copy_(inputs[n.rsplit(".", 1)[-1]].to(b.dtype))
        result = {}
        rule = torch.optim.SGD(m.parameters(), 0.05)
        for step in range(10):
            x = given["x"].clone().requires_grad_()
            y = m(x)
            (y * y).mean().backward()
            if step == 0:
                result |= {"y": y, "dx": x.grad}
                result |= {"d_" + n.rsplit(".", 1)[-1]: dict(m.named_parameters())[n].grad for n in names}
            rule.step()
            rule.zero_grad()
        for n in names:
            result["final_" + n.rsplit(".", 1)[-1]] = dict(m.named_parameters())[n]
        m.eval()
        result["inference"] = m(given["x"])
        return result

    if steps:
        rows = torch.nn.Flatten()(start if not isinstance(module, torch.nn.ConvTranspose2d) else start.transpose(0, 1))
        inputs["_u"] = F.normalize(randn(rows.shape[0], seed=63), dim=0)
        inputs["_v"] = F.normalize(randn(rows.shape[1], seed=64), dim=0)
    return case(name, inputs, compute)


def layers():
    wide = torch.cat([torch.tensor([0, 0.25, -0.25, 0.25000003, 1e-8, -1e-8, 20, -20, 100, -100]), randn(20, seed=3)]).reshape(3, 10)
    for name, f in (("celu", lambda x: F.celu(x, 0.7)), ("hardshrink", lambda x: F.hardshrink(x, 0.25)),
                    ("softshrink", lambda x: F.softshrink(x, 0.25)), ("tanhshrink", F.tanhshrink),
                    ("threshold", lambda x: F.threshold(x, -0.25, 2.5)), ("softmin", lambda x: F.softmin(x, -1))):
        yield layer(name, f, wide)
    volume = (2, 2, 4, 5, 4)
    image = (2, 4, 5, 6)
    yield layer("softmax 2d", lambda x: F.softmax(x, 1), image)
    yield layer("unflatten", lambda x: x.unflatten(2, (2, 1, 3)), (2, 4, 6, 2))
    yield layer("channel shuffle", lambda x: F.channel_shuffle(x, 2), (2, 6, 3, 2))
    yield layer("unfold", lambda x: F.unfold(x, (3, 2), (2, 1), (1, 2), (1, 3)), image)
    yield layer("fold", lambda x: F.fold(x, (5, 6), (3, 2), (2, 1), (1, 2), (1, 3)), (2, 24, 9))
    for d, pads in ((1, (2, -1)), (2, (1, 2, -1, 3)), (3, (1, 2, -1, 3, 0, 2))):
        yield layer(f"constant pad {d}d", lambda x, p=pads: F.pad(x, p, "constant", 1.5), volume[: d + 2])
    yield layer("zero pad 3d", lambda x: F.pad(x, (1, 2, -1, 3, 0, 2)), volume)
    for mode in ("reflect", "replicate", "circular"):
        yield layer(f"{mode} pad 3d", lambda x, m=mode: F.pad(x, (1, 2, 3, 0, 2, 3), m), volume)
    yield layer("conv 3d", lambda x, w, b: F.conv3d(x, w, b, (2, 1, 3), (1, 0, 2), (1, 2, 1)),
                volume, weight=(4, 2, 3, 2, 3), bias=(4,))
    yield layer("conv 3d in groups", lambda x, w: F.conv3d(x, w, None, 1, (2, 1, 1), (2, 1, 1), 2),
                (2, 4, 3, 4, 5), weight=(6, 2, 2, 3, 3))
    yield layer("conv transpose 3d", lambda x, w, b: F.conv_transpose3d(x, w, b, (2, 1, 3), (1, 0, 2), (1, 1, 2), 2, (1, 2, 1)),
                (2, 2, 3, 4, 3), weight=(2, 2, 3, 2, 3), bias=(4,))
    yield layer("conv transpose 3d without bias", F.conv_transpose3d, (2, 2, 2, 3, 4), weight=(2, 3, 2, 2, 2))
    yield layer("max pool 3d", lambda x: F.max_pool3d(x, (3, 2, 3), (1, 2, 2), (1, 0, 1), (1, 2, 1), True), volume)
    yield layer("avg pool 3d", lambda x: F.avg_pool3d(x, (3, 2, 3), (1, 2, 2), (1, 0, 1), True), volume)
    yield layer("avg pool 3d, padding not counted",
                lambda x: F.avg_pool3d(x, (2, 3, 3), (2, 2, 1), (1, 1, 1), True, False), volume)
    yield layer("max unpool 1d", lambda x: F.max_unpool1d(*F.max_pool1d(x, 2, return_indices=True), 2, output_size=(11,)), (2, 3, 11))
    yield layer("max unpool 2d", lambda x: F.max_unpool2d(
        *F.max_pool2d(x, (3, 2), (3, 2), (1, 0), return_indices=True), (3, 2), (3, 2), (1, 0)), (2, 3, 7, 6))
    yield layer("max unpool 3d", lambda x: F.max_unpool3d(
        *F.max_pool3d(x, 2, return_indices=True), 2, output_size=(4, 5, 4)), volume)
    positive = randn(2, 3, 6, 5, seed=15).abs() + 0.1
    yield layer("lp pool 1d", lambda x: F.lp_pool1d(x, 2, 3, 2), (2, 3, 11))
    yield layer("lp pool 1d of odd p", lambda x: F.lp_pool1d(x, 3, 2), positive[:, :, :, 0])
    yield layer("lp pool 1d, rounded up", lambda x: F.lp_pool1d(x, 1, 3, 2, True), (2, 3, 10))
    yield layer("lp pool 2d", lambda x: F.lp_pool2d(x, 4, (3, 2), (2, 1), True), (2, 3, 8, 6))
    yield layer("lp pool 2d of a broken p", lambda x: F.lp_pool2d(x, 1.5, 2), positive)
    yield layer("lp pool 2d of zeros", lambda x: F.lp_pool2d(x, 2, 2), F.relu(randn(2, 2, 8, 8, seed=16) - 0.9))
    yield layer("lp pool 2d of infinity", lambda x: F.lp_pool2d(x, math.inf, 3, 2), (2, 3, 7, 9))
    yield layer("lp pool 3d", lambda x: F.lp_pool3d(x, 2, (2, 3, 2), (1, 2, 2), True), volume)
    yield layer("adaptive avg pool 3d", lambda x: F.adaptive_avg_pool3d(x, (2, 3, 3)), volume)
    yield layer("adaptive max pool 3d", lambda x: F.adaptive_max_pool3d(x, (2, 3, 3)), volume)
    yield layer("batch norm 3d", lambda x, w, b: F.batch_norm(x, None, None, w, b, True, 0.1, 1e-3),
                volume, weight=(2,), bias=(2,))
    yield layer("instance norm 3d", lambda x, w, b: F.instance_norm(x, None, None, w, b, True, 0.1, 1e-3),
                volume, weight=(2,), bias=(2,))
    yield pair("cosine similarity 0", lambda a, b: F.cosine_similarity(a, b, 1, 0.5), (4, 3), (4, 3))
    yield pair("cosine similarity 1", lambda a, b: F.cosine_similarity(a, b, 2, 1e-6), (4, 3), (4, 3))
    for p in (1.0, 2.0, 3.5, math.inf):
        yield pair(f"pairwise distance {p}", lambda a, b, p=p: F.pairwise_distance(a, b, p, 1e-2), (4, 3), (4, 3))
    n = 4 + 3

    def bilinear(x, weight, bias):
        return F.bilinear(x[:, :4], x[:, 4:], weight, bias)

    yield layer("bilinear", bilinear, (5, n), weight=(6, 4, 3), bias=(6,))


def bags():
    plain = torch.tensor([[0, 3, 3], [6, 1, 0], [2, 2, 2], [5, 4, 1]])
    padded = torch.tensor([[0, 2, 3, 3], [2, 2, 1, 2], [2, 2, 2, 2], [5, 2, 4, 2]])
    for mode in ("sum", "mean", "max"):
        yield bag(f"bag {mode}", plain, mode)
        yield bag(f"bag {mode} padded", padded, mode, 2)
    yield bag("bag sum weighted", plain, "sum", None, True)
    yield bag("bag sum weighted padded", padded, "sum", 2, True)


def norms():
    def conv():
        return torch.nn.Conv2d(3, 4, (2, 3), bias=False)

    def linear():
        return torch.nn.Linear(5, 4, bias=False)

    def transposed():
        return torch.nn.ConvTranspose2d(3, 4, (2, 3), bias=False)

    for name, make, shape in (("linear", linear, (6, 5)), ("conv 2d", conv, (2, 3, 4, 5)), ("conv transpose 2d", transposed, (2, 3, 4, 5))):
        yield normed(f"weight norm of {name}", make, shape, P.weight_norm, 0)
        yield normed(f"spectral norm of {name}", make, shape, lambda m: P.spectral_norm(m, n_power_iterations=2, eps=1e-8), 2)


def losses():
    logits = randn(4, 7, 5, seed=81)
    labels = torch.tensor([[1, 3, 3], [2, -1, -1], [4, 1, 2], [-1, -1, -1]])
    counts, steps = torch.tensor([3, 1, 3, 0]), torch.tensor([7, 5, 4, 6])

    def ctc(x, t, reduction, blank=0, steps=steps, zero=False):
        return F.ctc_loss(torch.log_softmax(x, -1).transpose(0, 1), t.clamp(min=0), steps, counts, blank, reduction, zero)

    for reduction in ("mean", "sum"):
        yield loss(f"ctc {reduction}", lambda x, t, r=reduction: ctc(x, t, r), logits, labels)
    other = torch.where(labels > 0, labels - 1, labels)
    yield loss("ctc blank 4", lambda x, t: ctc(x, t, "mean", 4), logits, other)
    short = torch.tensor([7, 5, 2, 6])
    yield loss("ctc zero infinity", lambda x, t: ctc(x, t, "mean", 0, short, True), logits, labels)
    views = randn(6, 2, 5, seed=82)

    def ntxent(x, t, reduction=torch.mean):
        z = F.normalize(torch.cat([x[:, 0], x[:, 1]]), dim=1)
        n = len(x)
        s = (z @ z.T / 0.3).masked_fill(torch.eye(2 * n, dtype=torch.bool), -math.inf)
        each = F.cross_entropy(s, (torch.arange(2 * n) + n) % (2 * n), reduction="none")
        return reduction((each[:n] + each[n:]) / 2)

    def infonce(x, t, symmetric, reduction):
        s = F.normalize(x[:, 0], dim=1) @ F.normalize(x[:, 1], dim=1).T / 0.3
        own = torch.arange(len(x))
        each = F.cross_entropy(s, own, reduction="none")
        return reduction((each + F.cross_entropy(s.T, own, reduction="none")) / 2 if symmetric else each)

    for name, f in (("mean", torch.mean), ("sum", torch.sum)):
        yield loss(f"nt-xent {name}", lambda x, t, f=f: ntxent(x, t, f), views, torch.zeros(6))
        yield loss(f"infonce {name}", lambda x, t, f=f: infonce(x, t, False, f), views, torch.zeros(6))
        yield loss(f"infonce symmetric {name}", lambda x, t, f=f: infonce(x, t, True, f), views, torch.zeros(6))


def sparse(name, make):
    """Ten steps of a table of which each uses two rows, sometimes one twice."""
    rows = torch.tensor([[0, 3], [5, 5], [3, 1], [0, 0], [4, 2], [3, 0], [1, 1], [2, 5], [0, 4], [5, 3]])
    inputs = {"p": randn(6, 3, seed=71), "g": randn(10, 6, seed=72), "rows": rows}

    def compute(given):
        p = torch.nn.Parameter(given["p"].clone())
        rule = make([p])
        result = {}
        for step in range(10):
            p.grad = torch.sparse_coo_tensor(given["rows"][step][None], given["g"][step].reshape(2, 3), (6, 3))
            rule.step()
            if step in (0, 4, 9):
                result[f"p{step + 1}"] = p.detach().clone()
        return result

    return case(name, inputs, compute)


def quasi_newton(name, make, steps):
    """Steps of a perceptron of tanh under the mean squared error."""
    inputs = {"x": randn(12, 5, seed=91), "t": randn(12, 3, seed=92)}
    for i, shape in enumerate(((6, 5), (6,), (3, 6), (3,))):
        inputs[f"w{i}"] = randn(*shape, seed=93 + i) / 2

    def compute(given):
        w = [given[f"w{i}"].clone().requires_grad_() for i in range(4)]
        rule = make(w)

        def closure():
            rule.zero_grad()
            value = F.mse_loss(F.linear(torch.tanh(F.linear(given["x"], w[0], w[1])), w[2], w[3]), given["t"])
            value.backward()
            return value

        result = {"losses": torch.stack([torch.as_tensor(rule.step(closure)).detach() for _ in range(steps)])}
        return result | {f"final_w{i}": v for i, v in enumerate(w)}

    return case(name, inputs, compute)


def optimizers():
    o = torch.optim
    yield quasi_newton("lbfgs", lambda w: o.LBFGS(w, 0.3, 4, 9, history_size=3), 5)
    yield quasi_newton("lbfgs strong wolfe", lambda w: o.LBFGS(w, 0.8, 3, history_size=3, line_search_fn="strong_wolfe"), 3)
    yield quasi_newton("lbfgs defaults", lambda w: o.LBFGS(w, line_search_fn="strong_wolfe", max_iter=5), 2)
    yield sparse("sparse adam", lambda p: torch.optim.SparseAdam(p, 0.02, (0.8, 0.95), 1e-4))


def mix(z):
    """SplitMix64's, as in RandomStream."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    return z ^ (z >> 31)


def drawn(*shape):
    """What the stream "windows" of seed 0 gives a layer that stands nowhere: numbers 0, 1, 2, ..."""
    gamma = 0x9E3779B97F4A7C15
    key = mix(gamma)
    for name in ("windows", ""):
        number = 0xCBF29CE484222325
        for letter in name:
            number = (number ^ ord(letter)) * 0x100000001B3 % 2**64
        key = mix((key + mix(number)) % 2**64 ^ gamma)
    bits = [mix((key + (i + 1) * gamma) % 2**64) for i in range(math.prod(shape))]
    return torch.tensor([(b >> 40) / 2**24 for b in bits]).reshape(shape)


def fractional(name, x, *arguments, **options):
    """A fractional max pooling of the numbers that our layer draws, or has for inference."""
    sides = x.dim() - 2
    function = (F.fractional_max_pool2d_with_indices, F.fractional_max_pool3d_with_indices)[sides - 2]
    samples = drawn(*x.shape[:2], sides)
    inference = name.endswith("for inference")
    if inference:
        samples.fill_(0.5)

    def pooled(given):
        return function(given, *arguments, **options, _random_samples=samples.to(given.dtype))

    inputs = {"x": x, "samples": samples, "dy": randn(*pooled(x)[0].shape, seed=12)}

    def compute(given):
        leaf = given["x"].clone().requires_grad_()
        y, indices = pooled(leaf)
        y.backward(given["dy"])
        return {"y": y, "indices": indices.to(y.dtype)} | ({} if inference else {"dx": leaf.grad})

    return case(name, inputs, compute)


def pools():
    image, volume = randn(2, 3, 7, 9, seed=11), randn(2, 3, 5, 6, 7, seed=11)
    yield fractional("2d", image, (3, 2), (4, 6))
    yield fractional("2d for inference", image, (3, 2), (4, 6))
    yield fractional("2d with equal values", F.relu(image - 0.5), (3, 2), (4, 6))
    yield fractional("2d of a ratio", randn(2, 3, 10, 9, seed=11), 2, output_ratio=(0.7, 0.55))
    yield fractional("2d to one", image, (3, 2), 1)
    yield fractional("3d", volume, (2, 3, 2), (3, 2, 4))
    yield fractional("3d for inference", volume, (2, 3, 2), (3, 2, 4))
    yield fractional("3d of a ratio", volume, 2, output_ratio=(0.6, 0.7, 0.4))


if __name__ == "__main__":
    write("more_layers", layers())
    write("more_bags", bags())
    write("more_norms", norms())
    write("more_optimizers", optimizers())
    write("more_losses", losses())
    write("more_pools", pools())
