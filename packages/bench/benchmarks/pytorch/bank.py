"""The bank all blocks come from: hypermodules, contexts, and candidates with their soft weights."""

from generator import generate_blocks
from network import Trained, check_names


class Bank:
    NAMES = ["modules", "contexts", "softWeights", "candidates"]

    def __init__(self, tensors):
        check_names("the bank", tensors, self.NAMES)
        modules, contexts, soft_weights, candidates = (tensors[name] for name in self.NAMES)
        slots = (contexts.shape[0], soft_weights.shape[1])
        fit = modules.shape[1] == contexts.shape[1] and soft_weights.shape[0] == slots[0]
        if not fit or tuple(candidates.shape) != slots:
            raise ValueError(
                "the bank: modules must be [K, c, m, n], contexts [L, c], softWeights and "
                f"candidates [L, slots]; got {[list(tensors[name].shape) for name in self.NAMES]}."
            )
        self.candidates = candidates
        leaves = {"modules": modules, "contexts": contexts, "softWeights": soft_weights}
        self.trained = {
            name: Trained(tensor.requires_grad_(), "asIs") for name, tensor in leaves.items()
        }
        self.locations = slots[0]
        self.block = tuple(modules.shape[2:])

    def blocks(self):
        """The blocks of all locations, [L, m, n]."""
        leaves = [trained.tensor for trained in self.trained.values()]
        return generate_blocks(*leaves, self.candidates)
