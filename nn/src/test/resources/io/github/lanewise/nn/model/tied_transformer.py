"""Makes tied-transformer.pt and tied-transformer-io.safetensors, by PyTorch 2, beside this script.

A decoder-only transformer whose output weights are its embedding, its state_dict, and what it makes of some tokens, before
and while it is trained. With the name of a file it loads that file's weights in place of its own, and compares.
"""

import pathlib
import sys

import torch
import torch.nn as nn
from safetensors.torch import load_file, save_file

HERE = pathlib.Path(__file__).parent


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(11, 8)
        layer = nn.TransformerEncoderLayer(8, 2, 12, dropout=0, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, nn.LayerNorm(8), enable_nested_tensor=False)
        self.head = nn.Linear(8, 11)
        self.head.weight = self.embedding.weight

    def forward(self, tokens):
        mask = nn.Transformer.generate_square_subsequent_mask(tokens.shape[1])
        return self.head(self.encoder(self.embedding(tokens), mask, is_causal=True))


torch.manual_seed(7)
net = Net()
tokens = torch.randint(0, 11, (3, 6))
if len(sys.argv) > 1:
    expected = net(tokens)
    with torch.no_grad():
        for p in net.parameters():
            p.zero_()
    net.load_state_dict(load_file(sys.argv[1]), strict=True)
    assert net.head.weight is net.embedding.weight
    print("largest difference", (net(tokens) - expected).abs().max().item())
    sys.exit()

torch.save(net.state_dict(), HERE / "tied-transformer.pt")
output = net(tokens).detach()
optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
losses = []
for _ in range(6):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(net(tokens[:, :-1]).flatten(0, 1), tokens[:, 1:].flatten())
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
save_file(
    {"input": tokens.float(), "output": output, "losses": torch.tensor(losses)},
    HERE / "tied-transformer-io.safetensors",
)
