"""A worker of `bench/run training` that drives PyTorch; bench/README.md describes the protocol.

Usage: training_worker.py MODE THREADS, with MODE one of
  eager          plain modules, optimizer with one loop over the parameters
  foreach        the optimizer updates all parameters by lists
  fused          the optimizer updates each parameter in one pass
  channels-last  the same, with the channels of images side by side in memory
  compile        torch.compile of model and loss, fused optimizer
  script         a traced and frozen model; inference only
"""

import itertools
import math
import os
import sys
import threading
import time
from pathlib import Path

import torch
from torch import nn

from nets import BATCH, features, has_images, inputs_of, make_model, make_optimizer, made_up

TAIL = 0.99
WAKE_SHARE = 0.1


class Skip(Exception):
    """Something that this mode does not do."""


def make_training(workload, mode):
    """Returns a network that PyTorch draws, its loss and its optimizer."""
    if mode == "script":
        raise Skip("script is for inference")
    if mode == "channels-last" and not has_images(workload):
        raise Skip("channels-last is for images")
    model = place(make_model(workload), mode)
    fused = mode in ("fused", "channels-last", "compile")
    optimizer = make_optimizer(workload, model, foreach=mode == "foreach", fused=fused)
    loss = with_loss(model)
    return model, torch.compile(loss) if mode == "compile" else loss, optimizer


def place(tensors, mode):
    """Gives a network or images the order in memory that goes with the mode."""
    if mode == "channels-last":
        return tensors.to(memory_format=torch.channels_last)
    return tensors


def with_loss(model):
    criterion = nn.CrossEntropyLoss()

    def loss(inputs, labels):
        outputs = model(*inputs)
        if labels.dim() > 1:
            # Each step of a sequence counts as a sample does.
            outputs, labels = outputs.flatten(0, 1), labels.flatten()
        return criterion(outputs, labels)

    return loss


def read(path, dtype, size):
    count = path.stat().st_size // size
    return torch.from_file(str(path), shared=False, size=count, dtype=dtype).clone()


class Data:
    """What all contenders start from."""

    def __init__(self, workload, folder, mode):
        folder = Path(folder)
        self.parameters = read(folder / "parameters.f32", torch.float32, 4)
        numbers = read(folder / "inputs.f32", torch.float32, 4)
        self.inputs = inputs_of(workload, numbers.view(-1, *features(workload)))
        if has_images(workload):
            self.inputs = tuple(place(images, mode) for images in self.inputs)
        self.labels = read(folder / "labels.i32", torch.int32, 4).long()
        samples = len(numbers) // math.prod(features(workload))
        if len(self.labels) > samples:
            self.labels = self.labels.view(samples, -1)
        lengths = folder / "lengths.i32"
        if lengths.exists():
            self.inputs += (read(lengths, torch.int32, 4).long(),)

    def fill(self, model):
        first = 0
        with torch.no_grad():
            for parameter in model.parameters():
                values = self.parameters[first : first + parameter.numel()]
                parameter.copy_(values.view(parameter.shape))
                first += parameter.numel()

    def batches(self, batch):
        rows = [slice(i, i + batch) for i in range(0, len(self.labels) - batch + 1, batch)]
        return [(tuple(x[some] for x in self.inputs), self.labels[some]) for some in rows]


class Training:
    def __init__(self, workload, mode, data):
        self.data = data
        self.model, self.loss, self.optimizer = make_training(workload, mode)
        self.dropouts = [one for one in self.model.modules() if isinstance(one, nn.Dropout)]
        self.probabilities = [one.p for one in self.dropouts]
        self.all = data.batches(BATCH[workload])
        self.restart()

    def restart(self):
        self.data.fill(self.model)
        self.optimizer.state.clear()
        self.batches = itertools.cycle(self.all)

    def dropout(self, on):
        """Switches dropout on or off: no other library has its masks."""
        for one, p in zip(self.dropouts, self.probabilities):
            one.p = p if on else 0.0

    def step(self):
        inputs, labels = next(self.batches)
        loss = self.loss(inputs, labels)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item()


class Inference:
    def __init__(self, workload, mode, data, batch):
        if mode == "channels-last" and not has_images(workload):
            raise Skip("channels-last is for images")
        self.model = place(make_model(workload).eval(), mode)
        data.fill(self.model)
        self.all = [inputs for inputs, _ in data.batches(batch)]
        self.batches = itertools.cycle(self.all)
        if mode == "compile":
            self.model = torch.compile(self.model)
        elif mode == "script":
            # An encoder layer takes its fast path where there are no gradients, as in each call.
            with torch.no_grad():
                traced = torch.jit.trace(self.model, self.all[0], check_trace=False)
            self.model = torch.jit.freeze(traced)

    def step(self):
        return self.model(*next(self.batches))

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
        self.subject = Training(workload, self.mode, Data(workload, folder, self.mode))
        return "ready"

    def losses(self, steps):
        self.subject.dropout(False)
        self.subject.restart()
        losses = [self.subject.step() for _ in range(int(steps))]
        self.subject.dropout(True)
        return "losses " + " ".join(f"{loss:.7g}" for loss in losses)

    def infer(self, workload, batch, folder):
        if self.mode in ("foreach", "fused"):
            raise Skip("its inference is that of eager")
        data = Data(workload, folder, self.mode)
        self.subject = Inference(workload, self.mode, data, int(batch))
        return "ready"

    def outputs(self):
        with torch.inference_mode():
            values = self.subject.model(*self.subject.all[0])[0].flatten().tolist()
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
        loss = trainer.step(*made_up(workload, BATCH[workload]))
        return f"done {loss.item():.7g}"

    def epoch(self, workload, folder):
        trainer = FirstRun(workload, self.mode)
        folder = Path(folder)
        images = read(folder / "train-images-idx3-ubyte", torch.uint8, 1)[16:].view(-1, 784)
        labels = read(folder / "train-labels-idx1-ubyte", torch.uint8, 1)[8:].long()
        order = torch.randperm(len(labels))
        for rows in order.split(BATCH[workload]):
            inputs = inputs_of(workload, images[rows].float().div_(255))
            loss = trainer.step(inputs, labels[rows])
        return f"done {loss.item():.7g}"

    def size(self):
        return f"size {package_size('torch')}"


class FirstRun:
    """Training from parameters that PyTorch draws."""

    def __init__(self, workload, mode):
        self.mode = mode
        self.images = has_images(workload)
        _, self.loss, self.optimizer = make_training(workload, mode)

    def step(self, inputs, labels):
        if self.images:
            inputs = tuple(place(images, self.mode) for images in inputs)
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
