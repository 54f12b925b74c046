"""An architecture together with the tensors of a folder: its inputs and its weights."""

from typing import NamedTuple

import torch

from layouts import to_torch
from tensors import Generated


class Trained(NamedTuple):
    """A tensor that the optimizer changes, in PyTorch's layout, and what that is called."""

    tensor: torch.Tensor
    layout: str


class Network:
    """`trained` are its own weights by muir's name; `generated` those that blocks make.

    A generated weight is no parameter of the module: `place` puts it in before each forward pass.
    """

    def __init__(self, architecture, tensors):
        shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        parameters = architecture.parameter_list(shapes)
        known = [*architecture.INPUTS, *(parameter.name for parameter in parameters)]
        check_names(architecture.__name__, tensors, known)
        self.model = architecture(shapes)
        self.inputs = {
            name: _input(tensors[name], layout) for name, layout in architecture.INPUTS.items()
        }
        self.trained, self.generated = {}, {}
        for parameter in parameters:
            self._take(parameter, tensors[parameter.name])

    def loss(self):
        return self.model.loss(**self.inputs)

    def place(self, weights):
        """Puts generated weights, in muir's layout, or None, where the module reads them."""
        for name, weight in weights.items():
            attribute, layout = self.generated[name]
            owner, last = self._find(attribute)
            setattr(owner, last, None if weight is None else to_torch(weight, layout))

    def advance(self):
        """Goes on to the next batch; only an LSTM's state knows the difference."""
        if hasattr(self.model, "advance"):
            self.model.advance()

    def _take(self, parameter, given):
        owner, last = self._find(parameter.attribute)
        own = getattr(owner, last)
        if isinstance(given, Generated):
            if given.layout != parameter.layout:
                raise ValueError(
                    f'"{parameter.name}": layout must be {parameter.layout}; got {given.layout}.'
                )
            delattr(owner, last)  # so that a plain tensor may stand there
            self.generated[parameter.name] = (parameter.attribute, parameter.layout)
            return
        weight = to_torch(given, parameter.layout)
        if weight.shape != own.shape:
            raise ValueError(
                f'"{parameter.name}": shape [{list(given.shape)}] does not fit the other tensors; '
                f"PyTorch's {parameter.attribute} is {list(own.shape)}."
            )
        own.data = weight
        self.trained[parameter.name] = Trained(own, parameter.layout)

    def _find(self, attribute):
        path, _, last = attribute.rpartition(".")
        return self.model.get_submodule(path), last


def check_names(owner, tensors, expected):
    """Every name must be there and mean something: a misspelt one would go unnoticed."""
    for name in expected:
        if name not in tensors:
            raise ValueError(f'{owner}: tensors.json lacks "{name}".')
    for name in tensors:
        if name not in expected:
            known = ", ".join(expected)
            raise ValueError(f'{owner}: tensors.json has "{name}"; known are {known}.')


def _input(tensor, layout):
    # PyTorch's losses want 64-bit labels
    return to_torch(tensor.long() if tensor.dtype == torch.int32 else tensor, layout)
