"""What all training steps have in common, and those of a network with weights of its own."""

import time

import torch

LEARNING_RATE = 1e-3


class Training:
    """`trained` are all trained tensors by muir's name, in the order of the optimizer's work."""

    def __init__(self, trained, networks=(), soft_rate=None):
        self.trained = trained
        self.networks = networks
        own = [t.tensor for name, t in trained.items() if name != "softWeights"]
        groups = [{"params": own}]
        if "softWeights" in trained:
            groups.append({"params": [trained["softWeights"].tensor], "lr": soft_rate})
        self.optimizer = torch.optim.Adam(groups, lr=LEARNING_RATE)

    def losses(self):
        """The tasks' losses as they are now."""
        raise NotImplementedError

    def backward(self):
        """Adds to the gradients of everything trained; returns the tasks' losses."""
        raise NotImplementedError

    def gradients(self):
        """As `backward`, from no gradients at all."""
        self.optimizer.zero_grad(set_to_none=True)
        return self.backward()

    def step(self):
        """Forward, backward and Adam: how many milliseconds, and the losses before the update."""
        began = time.perf_counter()
        losses = self.gradients()
        self.optimizer.step()
        milliseconds = (time.perf_counter() - began) * 1000
        for network in self.networks:
            network.advance()
        return milliseconds, losses


class AloneTraining(Training):
    def __init__(self, network):
        super().__init__(network.trained, [network])

    def losses(self):
        return [self.networks[0].loss()]

    def backward(self):
        (loss,) = self.losses()
        loss.backward()
        return [loss.detach()]
