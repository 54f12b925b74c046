"""The generator alone: blocks forward, a given gradient of the blocks backward, and Adam."""

import torch

from training import Training


class GenerationTraining(Training):
    """The loss is linear in the blocks, so that its gradient there is what was given."""

    def __init__(self, bank, blocks_gradient, soft_rate):
        super().__init__(bank.trained, soft_rate=soft_rate)
        self.bank = bank
        self.blocks_gradient = blocks_gradient

    def losses(self):
        return [self._loss(self.bank.blocks())]

    def backward(self):
        blocks = self.bank.blocks()
        blocks.backward(self.blocks_gradient)
        return [self._loss(blocks.detach())]  # a thousandth of the step's time, if that

    def _loss(self, blocks):
        return torch.dot(blocks.flatten(), self.blocks_gradient.flatten())
