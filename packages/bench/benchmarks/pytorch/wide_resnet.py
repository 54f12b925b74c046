"""A wide residual network with pre-activation blocks (WRN-40-1 in the paper)."""

import re

from torch import nn
from torch.nn import functional

from parameter import Parameter, layer


class WideResNet(nn.Module):
    INPUTS = {"images": "images", "labels": "asIs"}

    def __init__(self, shapes):
        super().__init__()
        height, width, inputs, outputs = shapes["conv0/kernel"]
        self.conv0 = nn.Conv2d(inputs, outputs, (height, width), bias=False)
        self.groups = nn.ModuleList(
            nn.ModuleList(
                _Block(_under(shapes, f"group{group}/block{block}/"), _stride(group, block))
                for block in range(blocks)
            )
            for group, blocks in enumerate(_depths(shapes))
        )
        self.norm = nn.BatchNorm2d(*shapes["norm/scale"])
        self.fc = nn.Linear(*shapes["fc/kernel"])

    @staticmethod
    def parameter_list(shapes):
        return [
            Parameter("conv0/kernel", "conv0.weight", "conv2d"),
            *(
                parameter
                for group, blocks in enumerate(_depths(shapes))
                for block in range(blocks)
                for parameter in _block_list(group, block, shapes)
            ),
            *_norm("norm", "norm"),
            *layer("fc", "fc", "dense"),
        ]

    def forward(self, images):
        x = self.conv0(images)
        for group in self.groups:
            for block in group:
                x = block(x)
        x = functional.relu(self.norm(x))
        x = functional.avg_pool2d(x, x.shape[2:])  # 8 x 8 for images of 32 x 32
        return self.fc(x.flatten(1))

    def loss(self, images, labels):
        return functional.cross_entropy(self(images), labels)


class _Block(nn.Module):
    def __init__(self, shapes, stride):
        super().__init__()
        self.norm0 = nn.BatchNorm2d(*shapes["norm0/scale"])
        self.conv0 = _convolution(shapes["conv0/kernel"], stride)
        self.norm1 = nn.BatchNorm2d(*shapes["norm1/scale"])
        self.conv1 = _convolution(shapes["conv1/kernel"], 1)
        shortcut = shapes.get("shortcut/kernel")  # only where the number of channels changes
        self.shortcut = nn.Identity() if shortcut is None else _convolution(shortcut, stride)

    def forward(self, x):
        y = self.conv0(functional.relu(self.norm0(x)))
        y = self.conv1(functional.relu(self.norm1(y)))
        return y + self.shortcut(x)


def _block_list(group, block, shapes):
    name, attribute = f"group{group}/block{block}", f"groups.{group}.{block}"
    parameters = [
        *_norm(f"{name}/norm0", f"{attribute}.norm0"),
        *layer(f"{name}/conv0", f"{attribute}.conv0", "conv2d"),
        *_norm(f"{name}/norm1", f"{attribute}.norm1"),
        *layer(f"{name}/conv1", f"{attribute}.conv1", "conv2d"),
    ]
    inputs, outputs = shapes[f"{name}/conv0/kernel"][2:]
    if inputs != outputs:
        parameters += layer(f"{name}/shortcut", f"{attribute}.shortcut", "conv2d")
    return parameters


def _norm(name, attribute):
    return [
        Parameter(f"{name}/scale", f"{attribute}.weight", "vector"),
        Parameter(f"{name}/offset", f"{attribute}.bias", "vector"),
    ]


def _convolution(shape, stride):
    height, width, inputs, outputs = shape
    return nn.Conv2d(inputs, outputs, (height, width), stride=stride, padding=1)


def _stride(group, block):
    return 2 if group > 0 and block == 0 else 1


def _depths(shapes):
    """How many blocks each group has, counted from the names."""
    blocks = [re.match(r"group(\d+)/block(\d+)/conv0/kernel$", name) for name in shapes]
    groups = [int(found[1]) for found in blocks if found]
    return [groups.count(group) for group in range(len(set(groups)))]


def _under(shapes, prefix):
    return {name[len(prefix) :]: s for name, s in shapes.items() if name.startswith(prefix)}
