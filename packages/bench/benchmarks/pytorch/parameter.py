from typing import NamedTuple


class Parameter(NamedTuple):
    """A trained tensor: muir's name for it, its place in the PyTorch module, and its layout."""

    name: str
    attribute: str
    layout: str


def layer(name, attribute, layout):
    """The two parameters of a dense layer or a convolution."""
    return [
        Parameter(f"{name}/kernel", f"{attribute}.weight", layout),
        Parameter(f"{name}/bias", f"{attribute}.bias", "vector"),
    ]
