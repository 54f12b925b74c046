"""Where muir and PyTorch put the axes of a weight, and how one becomes the other.

A layout is named after the kind of weight. muir keeps what goes in before what comes out; PyTorch
the other way round, with the positions of a filter last.
"""

# the axes of muir's tensor in PyTorch's order
TORCH_AXES = {
    "vector": (0,),
    "rows": (0, 1),  # an embedding: a row for each symbol in both
    "dense": (1, 0),  # [in, out]
    "lstm": (1, 0),  # [in, 4 units]; gates i, f, g, o in both
    "conv1d": (2, 1, 0),  # [width, in, out]
    "conv2d": (3, 2, 0, 1),  # [height, width, in, out]
    "images": (0, 3, 1, 2),  # [batch, height, width, channels]
    "sequence": (1, 0),  # [batch, time]
    "asIs": None,  # of any rank
}


def to_torch(tensor, layout):
    """muir's tensor in PyTorch's layout; contiguous."""
    axes = TORCH_AXES[layout]
    return (tensor if axes is None else tensor.permute(axes)).contiguous()


def to_muir(tensor, layout):
    """PyTorch's tensor in muir's layout; contiguous."""
    axes = TORCH_AXES[layout]
    if axes is None:
        return tensor.contiguous()
    inverse = [axes.index(axis) for axis in range(len(axes))]
    return tensor.permute(inverse).contiguous()
