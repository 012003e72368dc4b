"""The cases of golden_like.py: for each group name, op, hyperparameters and inputs, none of them defaults alone."""

import itertools

import torch

from golden_ops import recurrent_layer


class Draw:
    """Draws float32 tensors from a generator."""

    def __init__(self, generator):
        self.generator = generator

    def normal(self, *shape, scale=1.0):
        return torch.randn(shape, generator=self.generator) * scale

    def uniform(self, *shape, low=0.0, high=1.0):
        return torch.rand(shape, generator=self.generator) * (high - low) + low

    def numbers(self, least, most, count):
        return torch.randint(least, most + 1, (count,), generator=self.generator).tolist()

    def integers(self, below, *shape):
        return torch.randint(below, shape, generator=self.generator)


def linear(generator):
    draw = Draw(generator)
    for i, (n, features, units) in enumerate([(3, 7, 2), (13, 1, 9), (2, 40, 31), (1, 1, 1), (70, 20, 17)]):
        yield f"linear_{i}", "linear", {}, {
            "x": draw.normal(n, features),
            "W": draw.normal(units, features),
            "b": draw.normal(units),
            "dy": draw.normal(n, units),
        }


def activations(generator):
    draw = Draw(generator)
    special = torch.tensor([0, -0.0, 1e-8, -1e-8, 0.5, -0.5, 9.9, 10.1, 20.5, -20.5, 88, -88, 104, -104, 1000, -1000])
    for function, args in [
        ("relu", {}),
        ("leaky_relu", {"negative_slope": 0.3}),
        ("leaky_relu", {"negative_slope": 0.0}),
        ("gelu_tanh", {}),
        ("gelu_erf", {}),
        ("sigmoid", {}),
        ("tanh", {}),
        ("softplus", {"beta": 0.5, "threshold": 20.0}),
        ("softplus", {"beta": 3.0, "threshold": 20.0}),
        ("softplus", {"beta": 1.0, "threshold": 3.0}),
        ("softplus", {"beta": 2.0, "threshold": 30.0}),
        ("silu", {}),
        ("elu", {"alpha": 0.25}),
        ("elu", {"alpha": 2.0}),
    ]:
        x = torch.cat([special, draw.normal(41, scale=3)])
        name = "_".join([function, *(f"{k}{v:g}" for k, v in args.items())])
        yield "activation_" + name, "activation", {"function": function, "args": args}, {"x": x, "dy": draw.normal(57)}


def softmax_crossentropy(generator):
    draw = Draw(generator)
    for log, (shape, dim) in itertools.product(
        [False, True], [((5, 11), 1), ((5, 11), 0), ((3, 4, 6), 2), ((3, 4, 6), 1), ((3, 4, 6), 0), ((2, 3, 4, 5), 1), ((9, 33), -1)]
    ):
        name = f"{'log_' if log else ''}softmax_dim{dim}_of_{'x'.join(map(str, shape))}"
        yield name, "softmax", {"log": log, "dim": dim}, {"x": draw.normal(*shape, scale=3), "dy": draw.normal(*shape)}
    n, classes = 9, 5
    extreme = torch.tensor([[0.3] * 5, [-1e4, 1e4, -1e4, -1e4, -1e4], [1e4] * 5, [0, 0, 5e3, 0, 1], [-90, -40, 0, 40, 90]])
    for reduction, smoothing, weights, ignored, probabilities in itertools.product(
        ["mean", "sum", "none"], [0, 0.25], [False, True], [None, 2], [False, True]
    ):
        if probabilities and ignored is not None:
            continue
        logits = draw.normal(n, classes, scale=3)
        logits[:5] = extreme
        hyper = {"reduction": reduction, "label_smoothing": smoothing}
        inputs = {"logits": logits}
        if probabilities:
            inputs["target_probabilities"] = torch.softmax(draw.normal(n, classes), 1)
        else:
            inputs["targets"] = draw.integers(classes, n)
        if ignored is not None:
            hyper["ignore_index"] = ignored
        if weights:
            inputs["class_weights"] = draw.uniform(classes, low=0.2, high=3)
        if reduction == "none":
            inputs["dy"] = draw.normal(n)
        name = f"cross_entropy_{reduction}_{smoothing:g}" + "_weights" * weights
        yield name + "_ignored" * (ignored is not None) + "_probabilities" * probabilities, "cross_entropy", hyper, inputs


