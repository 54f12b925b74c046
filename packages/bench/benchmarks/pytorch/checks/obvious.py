"""Blocks and weights by the plainest of loops, to hold the fast way against."""

import math

import torch


def obvious_blocks(modules, contexts, soft_weights, candidates):
    """Eq. 8, a location, a candidate and a context number at a time."""
    blocks = []
    for location, row in enumerate(candidates.tolist()):
        beliefs = torch.softmax(soft_weights[location], dim=0)
        blocks.append(
            sum(
                beliefs[i] * contexts[location, c] * modules[k, c]
                for i, k in enumerate(row)
                for c in range(contexts.shape[1])
            )
        )
    return torch.stack(blocks)


def obvious_weight(blocks, generated):
    """muir's weight, an entry at a time, each from its block."""
    _, m, n = blocks.shape
    *positions, rows, columns = generated.shape
    matrices = math.prod(positions)
    if generated.layout == "lstm":
        matrices, columns = 4, columns // 4
    down, across = math.ceil(rows / m), math.ceil(columns / n)

    def entry(matrix, row, column):
        location = generated.location + (matrix * down + row // m) * across + column // n
        return blocks[location, row % m, column % n]

    if generated.layout == "lstm":
        order = [(g, r, c) for r in range(rows) for g in range(4) for c in range(columns)]
    else:
        order = [(s, r, c) for s in range(matrices) for r in range(rows) for c in range(columns)]
    return torch.stack([entry(*place) for place in order]).reshape(generated.shape)
