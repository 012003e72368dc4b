"""Makes torch.tfevents: what PyTorch's SummaryWriter writes of the values in TorchEventsTest.

Run it in this folder with PyTorch and TensorBoard installed (made with 2.13 and 2.21).
"""

import glob
import os
import shutil
import tempfile

import numpy
from torch.utils.tensorboard import SummaryWriter

folder = tempfile.mkdtemp()
writer = SummaryWriter(folder)
writer.add_scalar("loss/train", 0.1, 1)
writer.add_scalar("loss/train", -2.5e-8, 2)
writer.add_scalar("large step", 1e30, 5_000_000_000)
spread = numpy.array([(i * 37 % 101 - 50) / 7 for i in range(1000)], dtype=numpy.float32)
writer.add_histogram("spread", spread, 3)
writer.add_histogram("zeros", numpy.zeros(5, dtype=numpy.float32), 4)
writer.add_histogram("tiny", numpy.array([-1e-30, 1e-13, 1e-12, -3e-12, 0.0, -0.0], dtype=numpy.float32), 4)
colours = numpy.array([i / 23 for i in range(24)], dtype=numpy.float32).reshape(3, 2, 4)
writer.add_image("colours", colours, 6)
writer.add_text("note", "**bold**, ünïcode", 7)
writer.close()
shutil.copy(glob.glob(os.path.join(folder, "events*"))[0], "torch.tfevents")
shutil.rmtree(folder)
