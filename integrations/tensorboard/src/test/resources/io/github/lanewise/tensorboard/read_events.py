"""Shows what TensorBoard's own reader finds in a folder of runs, as lines of JSON.

    python read_events.py FOLDER
"""

import json
import os
import sys

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.util import tensor_util

folder = sys.argv[1]
for path, _, files in sorted(os.walk(folder)):
    if not any("tfevents" in name for name in files):
        continue
    run = event_accumulator.EventAccumulator(path, size_guidance={k: 0 for k in event_accumulator.DEFAULT_SIZE_GUIDANCE})
    run.Reload()
    tags = run.Tags()

    def show(kind, tag, step, value):
        print(json.dumps([os.path.relpath(path, folder), kind, tag, step, value]))

    for tag in tags["scalars"]:
        for event in run.Scalars(tag):
            show("scalar", tag, event.step, event.value)
    for tag in tags["histograms"]:
        for event in run.Histograms(tag):
            h = event.histogram_value
            show("histogram", tag, event.step, [h.min, h.max, h.num, h.sum, h.sum_squares, sum(h.bucket), len(h.bucket)])
    for tag in tags["images"]:
        for event in run.Images(tag):
            show("image", tag, event.step, [event.width, event.height, len(event.encoded_image_string)])
    for tag in tags["tensors"]:
        for event in run.Tensors(tag):
            show("text", tag, event.step, [s.decode() for s in tensor_util.make_ndarray(event.tensor_proto).ravel()])
    for tag, data in run.summary_metadata.items():
        if data.plugin_data.plugin_name == "hparams":
            from tensorboard.plugins.hparams import plugin_data_pb2

            message = plugin_data_pb2.HParamsPluginData.FromString(data.plugin_data.content)
            show("hparams", tag, 0, str(message))