def losses(generator):
    draw = Draw(generator)
    plain = [("mse", {}), ("l1", {}), ("huber", {"delta": 2.5}), ("huber", {"delta": 0.1})]
    plain += [("smooth_l1", {"beta": 2.5}), ("smooth_l1", {"beta": 0.0}), ("smooth_l1", {"beta": 0.05})]
    for (function, args), reduction, (n, m) in itertools.product(plain, ["mean", "sum"], [(7, 3), (1, 19)]):
        prediction = draw.normal(n, m, scale=2)
        target = draw.normal(n, m, scale=2)
        target[0, 0] = prediction[0, 0]
        name = f"loss_{function}{''.join(f'_{k}{v:g}' for k, v in args.items())}_{reduction}_{n}x{m}"
        hyper = {"function": function, "args": args, "reduction": reduction}
        yield name, "loss", hyper, {"prediction": prediction, "target": target}
    shapes = {"weight": [(7, 3), (3,)], "pos_weight": [(3,)]}
    choices = [{}] + [{n: s} for n in shapes for s in shapes[n]] + [{"weight": (7, 3), "pos_weight": (3,)}]
    for chosen, reduction in itertools.product(choices, ["mean", "sum"]):
        prediction = draw.normal(7, 3, scale=3)
        prediction[0] = torch.tensor([1e4, -1e4, 0])
        inputs = {"prediction": prediction, "target": draw.uniform(7, 3)}
        inputs |= {n: draw.uniform(*s, low=0.2, high=4) for n, s in chosen.items()}
        name = "_".join(["loss_bce_with_logits", *(f"{n}{len(s)}" for n, s in chosen.items()), reduction])
        yield name, "loss", {"function": "bce_with_logits", "args": {}, "reduction": reduction}, inputs


