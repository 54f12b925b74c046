"""LeNet, the smaller of the paper's vision networks."""

from torch import nn
from torch.nn import functional

from parameter import layer


class LeNet(nn.Module):
    INPUTS = {"images": "images", "labels": "asIs"}

    def __init__(self, shapes):
        super().__init__()
        self.conv1 = _convolution(shapes["conv1/kernel"])
        self.conv2 = _convolution(shapes["conv2/kernel"])
        self.fc1 = nn.Linear(*shapes["fc1/kernel"])
        self.fc2 = nn.Linear(*shapes["fc2/kernel"])
        self.fc3 = nn.Linear(*shapes["fc3/kernel"])

    @staticmethod
    def parameter_list(_shapes):
        return [
            *layer("conv1", "conv1", "conv2d"),
            *layer("conv2", "conv2", "conv2d"),
            *layer("fc1", "fc1", "dense"),
            *layer("fc2", "fc2", "dense"),
            *layer("fc3", "fc3", "dense"),
        ]

    def forward(self, images):
        x = functional.max_pool2d(functional.relu(self.conv1(images)), 2)
        x = functional.max_pool2d(functional.relu(self.conv2(x)), 2)
        x = x.permute(0, 2, 3, 1).flatten(1)  # muir flattens height, width, channels
        x = functional.relu(self.fc1(x))
        x = functional.relu(self.fc2(x))
        return self.fc3(x)

    def loss(self, images, labels):
        return functional.cross_entropy(self(images), labels)


def _convolution(shape):
    height, width, inputs, outputs = shape
    return nn.Conv2d(inputs, outputs, (height, width), padding=1)
