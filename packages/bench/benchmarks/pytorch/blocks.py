"""Weights out of blocks: where each location stands.

A weight is read as a stack of matrices, each cut into m x n blocks; locations count matrices, then
rows, then columns. Whole blocks stand at the edges, and what lies past the edge is discarded.
"""

import math


def location_count(shape, layout, block):
    """How many blocks a weight of muir's `shape` takes."""
    matrices, rows, columns = _stack(shape, layout)
    return matrices * math.ceil(rows / block[0]) * math.ceil(columns / block[1])


def assemble(blocks, shape, layout):
    """The weight, in muir's layout, of its blocks [locations, m, n]."""
    matrices, rows, columns = _stack(shape, layout)
    _, m, n = blocks.shape
    down, across = math.ceil(rows / m), math.ceil(columns / n)
    grid = blocks.view(matrices, down, across, m, n).permute(0, 1, 3, 2, 4)
    stack = grid.reshape(matrices, down * m, across * n)[:, :rows, :columns]
    if layout == "lstm":
        stack = stack.transpose(0, 1)  # the gates' columns side by side
    return stack.reshape(shape)


def _stack(shape, layout):
    """Matrices, rows and columns."""
    if layout == "lstm":
        return 4, shape[0], shape[1] // 4
    if layout in ("dense", "conv1d", "conv2d"):
        *stack, rows, columns = shape
        return math.prod(stack), rows, columns
    raise ValueError(f"blocks: layout must be dense, lstm, conv1d or conv2d; got {layout}.")