def training_traces(generator):
    draw = Draw(generator)
    optimizers = [
        ("sgd", {"lr": 0.03}),
        ("sgd", {"lr": 0.02, "momentum": 0.7, "weight_decay": 0.01}),
        ("sgd", {"lr": 0.05, "momentum": 0.6, "dampening": 0.2, "weight_decay": 0.003}),
        ("sgd", {"lr": 0.05, "momentum": 0.9, "dampening": 1.0}),
        ("sgd", {"lr": 0.02, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02}),
        ("adam", {"lr": 0.003, "betas": [0.8, 0.95], "eps": 1e-3}),
        ("adam", {"lr": 0.005, "weight_decay": 0.1}),
        ("adam", {"lr": 0.003, "betas": [0.7, 0.9], "eps": 1e-5, "amsgrad": True, "weight_decay": 0.02}),
        ("adamw", {"lr": 0.004, "betas": [0.95, 0.98], "eps": 1e-4, "weight_decay": 0.2}),
        ("adamw", {"lr": 0.004, "betas": [0.85, 0.9], "eps": 1e-6, "amsgrad": True}),
        ("rmsprop", {"lr": 0.002, "alpha": 0.9, "eps": 1e-4, "weight_decay": 0.01}),
        ("rmsprop", {"lr": 0.001, "alpha": 0.8, "eps": 1e-3, "momentum": 0.5, "centered": True}),
        ("rmsprop", {"lr": 0.002}),
        ("adagrad", {"lr": 0.02, "eps": 1e-4, "weight_decay": 0.01}),
        ("adagrad", {"lr": 0.03, "lr_decay": 0.05, "initial_accumulator_value": 0.5, "eps": 1e-6}),
    ]
    hidden = ["tanh", "relu", "sigmoid", "silu", "gelu_erf"]
    for i, (optimizer, args) in enumerate(optimizers):
        loss = ["mse", "cross_entropy", "smooth_l1"][i % 3]
        sizes = [[5, 9, 3], [6, 11, 7, 5, 4], [7, 3]][i // 2 % 3]
        batch, rows = [(4, 20), (5, 30), (16, 16)][i % 3]
        hyper = {
            "layer_sizes": sizes,
            "hidden_activation": hidden[i % 5],
            "loss": loss,
            "optimizer": optimizer,
            "optimizer_args": args,
            "steps": 20 + i,
            "batch": batch,
        }
        if i % 4 == 1:
            hyper["clip_norm"] = 0.3
        inputs = {"X": draw.normal(rows, sizes[0])}
        inputs["Y"] = draw.integers(sizes[-1], rows) if loss == "cross_entropy" else draw.normal(rows, sizes[-1])
        for layer, (before, after) in enumerate(itertools.pairwise(sizes)):
            inputs[f"W{layer}"] = draw.normal(after, before, scale=before**-0.5)
            inputs[f"b{layer}"] = draw.normal(after, scale=0.1)
        yield f"train_{i}_{optimizer}_{loss}", "train_mlp", hyper, inputs


def normalization(generator):
    draw = Draw(generator)
    cases = [
        (1, (6, 4), 1e-3, 0.3),
        (1, (2, 5), 0.1, 0.9),
        (1, (3, 2, 7), 1e-2, 0.01),
        (2, (4, 3, 2, 6), 1e-4, 0.5),
        (2, (2, 1, 3, 3), 0.5, 0.0),
        (2, (3, 5, 1, 2), 1e-6, 1.0),
    ]
    for i, (dims, shape, eps, momentum) in enumerate(cases):
        channels = shape[1]
        inputs = {n: draw.normal(*shape, scale=2) + 0.5 for n in ("x0", "x1", "dy")}
        inputs |= {"weight": draw.normal(channels), "bias": draw.normal(channels)}
        inputs |= {"running_mean": draw.normal(channels), "running_var": draw.uniform(channels, low=0.5, high=2)}
        hyper = {"dims": dims, "num_features": channels, "eps": eps, "momentum": momentum}
        yield f"batch_norm{dims}d_{i}", "batch_norm", hyper, inputs
    cases = [((5, 7), [7], 1e-3), ((2, 3, 9), [9], 0.3), ((2, 3, 4, 5), [4, 5], 1e-8), ((4, 2, 3), [2, 3], 1e-2)]
    for i, (shape, normalized, eps) in enumerate(cases):
        inputs = {"x": draw.normal(*shape, scale=2), "dy": draw.normal(*shape)}
        inputs |= {"weight": draw.normal(*normalized), "bias": draw.normal(*normalized)}
        yield f"layer_norm_{i}", "layer_norm", {"normalized_shape": normalized, "eps": eps}, inputs


def conv(generator):
    draw = Draw(generator)
    cases = [
        # channels in, out, image, kernel, stride, padding, dilation, groups
        (3, 5, (9, 11), (3, 2), (1, 2), (2, 0), (2, 1), 1),
        (4, 6, (12, 7), (2, 3), (3, 1), (0, 2), (1, 3), 2),
        (3, 6, (8, 8), (3, 3), (1, 1), (2, 2), (1, 1), 3),
        (2, 3, (10, 13), (1, 5), (2, 2), (0, 4), (3, 2), 1),
        (8, 8, (17, 16), (3, 3), (1, 1), (1, 1), (1, 1), 1),
        (6, 4, (7, 9), (3, 3), (2, 3), (1, 1), (1, 2), 2),
    ]
    # fewer than 16 channels: from there on Winograd's algorithm may take over, whose errors, by design (engine/DESIGN.md),
    # are larger than eight times those of PyTorch's direct convolution
    for _ in range(8):
        (groups, a, b), kernel = draw.numbers(1, 3, 3), draw.numbers(1, 4, 2)
        stride, padding, dilation = draw.numbers(1, 3, 2), draw.numbers(0, 2, 2), draw.numbers(1, 3, 2)
        image = [d * (k - 1) + more for d, k, more in zip(dilation, kernel, draw.numbers(1, 9, 2))]
        cases.append((a * groups, b * groups, image, kernel, stride, padding, dilation, groups))
    for i, (c, out, image, kernel, stride, padding, dilation, groups) in enumerate(cases):
        hyper = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
        inputs = {"x": draw.normal(2 + i % 2, c, *image), "weight": draw.normal(out, c // groups, *kernel), "bias": draw.normal(out)}
        inputs["dy"] = draw.normal(*torch.nn.functional.conv2d(inputs["x"], inputs["weight"], None, **hyper).shape)
        yield f"conv2d_{i}", "conv2d", {k: list(v) if k != "groups" else v for k, v in hyper.items()}, inputs
    cases = [
        # channels in, out, image, kernel, stride, padding, output padding, dilation, groups
        (3, 4, (5, 4), (3, 2), (2, 1), (1, 0), (1, 0), (1, 2), 1),
        (4, 6, (3, 6), (2, 3), (1, 3), (0, 2), (0, 2), (3, 1), 2),
        (6, 3, (4, 4), (3, 3), (2, 2), (2, 1), (0, 1), (2, 2), 3),
        (8, 8, (9, 8), (3, 3), (1, 1), (1, 1), (0, 0), (1, 1), 1),
        (2, 5, (6, 3), (1, 4), (3, 2), (0, 1), (2, 1), (1, 3), 1),
        (2, 2, (4, 5), (3, 3), (1, 1), (0, 0), (1, 2), (2, 3), 1),
    ]
    for _ in range(8):
        (groups, a, b), kernel = draw.numbers(1, 3, 3), draw.numbers(1, 4, 2)
        stride, padding, dilation = draw.numbers(1, 3, 2), draw.numbers(0, 1, 2), draw.numbers(1, 3, 2)
        extra = [draw.numbers(0, max(s, d) - 1, 1)[0] for s, d in zip(stride, dilation)]
        image = [padding[i] + more for i, more in enumerate(draw.numbers(2, 7, 2))]
        cases.append((a * groups, b * groups, image, kernel, stride, padding, extra, dilation, groups))
    for i, (c, out, image, kernel, stride, padding, extra, dilation, groups) in enumerate(cases):
        hyper = {"stride": stride, "padding": padding, "output_padding": extra, "groups": groups, "dilation": dilation}
        inputs = {"x": draw.normal(2, c, *image), "weight": draw.normal(c, out // groups, *kernel), "bias": draw.normal(out)}
        y = torch.nn.functional.conv_transpose2d(inputs["x"], inputs["weight"], None, **hyper)
        inputs["dy"] = draw.normal(*y.shape)
        yield f"conv_transpose2d_{i}", "conv_transpose2d", {k: list(v) if k != "groups" else v for k, v in hyper.items()}, inputs


def pool_embedding(generator):
    draw = Draw(generator)
    cases = [
        # image, kernel, stride, padding, dilation, ceil mode
        ((9, 11), (3, 2), (2, 3), (1, 0), (1, 2), False),
        ((9, 11), (2, 3), (1, 2), (0, 1), (3, 1), True),
        ((10, 7), (3, 3), (3, 2), (1, 1), (2, 2), True),
        ((6, 8), (2, 4), (2, 4), (1, 2), (1, 1), True),
        ((5, 5), (3, 3), (1, 1), (1, 1), (2, 1), False),
    ]
    for i in range(8):
        kernel, stride, dilation = draw.numbers(1, 4, 2), draw.numbers(1, 4, 2), draw.numbers(1, 3, 2)
        padding = [draw.numbers(0, k // 2, 1)[0] for k in kernel]
        image = [d * (k - 1) + more for d, k, more in zip(dilation, kernel, draw.numbers(1, 9, 2))]
        cases.append((image, kernel, stride, padding, dilation, i % 2 == 1))
    for i, (image, kernel, stride, padding, dilation, ceil) in enumerate(cases):
        x = draw.integers(5, 2, 3, *image).float() - 2 if i % 2 else draw.normal(2, 3, *image)
        hyper = {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil}
        y = torch.nn.functional.max_pool2d(x, kernel, stride, padding, dilation, ceil)
        hyper = {k: v if k == "ceil_mode" else list(v) for k, v in hyper.items()}
        yield f"max_pool2d_{i}", "max_pool2d", hyper, {"x": x, "dy": draw.normal(*y.shape)}
    windows = [((9, 11), (3, 2), (2, 3), (1, 0)), ((7, 8), (2, 3), (3, 2), (1, 1)), ((6, 6), (4, 4), (3, 3), (2, 1))]
    for _ in range(4):
        kernel = draw.numbers(1, 5, 2)
        padding = [draw.numbers(0, k // 2, 1)[0] for k in kernel]
        windows.append(([k + more for k, more in zip(kernel, draw.numbers(0, 8, 2))], kernel, draw.numbers(1, 4, 2), padding))
    for i, ((image, kernel, stride, padding), ceil, count) in enumerate(
        itertools.product(windows, [False, True], [False, True])
    ):
        x = draw.normal(2, 2, *image)
        y = torch.nn.functional.avg_pool2d(x, kernel, stride, padding, ceil, count)
        hyper = {"kernel": list(kernel), "stride": list(stride), "padding": list(padding)}
        hyper |= {"ceil_mode": ceil, "count_include_pad": count}
        yield f"avg_pool2d_{i}", "avg_pool2d", hyper, {"x": x, "dy": draw.normal(*y.shape)}
    for padding, rows, features, shape in [(None, 6, 3, (2, 4)), (5, 6, 7, (5, 3)), (0, 3, 1, (4, 9)), (2, 11, 5, (7, 1)), (-1, 4, 2, (6, 5))]:
        inputs = {"weight": draw.normal(rows, features), "indices": draw.integers(rows, *shape)}
        inputs["dy"] = draw.normal(*shape, features)
        yield f"embedding_{rows}x{features}", "embedding", {"padding_idx": padding}, inputs


def recurrent(generator):
    draw = Draw(generator)
    for cell, (layers, both), i in itertools.product(
        ["rnn_tanh", "rnn_relu", "lstm", "gru"], [(1, False), (3, False), (2, True)], range(2)
    ):
        n, t, features, units = [(2, 7, 3, 5), (5, 1, 6, 9)][i]
        hyper = {"cell": cell, "input_size": features, "hidden_size": units, "num_layers": layers, "bidirectional": both}
        if layers > 1 and i == 0:
            hyper["bias"] = False
        states = (layers * (1 + both), n, units)
        inputs = {"x": draw.normal(n, t, features), "h0": draw.normal(*states)}
        inputs |= {"dy": draw.normal(n, t, units * (1 + both)), "dhn": draw.normal(*states)}
        if cell == "lstm":
            inputs |= {"c0": draw.normal(*states), "dcn": draw.normal(*states)}
        for name, value in recurrent_layer(hyper, torch.float32).state_dict().items():
            inputs[name] = draw.normal(*value.shape, scale=0.4)
        yield f"{cell}_{layers}{'_bidirectional' * both}_{i}", "recurrent", hyper, inputs


def attention(generator):
    draw = Draw(generator)
    cases = [(own, causal, padded) for own in (True, False) for causal in (True, False) for padded in (True, False)]
    for i, (own, causal, padded) in enumerate(cases):
        n, t, features, heads = [(3, 4, 12, 3), (2, 7, 10, 1), (1, 5, 8, 8)][i % 3]
        s = t if own else t + 2
        query = draw.normal(n, t, features)
        inputs = {"query": query, "dy": draw.normal(n, t, features)}
        inputs["key"] = query if own else draw.normal(n, s, features)
        inputs["value"] = query if own else draw.normal(n, s, features)
        if padded:
            mask = draw.integers(2, n, s)
            mask[:, 0] = 0  # a query that may see no key at all has no defined answer
            inputs["key_padding_mask"] = mask
        inputs |= {"in_proj_weight": draw.normal(3 * features, features, scale=0.3), "in_proj_bias": draw.normal(3 * features)}
        inputs |= {"out_proj.weight": draw.normal(features, features, scale=0.3), "out_proj.bias": draw.normal(features)}
        if i % 3 == 2:
            del inputs["in_proj_bias"], inputs["out_proj.bias"]
        hyper = {"embed_dim": features, "num_heads": heads, "self_attention": own, "causal": causal}
        name = f"multihead_attention_{'self' if own else 'cross'}{'_causal' * causal}{'_padded' * padded}"
        yield name, "multihead_attention", hyper, inputs


def lr_schedules(generator):
    draw = Draw(generator)
    # positive: of what is below 0, ReduceLROnPlateau's threshold by share means another thing than PyTorch's, as it says
    metric = [round(x, 3) for x in (20 - draw.uniform(30).cumsum(0)).tolist()]
    metric[7:13] = [metric[6]] * 6
    metric[18:26] = [metric[17] + 0.001] * 8
    plateau = {"mode": "min", "factor": 0.3, "patience": 1, "threshold": 0.2, "threshold_mode": "abs", "cooldown": 3, "min_lr": 0.001}
    for name, steps, args in [
        ("StepLR", 17, {"step_size": 3, "gamma": 0.7}),
        ("MultiStepLR", 23, {"milestones": [2, 11], "gamma": 0.3}),
        ("CosineAnnealingLR", 40, {"T_max": 9, "eta_min": 0.02}),
        ("CosineAnnealingWarmRestarts", 41, {"T_0": 3, "T_mult": 3, "eta_min": 0.004}),
        ("CosineAnnealingWarmRestarts", 20, {"T_0": 7, "T_mult": 1, "eta_min": 0}),
        ("OneCycleLR", 33, {"max_lr": 0.3, "total_steps": 33, "pct_start": 0.45, "anneal_strategy": "linear", "div_factor": 5.0, "final_div_factor": 50.0, "base_momentum": 0.7, "max_momentum": 0.9}),
        ("OneCycleLR", 50, {"max_lr": 0.05, "total_steps": 50, "pct_start": 0.25, "anneal_strategy": "cos", "div_factor": 40.0, "final_div_factor": 10.0, "three_phase": True}),
        ("OneCycleLR", 12, {"max_lr": 0.05, "total_steps": 12}),
        ("ExponentialLR", 12, {"gamma": 0.6}),
        ("LinearLR", 14, {"start_factor": 0.5, "end_factor": 0.125, "total_iters": 5}),
        ("PolynomialLR", 16, {"total_iters": 7, "power": 0.5}),
        ("ConstantLR", 9, {"factor": 0.5, "total_iters": 3}),
        ("WarmupThenCosine", 30, {"linear": {"start_factor": 0.2, "end_factor": 0.8, "total_iters": 8}, "cosine": {"T_max": 12, "eta_min": 0.003}, "milestones": [8]}),
        ("WarmupThenCosine", 30, {"linear": {"start_factor": 0.1, "end_factor": 1.0, "total_iters": 4}, "cosine": {"T_max": 50, "eta_min": 0.0}, "milestones": [6]}),
        ("ReduceLROnPlateau", 30, plateau),
        ("ReduceLROnPlateau", 30, plateau | {"mode": "max", "patience": 4, "threshold": 0.01, "threshold_mode": "rel", "cooldown": 0, "min_lr": 0}),
        ("ReduceLROnPlateau", 30, plateau | {"patience": 0, "threshold": 0.05, "threshold_mode": "rel", "min_lr": 1e-9}),
    ]:
        hyper = {"scheduler": name, "base_lr": 0.07, "steps": steps, "args": args}
        if name == "ReduceLROnPlateau":
            hyper["metric"] = metric
        yield f"lr_{name}_{steps}", "lr_schedule", hyper, {}


def clipping(generator):
    draw = Draw(generator)
    for max_norm, norm_type, count in [(0.7, 2, 2), (5.0, 1, 4), (1.5, "inf", 3), (1e4, 2, 1), (1e3, "inf", 2), (0.5, 1, 1), (2.0, 3, 3), (0.5, 0.5, 2)]:
        shapes = [(5, 3), (7,), (1, 4), (2, 9)][:count]
        inputs = {f"g{i}": draw.normal(*s, scale=2) for i, s in enumerate(shapes)}
        hyper = {"max_norm": max_norm, "norm_type": norm_type, "tensors": count}
        yield f"clip_norm_{norm_type}_{max_norm:g}", "clip_norm", hyper, inputs
    for value in (0.1, 3.0):
        hyper = {"clip_value": value, "tensors": 2}
        yield f"clip_value_{value:g}", "clip_value", hyper, {"g0": draw.normal(3, 8, scale=2), "g1": draw.normal(5)}


def initializers(generator):
    gains = [("relu", None), ("linear", None), ("tanh", None), ("sigmoid", None), ("selu", None), ("leaky_relu", 0.01), ("leaky_relu", 1.5)]
    for shape, distribution, (gain, slope) in itertools.product(
        [[3, 7], [100, 33], [12, 5, 3], [6, 2, 3, 1]], ["uniform", "normal"], gains
    ):
        for kind, modes in [("kaiming_", ["fan_in", "fan_out"]), ("xavier_", ["both"])]:
            for mode in modes:
                hyper = {"kind": kind + distribution, "nonlinearity": gain, "mode": mode, "weight_shape": shape}
                hyper |= {} if slope is None else {"a": slope}
                name = f"init_{kind}{distribution}_{gain}{'' if slope is None else slope}_{mode}_{'x'.join(map(str, shape))}"
                yield name, "initializer", hyper, {}


CASES = {
    "linear": linear,
    "activations": activations,
    "softmax_crossentropy": softmax_crossentropy,
    "losses": losses,
    "training_traces": training_traces,
    "normalization": normalization,
    "conv": conv,
    "pool_embedding": pool_embedding,
    "recurrent": recurrent,
    "attention": attention,
    "lr_schedules": lr_schedules,
    "clipping": clipping,
    "initializers": initializers,
}
