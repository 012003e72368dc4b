"""Writes metrics.json: scikit-learn's values of all metrics. Run: python metrics.py (scikit-learn 1.7)."""

import json
import pathlib

import numpy as np
from sklearn import metrics as sk

random = np.random.default_rng(5)


def draw(*shape):
    return np.round(random.normal(size=shape) * 8) / 8


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rates(y, p, w, averages):
    values = {}
    for average in averages:
        suffix = "" if average == "binary" else "_" + average
        options = {"average": average, "zero_division": 0, "sample_weight": w}
        values["precision" + suffix] = sk.precision_score(y, p, **options)
        values["recall" + suffix] = sk.recall_score(y, p, **options)
        values["f1" + suffix] = sk.f1_score(y, p, **options)
        values["f2.0" + suffix] = sk.fbeta_score(y, p, beta=2, **options)
        values["f0.5" + suffix] = sk.fbeta_score(y, p, beta=0.5, **options)
        values["iou" + suffix] = sk.jaccard_score(y, p, **options)
        values["dice" + suffix] = values["f1" + suffix]
    table = sk.multilabel_confusion_matrix(y, p, sample_weight=w)
    tn, fp = table[:, 0, 0], table[:, 0, 1]
    each = tn / (tn + fp)
    support = table[:, 1].sum(axis=1)
    values |= {"specificity_macro": each.mean(), "specificity_micro": tn.sum() / (tn + fp).sum(),
               "specificity_weighted": (each * support).sum() / support.sum()}
    if "binary" in averages:
        values["specificity"] = sk.recall_score(y, p, pos_label=0, sample_weight=w)
    return values


def of_classes(y, p, w):
    return {"accuracy": sk.accuracy_score(y, p, sample_weight=w),
            "hamming_loss": sk.hamming_loss(y, p, sample_weight=w),
            "balanced_accuracy": sk.balanced_accuracy_score(y, p, sample_weight=w),
            "matthews_corrcoef": sk.matthews_corrcoef(y, p, sample_weight=w),
            "cohen_kappa": sk.cohen_kappa_score(y, p, sample_weight=w)}


def of_probabilities(y, probabilities, w, labels):
    loss = sk.log_loss(y, probabilities, sample_weight=w, labels=labels)
    return {"log_loss": loss, "perplexity": np.exp(loss),
            "brier": sk.brier_score_loss(y, probabilities, sample_weight=w, labels=labels)}


def case(name, outputs, targets, w, values, **more):
    return {"name": name, "outputs": outputs.tolist(), "targets": np.asarray(targets).tolist(),
            "weights": None if w is None else w.tolist(),
            "values": {k: float(f"{v:.14g}") for k, v in values.items()},
            **{k: [float(f"{v:.14g}") for v in vs] for k, vs in more.items()}}


cases = []
n = 24
for w in (None, np.round(random.uniform(0, 3, n) * 4) / 4):
    name = "" if w is None else ", weighted"
    # four classes
    x, y = draw(n, 4), random.integers(0, 4, n)
    x[np.arange(n), y] += 0.75
    p = softmax(x)
    values = of_classes(y, x.argmax(axis=1), w) | rates(
        y, x.argmax(axis=1), w, ("macro", "micro", "weighted"))
    values |= of_probabilities(y, p, w, range(4))
    values["top_2_accuracy"] = sk.top_k_accuracy_score(y, x, k=2, sample_weight=w)
    values["roc_auc"] = np.mean([sk.roc_auc_score(y == c, p[:, c], sample_weight=w)
                                 for c in range(4)])
    assert w is not None or np.isclose(values["roc_auc"], sk.roc_auc_score(y, p, multi_class="ovr"))
    values["average_precision"] = np.mean(
        [sk.average_precision_score(y == c, p[:, c], sample_weight=w) for c in range(4)])
    cases.append(case("classes" + name, x, y, w, values))
    # two classes, and the same as one score
    x, y = draw(n, 2), random.integers(0, 2, n)
    x[np.arange(n), y] += 0.5
    score = x[:, 1] - x[:, 0]
    yes = (score > 0).astype(int)
    values = of_classes(y, yes, w) | rates(y, yes, w, ("binary", "macro", "micro", "weighted"))
    values |= of_probabilities(y, sigmoid(score), w, [0, 1])
    values["roc_auc"] = sk.roc_auc_score(y, score, sample_weight=w)
    values["average_precision"] = sk.average_precision_score(y, score, sample_weight=w)
    fpr, tpr, falling = sk.roc_curve(y, score, sample_weight=w, drop_intermediate=False)
    precision, recall, rising = sk.precision_recall_curve(y, score, sample_weight=w)
    curves = {"fpr": fpr, "tpr": tpr, "falling": falling[1:], "precision": precision,
              "recall": recall, "rising": rising}
    cases.append(case("two classes" + name, x, y, w, values, **curves))
    cases.append(case("one score" + name, score[:, None], y, w, values, **curves))
    # questions
    x, t = draw(n, 3), random.integers(0, 2, (n, 3))
    yes = (x > 0).astype(int)
    values = rates(t, yes, w, ("macro", "micro", "weighted"))
    values["hamming_loss"] = sk.hamming_loss(t, yes, sample_weight=w)
    values["roc_auc"] = sk.roc_auc_score(t, x, sample_weight=w)
    values["average_precision"] = sk.average_precision_score(t, x, sample_weight=w)
    cases.append(case("questions" + name, x, t, w, values))
    # numbers
    x, t = draw(n, 2), draw(n, 2) + 4
    values = {"mae": sk.mean_absolute_error(t, x, sample_weight=w),
              "mse": sk.mean_squared_error(t, x, sample_weight=w),
              "rmse": sk.root_mean_squared_error(t, x, sample_weight=w),
              "mape": sk.mean_absolute_percentage_error(t, x, sample_weight=w),
              "r2": sk.r2_score(t, x, sample_weight=w)}
    cases.append(case("numbers" + name, x, t, w, values))
other = np.random.default_rng(6)
for w in (None, np.round(other.uniform(0, 3, n) * 4) / 4):
    x, t = np.abs(np.round(other.normal(size=(2, n, 2)) * 8) / 8)
    t[0] = x[0] = 0
    sizes = np.maximum(np.abs(x) + np.abs(t), 2**-52)
    values = {"smape": np.average(2 * np.abs(x - t) / sizes, axis=0, weights=w).mean(),
              "msle": sk.mean_squared_log_error(t, x, sample_weight=w),
              "pinball_0.3": sk.mean_pinball_loss(t, x, alpha=0.3, sample_weight=w),
              "explained_variance": sk.explained_variance_score(t, x, sample_weight=w)}
    if w is None:
        values["max_error"] = max(sk.max_error(t[:, j], x[:, j]) for j in range(2))
    cases.append(case("positive numbers" + ("" if w is None else ", weighted"), x, t, w, values))
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n")
