"""Golden traces of the schema of shared/golden with other seeds, shapes and hyperparameters.

python golden_like.py make FOLDER [SEED]    writes every group to FOLDER
python golden_like.py verify FOLDER         recomputes the files in FOLDER from their inputs

The parity tests read FOLDER with -DLANEWISE_GOLDEN=FOLDER, or by the environment variable of this
name. The generators of the cases are in golden_cases.py, the computations in golden_ops.py.
"""

import json
import math
import os
import sys

import numpy as np
import torch

from golden_cases import CASES
from golden_ops import OPS

NO_OUTPUTS64 = {"lr_schedules", "initializers"}


def number(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def tensor(value):
    array = value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)
    if array.dtype == np.float32:
        data = [number(float(f"{x:.9g}")) for x in array.reshape(-1).tolist()]
    else:
        data = [number(x) for x in array.reshape(-1).tolist()]
    return {"dtype": str(array.dtype), "shape": list(array.shape), "data": data}


def from_tensor(node):
    data = [float(x) if isinstance(x, str) else x for x in node["data"]]
    return torch.tensor(np.array(data, dtype=node["dtype"]).reshape(node["shape"]))


def compute(op, hyper, inputs, dtype):
    """Runs an operation on inputs of a precision."""
    cast = {k: v.to(dtype) if v.is_floating_point() else v for k, v in inputs.items()}
    torch.manual_seed(0)
    return OPS[op](hyper, cast, dtype)


def case(group, name, op, hyper, inputs):
    made = {"name": name, "op": op, "hyper": hyper, "inputs": {k: tensor(v) for k, v in inputs.items()}}
    if group in NO_OUTPUTS64:
        made["outputs"] = {k: tensor(v) for k, v in OPS[op](hyper, inputs, torch.float64).items()}
        return made
    single = compute(op, hyper, inputs, torch.float32)
    double = compute(op, hyper, inputs, torch.float64)
    made["outputs"] = {k: tensor(v) for k, v in single.items()}
    made["outputs64"] = {k: tensor(v) for k, v in double.items()}
    made["float32_error"] = {k: error(single[k], double[k]) for k in single}
    return made


def error(single, double):
    largest = double.abs().max().item()
    worst = (single.double() - double).abs().max().item()
    return {"max_abs": worst, "max_abs_over_max": worst / largest if largest else 0.0}


def make(folder, seed):
    os.makedirs(folder, exist_ok=True)
    for group, cases in CASES.items():
        generator = torch.Generator().manual_seed(seed)
        made = [case(group, *arguments) for arguments in cases(generator)]
        document = {
            "format": "golden-1",
            "set": f"seed {seed}",
            "group": group,
            "generator": f"PyTorch {torch.__version__}, golden_like.py",
            "cases": made,
        }
        with open(os.path.join(folder, group + ".json"), "w") as out:
            json.dump(document, out, allow_nan=False)
        print(group, len(made))


def verify(folder):
    """Prints the largest difference from the outputs in the files, relative to each tensor's largest."""
    for file in sorted(f for f in os.listdir(folder) if f.endswith(".json")):
        with open(os.path.join(folder, file)) as source:
            cases = json.load(source)["cases"]
        worst = 0.0
        for one in cases:
            inputs = {k: from_tensor(v) for k, v in one["inputs"].items()}
            outputs = "outputs64" if "outputs64" in one else "outputs"
            again = compute(one["op"], one["hyper"], inputs, torch.float64)
            assert again.keys() == one[outputs].keys(), (one["name"], again.keys() ^ one[outputs].keys())
            for key, value in again.items():
                expected = from_tensor(one[outputs][key]).double()
                actual = torch.as_tensor(value, dtype=torch.float64).reshape(expected.shape)
                largest = expected.abs().max().item() or 1.0
                worst = max(worst, (actual - expected).abs().max().item() / largest)
        print(f"{file}: {len(cases)} cases, {worst:.2g}")


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    else:
        verify(sys.argv[2])
