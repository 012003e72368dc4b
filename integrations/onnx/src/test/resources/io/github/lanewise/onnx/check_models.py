"""Lets onnx.checker look at exported models, shapes of all values included.

    mvn -pl integrations/onnx -am test -Dtest=OnnxExportTest -Donnx.kept=DIR ...
    python check_models.py DIR
"""

import pathlib
import sys

import onnx

files = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for file in files:
    onnx.checker.check_model(onnx.load(file), full_check=True)
print(len(files), "models are sound")
