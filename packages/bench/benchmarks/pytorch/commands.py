"""What each command answers."""

import sys

import torch

from layouts import to_muir
from tensors import write_tensors


class Commands:
    def __init__(self, training, folder):
        self.training = training
        self.folder = folder

    def answer(self, command):
        """The record to answer with; None when there is nothing more to do."""
        known = {
            "loss": self.loss,
            "gradients": self.gradients,
            "step": self.step,
            "memory": self.memory,
            "quit": lambda: None,
        }
        if command not in known:
            raise ValueError(f"command must be one of {', '.join(known)}; got {command}.")
        return known[command]()

    def loss(self):
        with torch.no_grad():
            return _numbers(self.training.losses())

    def gradients(self):
        losses = self.training.gradients()
        gradients = {
            name: to_muir(tensor.grad, layout)
            for name, (tensor, layout) in self.training.trained.items()
        }
        write_tensors(self.folder, gradients, "gradients")
        return _numbers(losses)

    def step(self):
        milliseconds, losses = self.training.step()
        return {"milliseconds": milliseconds, **_numbers(losses)}

    def memory(self):
        # not getrusage: on Linux a process starts there with the peak of the one that started it
        if sys.platform != "linux":
            raise OSError(f"memory: the peak is read from Linux's /proc; this is {sys.platform}.")
        with open("/proc/self/status", encoding="ascii") as status:
            peak = next(line for line in status if line.startswith("VmHWM:"))
        return {"peakResidentBytes": int(peak.split()[1]) * 1024}


def _numbers(losses):
    numbers = [float(loss) for loss in losses]
    return {"loss": sum(numbers), "losses": numbers}
