"""DeepBind, the paper's genomics network: how strongly each filter answers in a sequence."""

import torch
from torch import nn
from torch.nn import functional

from parameter import Parameter, layer


class DeepBind(nn.Module):
    INPUTS = {"symbols": "asIs", "targets": "asIs"}

    def __init__(self, shapes):
        super().__init__()
        width, size, filters = shapes["conv/kernel"]
        self.embedding = nn.Embedding(*shapes["embedding"])
        self.conv = nn.Conv1d(size, filters, width)
        self.fc1 = nn.Linear(*shapes["fc1/kernel"])
        self.fc2 = nn.Linear(*shapes["fc2/kernel"])

    @staticmethod
    def parameter_list(_shapes):
        return [
            Parameter("embedding", "embedding.weight", "rows"),
            *layer("conv", "conv", "conv1d"),
            *layer("fc1", "fc1", "dense"),
            *layer("fc2", "fc2", "dense"),
        ]

    def strongest(self, symbols):
        """The largest answer of each filter, `[batch, filters]`."""
        embedded = self.embedding(symbols).transpose(1, 2)
        return functional.relu(self.conv(embedded)).max(dim=2).values

    def forward(self, symbols):
        return self.fc2(functional.relu(self.fc1(self.strongest(symbols))))

    def loss(self, symbols, targets):
        return functional.mse_loss(self(symbols), targets)


class DeepBindFolded(DeepBind):
    """The same function and gradients by far less work, as muir computes it.

    Embedding and convolution are both linear, so their product, a filter for each symbol rather
    than each of its coordinates, acts on symbols as they are. And relu never changes which answer
    is largest, so it waits for the maximum.
    """

    def strongest(self, symbols):
        count = self.embedding.num_embeddings
        folded = torch.matmul(self.embedding.weight, self.conv.weight)  # [filters, symbols, width]
        ones = functional.one_hot(symbols, count).transpose(1, 2).to(folded.dtype)
        return functional.relu(functional.conv1d(ones, folded, self.conv.bias).max(dim=2).values)
