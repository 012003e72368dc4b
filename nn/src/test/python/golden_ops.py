"""What PyTorch makes of the inputs of a golden case: one function for each op, for any precision."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def leaves(inputs, *names):
    """Returns inputs that ask for a gradient; None for one that is absent."""
    return [inputs[n].clone().requires_grad_() if n in inputs else None for n in names]


def gradients(names, tensors):
    return {n: t.grad for n, t in zip(names, tensors) if t is not None}


def linear(hyper, inputs, dtype):
    x, w, b = leaves(inputs, "x", "W", "b")
    y = F.linear(x, w, b)
    y.backward(inputs["dy"])
    return {"y": y} | gradients(["dx", "dW", "db"], [x, w, b])


def function(name, args):
    return {
        "relu": torch.relu,
        "leaky_relu": lambda x: F.leaky_relu(x, **args),
        "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
        "gelu_erf": F.gelu,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "softplus": lambda x: F.softplus(x, **args),
        "silu": F.silu,
        "elu": lambda x: F.elu(x, **args),
    }[name]


def activation(hyper, inputs, dtype):
    (x,) = leaves(inputs, "x")
    y = function(hyper["function"], hyper["args"])(x)
    y.backward(inputs["dy"])
    return {"y": y, "dx": x.grad}


def softmax(hyper, inputs, dtype):
    (x,) = leaves(inputs, "x")
    y = (torch.log_softmax if hyper["log"] else torch.softmax)(x, hyper["dim"])
    y.backward(inputs["dy"])
    return {"y": y, "dx": x.grad}


def cross_entropy(hyper, inputs, dtype):
    (logits,) = leaves(inputs, "logits")
    loss = F.cross_entropy(
        logits,
        inputs["targets"] if "targets" in inputs else inputs["target_probabilities"],
        weight=inputs.get("class_weights"),
        ignore_index=hyper.get("ignore_index", -100),
        reduction=hyper["reduction"],
        label_smoothing=hyper["label_smoothing"],
    )
    loss.backward(inputs.get("dy"))
    return {"loss": loss, "dlogits": logits.grad}


def loss_of(name, prediction, target, **args):
    return {
        "mse": F.mse_loss,
        "l1": F.l1_loss,
        "huber": F.huber_loss,
        "smooth_l1": F.smooth_l1_loss,
        "bce_with_logits": F.binary_cross_entropy_with_logits,
        "cross_entropy": F.cross_entropy,
    }[name](prediction, target, **args)


def loss(hyper, inputs, dtype):
    (prediction,) = leaves(inputs, "prediction")
    weights = {n: inputs[n] for n in ("weight", "pos_weight") if n in inputs}
    value = loss_of(
        hyper["function"], prediction, inputs["target"], reduction=hyper["reduction"], **hyper["args"], **weights
    )
    value.backward()
    return {"loss": value, "dprediction": prediction.grad}


OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": torch.optim.Adagrad,
}


def train_mlp(hyper, inputs, dtype):
    count = len(hyper["layer_sizes"]) - 1
    names = [f"{kind}{i}" for i in range(count) for kind in "Wb"]
    parameters = leaves(inputs, *names)
    optimizer = OPTIMIZERS[hyper["optimizer"]](parameters, **hyper["optimizer_args"])
    hidden = function(hyper["hidden_activation"], {})
    x, y = inputs["X"], inputs["Y"]
    batch = hyper["batch"]
    outputs, losses = {}, []
    for step in range(hyper["steps"]):
        first = step * batch % len(x)
        h = x[first : first + batch]
        for i in range(count):
            h = F.linear(h, parameters[2 * i], parameters[2 * i + 1])
            h = hidden(h) if i < count - 1 else h
        value = loss_of(hyper["loss"], h, y[first : first + batch])
        optimizer.zero_grad()
        value.backward()
        if "clip_norm" in hyper:
            nn.utils.clip_grad_norm_(parameters, hyper["clip_norm"])
        if step == 0:
            outputs |= {f"grad_step0_{n}": p.grad.clone() for n, p in zip(names, parameters)}
        optimizer.step()
        losses.append(value.item())
        if step == 0:
            outputs |= {f"after_step1_{n}": p.detach().clone() for n, p in zip(names, parameters)}
    outputs["losses"] = torch.tensor(losses, dtype=dtype)
    return outputs | {f"final_{n}": p for n, p in zip(names, parameters)}


def batch_norm(hyper, inputs, dtype):
    layer = (nn.BatchNorm1d if hyper["dims"] == 1 else nn.BatchNorm2d)(
        hyper["num_features"], eps=hyper["eps"], momentum=hyper["momentum"], affine="weight" in inputs, dtype=dtype
    )
    layer.load_state_dict({n: inputs[n] for n in ("weight", "bias", "running_mean", "running_var") if n in inputs}, strict=False)
    outputs = {}
    for name, input in (("train0", "x0"), ("train1", "x1"), ("eval", "x0")):
        layer.train(name != "eval")
        (x,) = leaves(inputs, input)
        layer.zero_grad()
        y = layer(x)
        y.backward(inputs["dy"])
        outputs |= {f"{name}_y": y, f"{name}_dx": x.grad}
        if layer.affine:
            outputs |= {f"{name}_dweight": layer.weight.grad.clone(), f"{name}_dbias": layer.bias.grad.clone()}
        if name != "eval":
            outputs["running_mean_after" + name[-1]] = layer.running_mean.clone()
            outputs["running_var_after" + name[-1]] = layer.running_var.clone()
    return outputs


def layer_norm(hyper, inputs, dtype):
    x, weight, bias = leaves(inputs, "x", "weight", "bias")
    y = F.layer_norm(x, hyper["normalized_shape"], weight, bias, hyper["eps"])
    y.backward(inputs["dy"])
    return {"y": y} | gradients(["dx", "dweight", "dbias"], [x, weight, bias])


def convolution(apply):
    def op(hyper, inputs, dtype):
        x, weight, bias = leaves(inputs, "x", "weight", "bias")
        y = apply(x, weight, bias, **{k: v for k, v in hyper.items() if k != "note"})
        y.backward(inputs["dy"])
        return {"y": y} | gradients(["dx", "dweight", "dbias"], [x, weight, bias])

    return op


def pool(apply):
    def op(hyper, inputs, dtype):
        (x,) = leaves(inputs, "x")
        args = {k: v for k, v in hyper.items() if k not in ("note", "kernel")}
        y = apply(x, hyper["kernel"], **args)
        y.backward(inputs["dy"])
        return {"y": y, "dx": x.grad}

    return op


def embedding(hyper, inputs, dtype):
    (weight,) = leaves(inputs, "weight")
    y = F.embedding(inputs["indices"], weight, padding_idx=hyper["padding_idx"])
    y.backward(inputs["dy"])
    return {"y": y, "dweight": weight.grad}


def recurrent_layer(hyper, dtype):
    kind = {"rnn_tanh": nn.RNN, "rnn_relu": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[hyper["cell"]]
    extra = {"nonlinearity": hyper["cell"][4:]} if kind is nn.RNN else {}
    return kind(
        hyper["input_size"],
        hyper["hidden_size"],
        hyper["num_layers"],
        batch_first=True,
        bidirectional=hyper["bidirectional"],
        bias=hyper.get("bias", True),
        dtype=dtype,
        **extra,
    )


def recurrent(hyper, inputs, dtype):
    layer = recurrent_layer(hyper, dtype)
    layer.load_state_dict({n: inputs[n] for n in layer.state_dict()})
    x, h0, c0 = leaves(inputs, "x", "h0", "c0")
    y, last = layer(x, h0 if c0 is None else (h0, c0))
    hn, cn = (last, None) if c0 is None else last
    objective = (y * inputs["dy"]).sum() + (hn * inputs["dhn"]).sum()
    if c0 is not None:
        objective = objective + (cn * inputs["dcn"]).sum()
    objective.backward()
    outputs = {"y": y, "hn": hn, "dx": x.grad, "dh0": h0.grad}
    outputs |= {"cn": cn, "dc0": c0.grad} if c0 is not None else {}
    return outputs | {f"d_{n}": p.grad for n, p in layer.named_parameters()}


def multihead_attention(hyper, inputs, dtype):
    bias = "in_proj_bias" in inputs
    layer = nn.MultiheadAttention(hyper["embed_dim"], hyper["num_heads"], bias=bias, batch_first=True, dtype=dtype)
    layer.load_state_dict({n: inputs[n] for n in layer.state_dict()})
    query, key, value = leaves(inputs, "query", "key", "value")
    if hyper["self_attention"]:
        key = value = query
    mask = None
    if hyper["causal"]:
        mask = torch.ones(query.shape[1], key.shape[1], dtype=torch.bool).triu(1)
    padding = inputs["key_padding_mask"].bool() if "key_padding_mask" in inputs else None
    y, weights = layer(query, key, value, attn_mask=mask, key_padding_mask=padding, need_weights=True)
    y.backward(inputs["dy"])
    outputs = {"y": y, "attention_weights_mean_over_heads": weights, "dquery": query.grad}
    if not hyper["self_attention"]:
        outputs |= {"dkey": key.grad, "dvalue": value.grad}
    return outputs | {f"d_{n}": p.grad for n, p in layer.named_parameters()}


def lr_schedule(hyper, inputs, dtype):
    momentum = hyper["scheduler"] == "OneCycleLR"
    parameter = nn.Parameter(torch.zeros(1, dtype=dtype))
    optimizer = torch.optim.SGD([parameter], lr=hyper["base_lr"], momentum=0.9 if momentum else 0)
    args = hyper["args"]
    if hyper["scheduler"] == "WarmupThenCosine":
        parts = [
            torch.optim.lr_scheduler.LinearLR(optimizer, **args["linear"]),
            torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, **args["cosine"]),
        ]
        scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, parts, args["milestones"])
    else:
        scheduler = getattr(torch.optim.lr_scheduler, hyper["scheduler"])(optimizer, **args)
    rates, momenta = [], []
    for step in range(hyper["steps"]):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if "metric" in hyper:
            scheduler.step(hyper["metric"][step])
        elif step + 1 < hyper["steps"]:
            scheduler.step()
    outputs = {"lr_used_at_step": torch.tensor(rates, dtype=torch.float64)}
    return outputs | ({"momentum_used_at_step": torch.tensor(momenta, dtype=torch.float64)} if momentum else {})


def clip(hyper, inputs, dtype):
    parameters = []
    for i in range(hyper["tensors"]):
        parameters.append(nn.Parameter(torch.ones_like(inputs[f"g{i}"])))
        parameters[-1].grad = inputs[f"g{i}"].clone()
    outputs = {}
    if "clip_value" in hyper:
        nn.utils.clip_grad_value_(parameters, hyper["clip_value"])
    else:
        outputs["total_norm"] = nn.utils.clip_grad_norm_(parameters, hyper["max_norm"], float(hyper["norm_type"]))
    return {f"clipped_g{i}": p.grad for i, p in enumerate(parameters)} | outputs


def initializer(hyper, inputs, dtype):
    weight = torch.empty(hyper["weight_shape"])
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(weight)
    gain = nn.init.calculate_gain(hyper["nonlinearity"], hyper.get("a"))
    if hyper["kind"].startswith("kaiming"):
        std = gain / math.sqrt(fan_in if hyper["mode"] == "fan_in" else fan_out)
    else:
        std = gain * math.sqrt(2.0 / (fan_in + fan_out))
    outputs = {"fan_in": fan_in, "fan_out": fan_out, "gain": float(gain), "std": std}
    return outputs | ({"bound": math.sqrt(3.0) * std} if hyper["kind"].endswith("uniform") else {})


OPS = {
    "linear": linear,
    "activation": activation,
    "softmax": softmax,
    "cross_entropy": cross_entropy,
    "loss": loss,
    "train_mlp": train_mlp,
    "batch_norm": batch_norm,
    "layer_norm": layer_norm,
    "conv2d": convolution(F.conv2d),
    "conv_transpose2d": convolution(F.conv_transpose2d),
    "max_pool2d": pool(F.max_pool2d),
    "avg_pool2d": pool(F.avg_pool2d),
    "embedding": embedding,
    "recurrent": recurrent,
    "multihead_attention": multihead_attention,
    "lr_schedule": lr_schedule,
    "clip_norm": clip,
    "clip_value": clip,
    "initializer": initializer,
}
