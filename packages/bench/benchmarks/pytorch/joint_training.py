"""Steps of networks whose weights, or some of them, come from one bank."""

from blocks import assemble, location_count
from training import Training


class JointTraining(Training):
    """As in the paper's program: blocks are generated once and made into the weights of each task,
    and every task's loss runs its own backward pass down to the bank, the generator's included.
    """

    def __init__(self, bank, networks, generated, soft_rate):
        """`networks` by task; `generated`: which weights blocks make, by task and name."""
        own = {
            f"{task}/{name}": trained
            for task, network in networks.items()
            for name, trained in network.trained.items()
        }
        super().__init__({**bank.trained, **own}, list(networks.values()), soft_rate)
        self.bank = bank
        self.tasks = networks
        self.generated = sorted(generated.items(), key=lambda item: item[1].location)
        self.counts = [
            location_count(weight.shape, weight.layout, bank.block) for _, weight in self.generated
        ]
        self._check_locations()

    def losses(self):
        weights = self.weights(self.bank.blocks())
        return [self.loss(task, weights) for task in self.tasks]

    def backward(self):
        weights = self.weights(self.bank.blocks())
        return [self.backward_of(task, weights, retain_graph=True) for task in self.tasks]

    def weights(self, blocks):
        """All generated weights, in muir's layout, by task and name."""
        weights = {task: {} for task in self.tasks}
        for ((task, name), weight), piece in zip(self.generated, blocks.split(self.counts)):
            weights[task][name] = assemble(piece, weight.shape, weight.layout)
        return weights

    def loss(self, task, weights):
        self.tasks[task].place(weights[task])
        loss = self.tasks[task].loss()
        self.tasks[task].place(dict.fromkeys(weights[task]))  # lets go of the graph behind them
        return loss

    def backward_of(self, task, weights, retain_graph):
        """One task's backward pass, whose activations are free when it returns the loss."""
        loss = self.loss(task, weights)
        loss.backward(retain_graph=retain_graph)
        return loss.detach()

    def _check_locations(self):
        following = 0
        for ((task, name), weight), count in zip(self.generated, self.counts):
            if weight.location != following:
                raise ValueError(
                    f'"{task}/{name}": its first location must be {following}, where the weight '
                    f"before it ends; got {weight.location}."
                )
            following += count
        if following != self.bank.locations:
            raise ValueError(
                f"the bank has {self.bank.locations} locations; the weights take {following}."
            )


class OnceTraining(JointTraining):
    """As muir does it: tasks stop at the blocks, and the generator's backward pass runs once."""

    def backward(self):
        generated = self.bank.blocks()
        blocks = generated.detach().requires_grad_()
        weights = self.weights(blocks)
        # a graph from blocks to weights holds no tensors, so it need not be retained
        losses = [self.backward_of(task, weights, retain_graph=False) for task in self.tasks]
        generated.backward(blocks.grad)
        return losses
