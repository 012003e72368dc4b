"""Makes the files that PythonFilesTest reads, and checks those that it writes.

    python python_files.py make FOLDER     writes python.safetensors, python*.npz, python.npy
    python python_files.py check FOLDER    reads lanewise.safetensors, lanewise*.npz, *.npy

Needs numpy, torch and safetensors. The bits of element i are the upper bits of i times an odd
number of 64 bits, here and in the test, so that every array can be told from its type alone.
"""

import os
import sys

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

COUNT = 600
SHAPE = (20, 30)
WIDTHS = {"F16": 16, "BF16": 16, "F32": 32, "F64": 64, "U8": 8, "I8": 8, "I16": 16, "U16": 16,
          "I32": 32, "U32": 32, "I64": 64, "U64": 63, "BOOL": 1}
TORCH = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64,
         "U8": torch.uint8, "I8": torch.int8, "I16": torch.int16, "U16": torch.uint16,
         "I32": torch.int32, "U32": torch.uint32, "I64": torch.int64, "U64": torch.uint64,
         "BOOL": torch.bool}
NUMPY = {"F16": "f2", "F32": "f4", "F64": "f8", "U8": "u1", "I8": "i1", "I16": "i2", "U16": "u2",
         "I32": "i4", "U32": "u4", "I64": "i8", "U64": "u8", "BOOL": "b1"}


def bits(name):
    """The elements of an array as unsigned numbers of their size."""
    index = np.arange(COUNT, dtype=np.uint64)
    upper = index * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - WIDTHS[name])
    size = max(1, (WIDTHS[name] + 7) // 8)
    return upper.astype("<u%d" % size).reshape(SHAPE)


def tensor(name):
    raw = torch.from_numpy(bits(name).copy().view(np.uint8))
    return raw.view(TORCH[name])


def array(name):
    return bits(name).view("<" + NUMPY[name] if name not in ("U8", "I8", "BOOL") else NUMPY[name])


def make(folder):
    save_file({name: tensor(name) for name in WIDTHS}, os.path.join(folder, "python.safetensors"),
              metadata={"format": "pt", "text": "\u00e4\u20ac\U0001F600\"\\\n"})
    arrays = {name: array(name) for name in NUMPY}
    arrays |= {name + "_big": array(name).astype(">" + NUMPY[name]) for name in ("F32", "I64")}
    arrays |= {name + "_columns": np.asfortranarray(array(name)) for name in ("F32", "U8", "I64")}
    arrays["scalar"] = np.float64(0.1)
    arrays["names"] = np.array(["a", "bc"])
    arrays["objects"] = np.array([None, {}], dtype=object)
    np.savez(os.path.join(folder, "python.npz"), **arrays)
    np.savez_compressed(os.path.join(folder, "python-compressed.npz"), **arrays)
    np.save(os.path.join(folder, "python.npy"), np.asfortranarray(array("F64")))
    make_float8(folder)


FLOAT8 = {"F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "F8_E8M0": torch.float8_e8m0fnu,
          "F8_E4M3FNUZ": torch.float8_e4m3fnuz, "F8_E5M2FNUZ": torch.float8_e5m2fnuz}


def make_float8(folder):
    """All codes of each type, and the floats that they are."""
    codes = torch.arange(256, dtype=torch.uint8)
    arrays = {name: codes.clone().view(dtype) for name, dtype in FLOAT8.items()}
    arrays |= {name + "_F32": codes.view(dtype).to(torch.float32) for name, dtype in FLOAT8.items()}
    torch.save(arrays, os.path.join(folder, "float8.pt"))
    save_file(arrays, os.path.join(folder, "float8.safetensors"))


def quiet(halves):
    """Half precision with the signalling NaNs turned quiet, as processors do on the way to F32."""
    raw = halves.view("<u2")
    return np.where((raw & 0x7FFF) > 0x7C00, raw | 0x200, raw)


def same(where, found, expected):
    found = np.ascontiguousarray(found)
    assert found.shape == SHAPE, (where, found.shape)
    if where == "F16":
        found, expected = quiet(found), quiet(expected)
    assert found.tobytes() == expected.tobytes(), (where, found, expected)


def check(folder):
    path = os.path.join(folder, "lanewise.safetensors")
    with safe_open(path, "pt") as opened:
        metadata = opened.metadata()
    assert metadata["text"] == "\u00e4\u20ac\U0001F600\"\\\n", metadata
    assert metadata["lanewise.checksum"].startswith("crc32c:"), metadata
    loaded = load_file(path)
    assert loaded.keys() == WIDTHS.keys(), loaded.keys()
    for name in WIDTHS:
        assert loaded[name].dtype == TORCH[name], (name, loaded[name].dtype)
        same(name, loaded[name].view(torch.uint8).numpy().reshape(-1).view(bits(name).dtype)
             .reshape(SHAPE), bits(name))
    for file in ("lanewise.npz", "lanewise-compressed.npz"):
        with np.load(os.path.join(folder, file)) as opened:
            assert set(opened.files) == NUMPY.keys(), opened.files
            for name in NUMPY:
                assert opened[name].dtype == array(name).dtype, (name, opened[name].dtype)
                same(name, opened[name], array(name))
    for name in NUMPY:
        same(name, np.load(os.path.join(folder, name + ".npy")), array(name))
    for name in ("F16", "BF16"):
        halves = load_file(os.path.join(folder, "rounded.safetensors"))
        expected = halves["F32"].to(TORCH[name])
        assert torch.equal(halves[name].view(torch.int16), expected.view(torch.int16)), name
    print("checked")


if __name__ == "__main__":
    {"make": make, "check": check}[sys.argv[1]](sys.argv[2])
