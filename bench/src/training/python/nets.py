"""The networks of bench/README.md in PyTorch, and how their samples are read."""

import torch
from torch import nn

IMAGE = 28
BATCH = {
    "M1": 64,
    "M2": 128,
    "M3": 256,
    "M4": 64,
    "M5": 32,
    "M6": 64,
    "M7": 64,
    "M8": 64,
    "M9": 512,
    "M10": 16,
    "M11": 64,
}
SGD = {
    "M1": dict(lr=0.1, momentum=0.9, weight_decay=5e-4),
    "M3": dict(lr=0.1),
    "M5": dict(lr=0.02, weight_decay=5e-4),
}
LEVELS = (2, 3, 5, 7, 12, 24, 31, 52, 100, 1000)
NUMBERS = 20
CHARACTERS = 65
STEPS = 128
# Linear layers at the end, with ReLU between them.
LAYERS = {
    "M1": (784, 256, 128, 10),
    "M2": (784, 256, 128, 10),
    "M3": (784, 1024, 1024, 10),
    "M4": (512, 128, 10),
    "M5": (2, 20, 10, 5, 2),
    "M6": (128, 10),
    "M7": (1024, 10),
    "M8": (64, 10),
    "M9": (256, 2),
    "M10": (256, CHARACTERS),
    "M11": (256, 10),
}
FEATURES = {
    "M4": (1, IMAGE, IMAGE),
    "M6": (IMAGE, IMAGE),
    "M7": (16, 49),
    "M8": (3, 32, 32),
    "M9": (NUMBERS + len(LEVELS),),
    "M10": (STEPS,),
    "M11": (80, 40),
}


class LastOutput(nn.Module):
    """The last step of a recurrent layer's outputs."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, inputs):
        return self.layer(inputs)[0][:, -1]


class LastStates(nn.Module):
    """The last states of a layer that reads sequences of unequal length in both directions."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, inputs, lengths):
        options = dict(batch_first=True, enforce_sorted=False)
        packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, **options)
        states = self.layer(packed)[1]
        return torch.cat((states[0], states[1]), 1)


class Block(nn.Module):
    """Two convolutions and a skip."""

    def __init__(self, channels, out):
        super().__init__()
        stride = 1 if channels == out else 2
        self.conv1 = nn.Conv2d(channels, out, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(out)
        self.skip = nn.Identity()
        if channels != out:
            narrow = nn.Conv2d(channels, out, 1, stride, bias=False)
            self.skip = nn.Sequential(narrow, nn.BatchNorm2d(out))

    def forward(self, inputs):
        outputs = torch.relu_(self.norm1(self.conv1(inputs)))
        outputs = self.norm2(self.conv2(outputs))
        return torch.relu_(outputs + self.skip(inputs))


class Joined(nn.Module):
    """Numbers, and a vector for each category, side by side."""

    def __init__(self):
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(levels, 8) for levels in LEVELS)

    def forward(self, numbers, categories):
        vectors = [table(categories[:, i]) for i, table in enumerate(self.tables)]
        return torch.cat([numbers] + vectors, 1)


class Positions(nn.Module):
    """Adds a trained vector to each step."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(STEPS, 256) * 0.02)

    def forward(self, inputs):
        return inputs + self.weight


class Characters(nn.Module):
    """A causal encoder over characters."""

    def __init__(self):
        super().__init__()
        self.vectors = nn.Embedding(CHARACTERS, 256)
        self.positions = Positions()
        options = dict(dropout=0.0, activation="gelu", batch_first=True, norm_first=True)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(256, 8, 1024, **options) for _ in range(4)
        )
        self.norm = nn.LayerNorm(256)
        mask = nn.Transformer.generate_square_subsequent_mask(STEPS)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, characters):
        outputs = self.positions(self.vectors(characters))
        for layer in self.layers:
            outputs = layer(outputs, src_mask=self.mask, is_causal=True)
        return self.norm(outputs)


class Chain(nn.Sequential):
    """Layers one after another, of which the first takes all inputs."""

    def forward(self, *inputs):
        layers = iter(self)
        outputs = next(layers)(*inputs)
        for layer in layers:
            outputs = layer(outputs)
        return outputs


def first_layers(workload):
    """Makes what comes before the linear layers."""
    if workload == "M4":
        layers = []
        for channels, out in ((1, 16), (16, 32)):
            layers += [nn.Conv2d(channels, out, 5), nn.ReLU(), nn.MaxPool2d(2)]
        return layers + [nn.Flatten()]
    if workload == "M6":
        return [LastOutput(nn.LSTM(IMAGE, 128, batch_first=True))]
    if workload == "M7":
        options = dict(dropout=0.0, batch_first=True, norm_first=True)
        encoder = [nn.TransformerEncoderLayer(64, 4, 128, **options) for _ in range(2)]
        return [nn.Linear(49, 64), *encoder, nn.LayerNorm(64), nn.Flatten()]
    if workload == "M8":
        stem = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
        channels = [16, 16, 16, 16, 32, 32, 32, 64, 64, 64]
        blocks = [Block(*pair) for pair in zip(channels, channels[1:])]
        return [*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    if workload == "M9":
        layers = [Joined()]
        widths = [NUMBERS + 8 * len(LEVELS), 256, 256, 256]
        for i, out in zip(widths, widths[1:]):
            layers += [nn.Linear(i, out), nn.BatchNorm1d(out), nn.ReLU(), nn.Dropout(0.1)]
        return layers
    if workload == "M10":
        return [Characters()]
    if workload == "M11":
        return [LastStates(nn.GRU(40, 128, batch_first=True, bidirectional=True))]
    return []


def make_model(workload):
    layers = first_layers(workload)
    widths = LAYERS[workload]
    for i in range(1, len(widths)):
        layers.append(nn.Linear(widths[i - 1], widths[i]))
        if i < len(widths) - 1:
            layers.append(nn.ReLU())
    return Chain(*layers)


def make_optimizer(workload, model, **flags):
    if workload in SGD:
        return torch.optim.SGD(model.parameters(), **SGD[workload], **flags)
    method = torch.optim.AdamW if workload == "M9" else torch.optim.Adam
    return method(model.parameters(), lr=1e-3, **flags)


def features(workload):
    return FEATURES.get(workload, (LAYERS[workload][0],))


def has_images(workload):
    return len(features(workload)) == 3


def inputs_of(workload, rows):
    """Returns what the network takes of rows of numbers, but for lengths: a tuple of tensors."""
    if workload == "M9":
        return rows[:, :NUMBERS].contiguous(), rows[:, NUMBERS:].long()
    if workload == "M10":
        return (rows.long(),)
    return (rows.view(-1, *features(workload)),)


def made_up(workload, samples):
    """Makes up samples and a label for each."""
    inputs = torch.rand(samples, *features(workload))
    labels = torch.randint(LAYERS[workload][-1], (samples,))
    if workload == "M9":
        for i, levels in enumerate(LEVELS):
            inputs[:, NUMBERS + i] = torch.randint(levels, (samples,))
    elif workload == "M10":
        inputs = torch.randint(CHARACTERS, (samples, STEPS))
        labels = torch.randint(CHARACTERS, (samples, STEPS))
    made = inputs_of(workload, inputs)
    if workload == "M11":
        made += (torch.randint(16, 81, (samples,)),)
    return made, labels
