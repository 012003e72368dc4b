"""A worker of `bench/run training` that drives PyTorch; bench/README.md describes the protocol.

Usage: training_worker.py MODE THREADS, with MODE one of
  eager     plain modules, optimizer with one loop over the parameters
  foreach   the optimizer updates all parameters by lists
  fused     the optimizer updates each parameter in one pass
  compile   torch.compile of model and loss, fused optimizer
  script    a traced and frozen model; inference only
"""

import itertools
import os
import sys
import threading
import time
from pathlib import Path

import torch
from torch import nn

IMAGE = 28
LAYERS = {
    "M1": (784, 256, 128, 10),
    "M2": (784, 256, 128, 10),
    "M3": (784, 1024, 1024, 10),
    "M4": (512, 128, 10),
    "M5": (2, 20, 10, 5, 2),
    "M6": (128, 10),
    "M7": (1024, 10),
}
BATCH = {"M1": 64, "M2": 128, "M3": 256, "M4": 64, "M5": 32, "M6": 64, "M7": 64}
SGD = {
    "M1": dict(lr=0.1, momentum=0.9, weight_decay=5e-4),
    "M3": dict(lr=0.1),
    "M5": dict(lr=0.02, weight_decay=5e-4),
}
TAIL = 0.99
WAKE_SHARE = 0.1


class Skip(Exception):
    """Something that this mode does not do."""


