"""Makes the models of ImportTest: each as PyTorch's two exporters write it, and NAME.npz with inputs, outputs, targets and the
losses of ten steps of SGD (rate 0.05, mean squared error, the model in training mode) in PyTorch.

python export.py [FOLDER] [NAME...]: torch 2.13, onnx 1.23, onnxscript 0.7, numpy 2.4.
"""

import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from torch import nn

warnings.filterwarnings("ignore")


class ResNet(nn.Module):
    class Block(nn.Module):
        def __init__(self, i, o, stride):
            super().__init__()
            self.a = nn.Conv2d(i, o, 3, stride, 1, bias=False)
            self.na = nn.BatchNorm2d(o)
            self.b = nn.Conv2d(o, o, 3, 1, 1, bias=False)
            self.nb = nn.BatchNorm2d(o)
            self.down = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o)) if stride > 1 else nn.Identity()

        def forward(self, x):
            y = self.nb(self.b(torch.relu(self.na(self.a(x)))))
            return torch.relu(y + self.down(x))

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.blocks = nn.Sequential(self.Block(4, 4, 1), self.Block(4, 8, 2))
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        x = self.blocks(self.stem(x))
        return self.head(torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1))


class LastStep(nn.Module):
    def __init__(self, layer, features):
        super().__init__()
        self.layer = layer
        self.head = nn.Linear(features, 3)

    def forward(self, x):
        return self.head(self.layer(x)[0][:, -1])


class LastState(LastStep):
    def forward(self, x):
        h = self.layer(x)[1]
        return self.head(torch.cat([h[-2], h[-1]], 1))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(11, 8)
        self.place = nn.Parameter(0.1 * torch.randn(6, 8))
        layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        return self.head(self.encoder(self.embed(x) + self.place).mean(1))


class Mixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(7, 4)
        self.net = nn.Sequential(nn.Linear(7, 16), nn.SiLU(), nn.LayerNorm(16), nn.Linear(16, 2))

    def forward(self, code, numbers):
        return self.net(torch.cat([self.embed(code), numbers], 1))


class Depthwise(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.Hardswish(),
            nn.Conv2d(8, 8, 3, 1, 1, groups=8, bias=False), nn.BatchNorm2d(8), nn.ReLU6(),
            nn.Conv2d(8, 12, 1, bias=False), nn.BatchNorm2d(12), nn.Hardswish(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.0), nn.Linear(12, 4))


def rand(*shape):
    return torch.randn(*shape)


def models():
    yield "mlp", nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 8), nn.Tanh(), nn.Linear(8, 3)), [rand(4, 6)]
    yield "cnn", nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 8, 3), nn.BatchNorm2d(8),
        nn.LeakyReLU(0.1), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(8 * 2 * 2, 10)), [rand(4, 1, 12, 12)]
    yield "resnet", ResNet(), [rand(4, 3, 12, 12)]
    yield "lstm", LastStep(nn.LSTM(5, 8, 2, batch_first=True), 8), [rand(4, 7, 5)]
    yield "gru", LastState(nn.GRU(5, 6, bidirectional=True, batch_first=True), 12), [rand(4, 7, 5)]
    yield "transformer", Transformer(), [torch.randint(0, 11, (4, 6))]
    yield "mixed", Mixed(), [torch.randint(0, 7, (4,)), rand(4, 3)]
    yield "decoder", nn.Sequential(
        nn.Linear(5, 4 * 3 * 3), nn.ELU(), nn.Unflatten(1, (4, 3, 3)), nn.ConvTranspose2d(4, 6, 3, 2, 1, 1), nn.GroupNorm(2, 6),
        nn.ReLU(), nn.ConvTranspose2d(6, 1, 4, 2, 1), nn.Sigmoid()), [rand(4, 5)]
    yield "mobile", Depthwise(), [rand(4, 3, 10, 10)]
    yield "conv1d", nn.Sequential(
        nn.Conv1d(2, 6, 3, padding=2, dilation=2), nn.GELU(), nn.MaxPool1d(2), nn.Conv1d(6, 6, 3, padding="same", groups=2),
        nn.InstanceNorm1d(6, affine=True), nn.PReLU(6), nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(6, 3)), [rand(4, 2, 16)]


def export(name, model, inputs, folder, dynamo):
    names = [f"x{i}" for i in range(len(inputs))]
    batch = {"dynamic_shapes": [{0: torch.export.Dim("batch")} for _ in names]} if dynamo else {"dynamic_axes": {n: {0: "batch"} for n in names + ["y"]}}
    # In evaluation mode both exporters fold batch normalization into convolutions; to train on, it must stay.
    norms = any(isinstance(module, nn.modules.batchnorm._BatchNorm) for module in model.modules())
    mode = {"optimize": not norms} if dynamo else {"training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": True}
    path = folder / f"{name}-{'dynamo' if dynamo else 'script'}.onnx"
    torch.onnx.export(model, tuple(inputs), str(path), input_names=names, output_names=["y"], dynamo=dynamo,
                      **({"external_data": False, "verbose": False} if dynamo else {}), **batch, **mode)
    made = onnx.load(path)
    for message in [*made.graph.node, *made.graph.input, *made.graph.output, *made.graph.value_info, *made.graph.initializer, made.graph]:
        message.doc_string = ""
        del message.metadata_props[:]  # places in PyTorch's sources, longer than the model
    del made.graph.value_info[:]
    onnx.save(made, path)


def losses(model, inputs, target):
    model.train()
    optimizer = torch.optim.SGD(model.parameters(), 0.05)
    found = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(model(*inputs), target)
        loss.backward()
        optimizer.step()
        found.append(loss.item())
    return np.array(found, np.float32)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    torch.manual_seed(0)
    for number, (name, model, inputs) in enumerate(models()):
        torch.manual_seed(number + 1)  # for what is drawn here, and for the next model
        if sys.argv[2:] and name not in sys.argv[2:]:
            continue
        # As after training: exporters write equal arrays once, and leave out biases that are 0.
        for key, parameter in model.named_parameters():
            scale = parameter.dim() == 1 and key.endswith("weight")
            nn.init.uniform_(parameter, *((0.5, 1.5) if scale else (-0.4, 0.4)))
        for module in model.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):
                module.running_mean.uniform_(-0.5, 0.5)
                module.running_var.uniform_(0.5, 1.5)
        model.eval()
        for dynamo in (False, True):
            export(name, model, inputs, folder, dynamo)
        if name == "mlp":  # once more with its arrays in a file beside it, as exporters write large models
            made = onnx.load(folder / "mlp-script.onnx")
            onnx.save_model(made, folder / "mlp-outside.onnx", save_as_external_data=True, location="mlp-outside.data", size_threshold=0)
        arrays = {f"x{i}": x.float().numpy() for i, x in enumerate(inputs)}
        arrays["y"] = model(*inputs).detach().numpy()
        target = torch.rand(arrays["y"].shape)
        np.savez(folder / f"{name}.npz", target=target.numpy(), losses=losses(model, inputs, target), **arrays)


main()
