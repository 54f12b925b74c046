"""Blocks out of hypermodules, contexts and soft weights (Eq. 5 and 8 of the paper)."""

import torch


def generate_blocks(modules, contexts, soft_weights, candidates):
    """modules [K, c, m, n], contexts [L, c], soft weights and candidates [L, slots]: [L, m, n].

    One candidate after the other: gather its hypermodules, multiply by the contexts, and weigh by
    the softmax. The gather is `index_select`, whose gradient is faster than that of `modules[...]`.
    """
    count, size, rows, columns = modules.shape
    flat = modules.view(count, size, rows * columns)
    beliefs = torch.softmax(soft_weights, dim=1)
    blocks = 0
    for slot in range(candidates.shape[1]):
        chosen = flat.index_select(0, candidates[:, slot])  # [L, c, m n]
        block = torch.bmm(contexts.unsqueeze(1), chosen).squeeze(1)  # [L, m n]
        blocks = blocks + beliefs[:, slot : slot + 1] * block
    return blocks.view(-1, rows, columns)