class LastOutput(nn.Module):
    """The last step of a recurrent layer's outputs."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, inputs):
        return self.layer(inputs)[0][:, -1]


def make_model(workload):
    layers = []
    if workload == "M4":
        for channels, out in ((1, 16), (16, 32)):
            layers += [nn.Conv2d(channels, out, 5), nn.ReLU(), nn.MaxPool2d(2)]
        layers.append(nn.Flatten())
    elif workload == "M6":
        layers.append(LastOutput(nn.LSTM(IMAGE, 128, batch_first=True)))
    elif workload == "M7":
        layers.append(nn.Linear(49, 64))
        for _ in range(2):
            options = dict(dropout=0.0, batch_first=True, norm_first=True)
            layers.append(nn.TransformerEncoderLayer(64, 4, 128, **options))
        layers += [nn.LayerNorm(64), nn.Flatten()]
    widths = LAYERS[workload]
    for i in range(1, len(widths)):
        layers.append(nn.Linear(widths[i - 1], widths[i]))
        if i < len(widths) - 1:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def make_optimizer(workload, model, mode):
    flags = dict(foreach=mode == "foreach", fused=mode in ("fused", "compile"))
    if workload in SGD:
        return torch.optim.SGD(model.parameters(), **SGD[workload], **flags)
    return torch.optim.Adam(model.parameters(), lr=1e-3, **flags)


def with_loss(model):
    criterion = nn.CrossEntropyLoss()
    return lambda inputs, labels: criterion(model(inputs), labels)


def features(workload):
    shapes = {"M4": (1, IMAGE, IMAGE), "M6": (IMAGE, IMAGE), "M7": (16, 49)}
    return shapes.get(workload, (LAYERS[workload][0],))


def read(path, dtype, size):
    count = path.stat().st_size // size
    return torch.from_file(str(path), shared=False, size=count, dtype=dtype).clone()


class Data:
    """What all contenders start from."""

    def __init__(self, workload, folder):
        folder = Path(folder)
        self.parameters = read(folder / "parameters.f32", torch.float32, 4)
        self.inputs = read(folder / "inputs.f32", torch.float32, 4)
        self.inputs = self.inputs.view(-1, *features(workload))
        self.labels = read(folder / "labels.i32", torch.int32, 4).long()

    def fill(self, model):
        first = 0
        with torch.no_grad():
            for parameter in model.parameters():
                values = self.parameters[first : first + parameter.numel()]
                parameter.copy_(values.view(parameter.shape))
                first += parameter.numel()

    def batches(self, batch):
        starts = range(0, len(self.labels) - batch + 1, batch)
        return [(self.inputs[i : i + batch], self.labels[i : i + batch]) for i in starts]


class Training:
    def __init__(self, workload, mode, data):
        self.data = data
        self.model = make_model(workload)
        self.optimizer = make_optimizer(workload, self.model, mode)
        loss = with_loss(self.model)
        self.loss = torch.compile(loss) if mode == "compile" else loss
        self.all = data.batches(BATCH[workload])
        self.restart()

    def restart(self):
        self.data.fill(self.model)
        self.optimizer.state.clear()
        self.batches = itertools.cycle(self.all)

    def step(self):
        inputs, labels = next(self.batches)
        loss = self.loss(inputs, labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


class Inference:
    def __init__(self, workload, mode, data, batch):
        self.model = make_model(workload).eval()
        data.fill(self.model)
        self.all = [inputs for inputs, _ in data.batches(batch)]
        self.batches = itertools.cycle(self.all)
        if mode == "compile":
            self.model = torch.compile(self.model)
        elif mode == "script":
            self.model = torch.jit.freeze(torch.jit.trace(self.model, self.all[0]))

    def step(self):
        return self.model(next(self.batches))


    def for_another_thread(self):
        """Returns one of the same model, whose batches are its own."""
        other = object.__new__(Inference)
        other.model, other.all = self.model, self.all
        other.batches = itertools.cycle(self.all)
        return other


class Worker:
    def __init__(self, mode, threads):
        self.mode = mode
        self.subject = None
        torch.set_num_threads(threads)
        torch.set_num_interop_threads(1)

    def version(self):
        return f"version PyTorch {torch.__version__}, {self.mode}"

    def train(self, workload, folder):
        if self.mode == "script":
            raise Skip("script is for inference")
        self.subject = Training(workload, self.mode, Data(workload, folder))
        return "ready"

    def losses(self, steps):
        self.subject.restart()
        losses = [self.subject.step() for _ in range(int(steps))]
        return "losses " + " ".join(f"{loss:.7g}" for loss in losses)

    def infer(self, workload, batch, folder):
        if self.mode in ("foreach", "fused"):
            raise Skip("its inference is that of eager")
        self.subject = Inference(workload, self.mode, Data(workload, folder), int(batch))
        return "ready"

    def outputs(self):
        with torch.inference_mode():
            values = self.subject.model(self.subject.all[0])[0].tolist()
        return "outputs " + " ".join(f"{value:.7g}" for value in values)

    def run(self, millis):
        if isinstance(self.subject, Training):
            self.subject.restart()
            return turn(self.subject.step, int(millis))
        with torch.inference_mode():
            return turn(self.subject.step, int(millis))

    def latency(self, millis):
        nanos = []
        step = self.subject.step
        with torch.inference_mode():
            repeat(step, int(int(millis) * 1e6 * WAKE_SHARE))
            before = time.perf_counter_ns()
            end = before + int(millis) * 1_000_000
            while before < end:
                step()
                after = time.perf_counter_ns()
                nanos.append(after - before)
                before = after
        nanos.sort()
        tail = nanos[min(len(nanos) - 1, int(len(nanos) * TAIL))]
        return f"latency {len(nanos)} {nanos[len(nanos) // 2]} {tail}"

    def callers(self, count, millis):
        calls = []
        start = threading.Barrier(int(count) + 1)

        def call(inference):
            with torch.inference_mode():
                start.wait()
                calls.append(repeat(inference.step, int(millis) * 1_000_000))

        others = [self.subject.for_another_thread() for _ in range(int(count))]
        threads = [threading.Thread(target=call, args=(one,), daemon=True) for one in others]
        for thread in threads:
            thread.start()
        begin = time.perf_counter_ns()
        start.wait()
        for thread in threads:
            thread.join()
        return f"ran {sum(calls)} {time.perf_counter_ns() - begin}"

    def first(self, workload):
        trainer = FirstRun(workload, self.mode)
        inputs = torch.rand(BATCH[workload], *features(workload))
        labels = torch.randint(LAYERS[workload][-1], (BATCH[workload],))
        return f"done {trainer.step(inputs, labels).item():.7g}"

    def epoch(self, workload, folder):
        trainer = FirstRun(workload, self.mode)
        folder = Path(folder)
        images = read(folder / "train-images-idx3-ubyte", torch.uint8, 1)[16:].view(-1, 784)
        labels = read(folder / "train-labels-idx1-ubyte", torch.uint8, 1)[8:].long()
        order = torch.randperm(len(labels))
        for rows in order.split(BATCH[workload]):
            loss = trainer.step(images[rows].float().div_(255), labels[rows])
        return f"done {loss.item():.7g}"

    def size(self):
        return f"size {package_size('torch')}"


class FirstRun:
    """Training from parameters that PyTorch draws."""

    def __init__(self, workload, mode):
        if mode == "script":
            raise Skip("script is for inference")
        self.model = make_model(workload)
        self.optimizer = make_optimizer(workload, self.model, mode)
        loss = with_loss(self.model)
        self.loss = torch.compile(loss) if mode == "compile" else loss

    def step(self, inputs, labels):
        loss = self.loss(inputs, labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss


def turn(step, millis):
    nanos = millis * 1_000_000
    repeat(step, int(nanos * WAKE_SHARE))
    begin = time.perf_counter_ns()
    steps = repeat(step, nanos)
    return f"ran {steps} {time.perf_counter_ns() - begin}"


def repeat(step, nanos):
    """Repeats for some time, once at least; returns how often."""
    end = time.perf_counter_ns() + nanos
    steps = 0
    while True:
        step()
        steps += 1
        if time.perf_counter_ns() >= end:
            return steps


def package_size(name):
    """Adds up the files of a package and of all that it requires."""
    import re
    from importlib import metadata

    seen = set()
    waiting = [name]
    size = 0
    while waiting:
        package = waiting.pop().lower()
        if package in seen:
            continue
        seen.add(package)
        try:
            distribution = metadata.distribution(package)
        except metadata.PackageNotFoundError:
            continue
        for file in distribution.files or ():
            path = distribution.locate_file(file)
            size += path.stat().st_size if path.is_file() else 0
        for requirement in distribution.requires or ():
            if "extra ==" not in requirement:
                waiting.append(re.match(r"[\w.-]+", requirement).group())
    return size


REQUESTS = (
    "version train losses infer outputs run latency callers first epoch size".split()
)


def answer(worker, words):
    if words[0] not in REQUESTS:
        return f"skip does not know the request {words[0]}"
    try:
        return getattr(worker, words[0])(*words[1:])
    except Skip as reason:
        return f"skip {reason}"
    except Exception as error:
        if worker.mode != "compile":
            raise
        # The usual reason is a missing C++ compiler; the first line says it.
        print(error, file=sys.stderr)
        return "skip torch.compile failed: " + next(iter(str(error).splitlines()), "no message")


def main():
    worker = Worker(sys.argv[1], int(sys.argv[2]))
    # Whatever else prints, answers alone go to the standard output.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        # A folder comes last and may have spaces.
        words = line.strip().split(" ", 3 if line.startswith("infer") else 2)
        print(answer(worker, words), file=answers, flush=True)


if __name__ == "__main__":
    main()
