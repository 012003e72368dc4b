"""Writes positions.json: PyTorch's losses of a label for each step or pixel, and of weighted samples.

All in double precision, of inputs that are floats. Run: python positions.py (torch 2)."""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{x:.10g}") for x in tensor.detach().flatten().tolist()]


def draw(*shape):
    return (torch.randn(shape) * 8).round() / 8


def finish(case, x, losses, weights, count):
    """Weighs the losses of samples, and divides as the reduction says; count is 1 where one counts."""
    sample = weights.reshape([-1] + [1] * (losses.dim() - 1))
    losses = losses * sample
    divisor = {"mean": (count * sample).sum(), "count_mean": count.sum(), "sum": 1, "none": 1}
    loss = losses.sum() / divisor[case["reduction"]]
    loss.backward()
    case |= {"loss": float(f"{loss.item():.10g}"), "gradient": numbers(x.grad)}
    case |= {"losses": numbers(losses), "predictions": numbers(x)}
    return case


def cross_entropy(name, shape, classes_first, reduction="mean", smoothing=0.0, ignore=-100,
                  class_weights=(), weights=None, probabilities=False):
    batch = 3
    x = draw(batch, *shape).requires_grad_()
    logits = x if classes_first or len(shape) == 1 else x.movedim(-1, 1)
    classes = logits.shape[1]
    case = {"name": name, "shape": shape, "classesFirst": classes_first, "reduction": reduction,
            "smoothing": smoothing, "ignore": ignore, "classWeights": list(class_weights)}
    w = torch.tensor(class_weights) if class_weights else torch.ones(classes)
    if probabilities:
        target = torch.softmax(draw(*logits.shape), 1).float().double()
        rows = target if classes_first or len(shape) == 1 else target.movedim(1, -1)
        case["probabilities"] = [float(v) for v in rows.flatten().tolist()]
        count = torch.ones(batch, *logits.shape[2:])
    else:
        target = torch.randint(0, classes, (batch, *logits.shape[2:]))
        if ignore == -100 and "ignored" in name:
            target.flatten()[1::3] = ignore
        case["labels"] = target.flatten().tolist()
        count = w[target.clamp(min=0)] * (target != ignore)
    losses = F.cross_entropy(logits, target, weight=w, ignore_index=ignore,
                             label_smoothing=smoothing, reduction="none")
    case["weights"] = weights or []
    weights = torch.tensor(weights) if weights else torch.ones(batch)
    done = finish(case, x, losses, weights, count)
    if not case["weights"] and reduction in ("mean", "sum"):
        own = F.cross_entropy(logits, target, weight=w, ignore_index=ignore,
                              label_smoothing=smoothing, reduction=reduction)
        assert abs(own.item() - done["loss"]) < 1e-8, name
    return done


def of_values(name, reduction, weights):
    x = draw(4, 5).requires_grad_()
    functions = {
        "MSELoss": lambda x, t: F.mse_loss(x, t, reduction="none"),
        "L1Loss": lambda x, t: F.l1_loss(x, t, reduction="none"),
        "HuberLoss": lambda x, t: F.huber_loss(x, t, reduction="none"),
        "SmoothL1Loss": lambda x, t: F.smooth_l1_loss(x, t, reduction="none"),
        "BCEWithLogitsLoss": lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none"),
        "SoftMarginLoss": lambda x, t: torch.log1p(torch.exp(-t * x)),
        "HingeEmbeddingLoss": lambda x, t: F.hinge_embedding_loss(x, t, reduction="none"),
        "KLDivLoss": lambda x, t: F.kl_div(x, t, reduction="none"),
        "CosineEmbeddingLoss": lambda x, t: F.cosine_embedding_loss(
            x, t, torch.ones(4), reduction="none"),
        "MultiMarginLoss": lambda x, t: F.multi_margin_loss(x, t, reduction="none"),
    }
    case = {"name": name, "shape": [5], "reduction": reduction, "weights": weights}
    if name == "MultiMarginLoss":
        target = torch.randint(0, 5, (4,))
        case["labels"] = target.tolist()
    elif name in ("SoftMarginLoss", "HingeEmbeddingLoss"):
        target = torch.randint(0, 2, (4, 5)) * 2.0 - 1
    elif name == "KLDivLoss":
        target = torch.softmax(draw(4, 5), 1).float().double()
    else:
        target = draw(4, 5).abs() / 4
    if "labels" not in case:
        case["values"] = [float(v) for v in target.flatten().tolist()]
    losses = functions[name](x, target)
    return finish(case, x, losses, torch.tensor(weights), torch.ones_like(losses))


three = (0.5, 2.0, 1.25)
five = (1.0, 0.5, 3.0, 0.25, 2.0)
cases = []
for name, shape, first in (("row", [5], False), ("steps", [4, 5], False), ("series", [5, 4], True),
                           ("image", [5, 2, 3], True)):
    def add(what, **options):
        cases.append(cross_entropy(f"{name} {what}", shape, first, **options))
    add("plain")
    add("ignored", reduction="sum")
    add("ignored and weighted classes", class_weights=five)
    add("class 0 ignored", ignore=0, smoothing=0.1)
    add("smoothed, ignored, weighted classes", smoothing=0.1, class_weights=five)
    add("none", reduction="none")
    add("ignored, weighted classes, none", reduction="none", class_weights=five)
    add("probabilities", probabilities=True)
    add("probabilities, smoothed, weighted classes", probabilities=True, smoothing=0.2,
        class_weights=five, weights=three)
    add("weighted samples", weights=three)
    add("weighted samples, sum", weights=three, reduction="sum")
    add("weighted samples by count", weights=three, reduction="count_mean")
    add("ignored, weighted classes and samples", weights=(0.5, 0.0, 1.5), class_weights=five)
    add("ignored, weighted samples, none", weights=three, reduction="none")
for name in ("MSELoss", "L1Loss", "HuberLoss", "SmoothL1Loss", "BCEWithLogitsLoss",
             "SoftMarginLoss", "HingeEmbeddingLoss", "KLDivLoss", "CosineEmbeddingLoss",
             "MultiMarginLoss"):
    for reduction in ("mean", "sum", "count_mean", "none"):
        cases.append(of_values(name, reduction, (0.5, 2.0, 0.0, 1.25)))
path = pathlib.Path(__file__).with_name("positions.json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
