"""The paper's language model: LSTM layers between an embedding and the softmax tied to it."""

import torch
from torch import nn
from torch.nn import functional

from parameter import Parameter


class StackedLstm(nn.Module):
    INPUTS = {"tokens": "sequence", "targets": "sequence"}

    def __init__(self, shapes):
        super().__init__()
        vocabulary, size = shapes["embedding"]
        units = shapes["layer0/recurrent"][0]
        self.embedding = nn.Embedding(vocabulary, size)
        self.lstm = nn.LSTM(size, units, num_layers=_layers(shapes))
        for index in range(self.lstm.num_layers):
            # PyTorch adds two biases; muir has one, so the second is zero and stays so
            second = getattr(self.lstm, f"bias_hh_l{index}")
            nn.init.zeros_(second).requires_grad_(False)
        self.decoder_bias = nn.Parameter(torch.zeros(vocabulary))
        self.state = None  # zeros to begin with
        self.next_state = None

    @staticmethod
    def parameter_list(shapes):
        return [
            Parameter("embedding", "embedding.weight", "rows"),
            *(
                parameter
                for index in range(_layers(shapes))
                for parameter in (
                    Parameter(f"layer{index}/kernel", f"lstm.weight_ih_l{index}", "lstm"),
                    Parameter(f"layer{index}/recurrent", f"lstm.weight_hh_l{index}", "lstm"),
                    Parameter(f"layer{index}/bias", f"lstm.bias_ih_l{index}", "vector"),
                )
            ),
            Parameter("decoder/bias", "decoder_bias", "vector"),
        ]

    def forward(self, tokens):
        hidden, state = self.lstm(self.embedding(tokens), self.state)
        self.next_state = tuple(part.detach() for part in state)  # without its history
        return functional.linear(hidden.flatten(0, 1), self.embedding.weight, self.decoder_bias)

    def loss(self, tokens, targets):
        return functional.cross_entropy(self(tokens), targets.flatten())

    def advance(self):
        """Carries the state to the next batch."""
        self.state = self.next_state


def _layers(shapes):
    return sum(name.endswith("/recurrent") for name in shapes)
