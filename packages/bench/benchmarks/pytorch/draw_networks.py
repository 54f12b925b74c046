"""Random inputs and weights of each network, in muir's layout and by muir's names."""

import math

import torch


def lenet(sizes):
    size, images = sizes["lenet"], sizes["images"]
    filters, width, side = size["filters"], size["width"], images["side"]
    for _ in range(2):  # a convolution with one pixel around the image, and a pool
        side = (side + 3 - width) // 2
    return {
        **_images(**images),
        **_layer("conv1", width, width, images["channels"], filters),
        **_layer("conv2", width, width, filters, filters),
        **_layer("fc1", side * side * filters, size["fc1"]),
        **_layer("fc2", size["fc1"], size["fc2"]),
        **_layer("fc3", size["fc2"], images["classes"]),
    }


def wide_resnet(sizes):
    size, images = sizes["wide_resnet"], sizes["images"]
    before = size["first"]
    tensors = {**_images(**images), "conv0/kernel": _kernel(3, 3, images["channels"], before)}
    for group, after in enumerate(size["channels"]):
        for block in range(size["blocks"]):
            name = f"group{group}/block{block}"
            tensors |= _norm(f"{name}/norm0", before) | _layer(f"{name}/conv0", 3, 3, before, after)
            tensors |= _norm(f"{name}/norm1", after) | _layer(f"{name}/conv1", 3, 3, after, after)
            if before != after:
                tensors |= _layer(f"{name}/shortcut", 3, 3, before, after)
            before = after
    return {**tensors, **_norm("norm", before), **_layer("fc", before, images["classes"])}


def stacked_lstm(sizes):
    size = sizes["lstm"]
    units, vocabulary = size["units"], size["vocabulary"]
    deviation = 1 / math.sqrt(units)
    tensors = {
        "tokens": _integers(vocabulary, size["batch"], size["time"]),
        "targets": _integers(vocabulary, size["batch"], size["time"]),
        "embedding": 0.1 * torch.randn(vocabulary, units),
    }
    for layer in range(size["layers"]):
        tensors[f"layer{layer}/kernel"] = deviation * torch.randn(units, 4 * units)
        tensors[f"layer{layer}/recurrent"] = deviation * torch.randn(units, 4 * units)
        tensors[f"layer{layer}/bias"] = deviation * torch.randn(4 * units)
    return {**tensors, "decoder/bias": 0.1 * torch.randn(vocabulary)}


def deepbind(sizes):
    size = sizes["deepbind"]
    return {
        "symbols": _integers(5, size["batch"], size["length"]),
        "targets": torch.randn(size["batch"], 1),
        "embedding": torch.randn(5, size["size"]),
        **_layer("conv", size["width"], size["size"], size["filters"]),
        **_layer("fc1", size["filters"], size["fc1"]),
        **_layer("fc2", size["fc1"], 1),
    }


def _images(batch, side, channels, classes):
    return {
        "images": torch.randn(batch, side, side, channels),
        "labels": _integers(classes, batch),
    }


def _layer(name, *shape):
    return {f"{name}/kernel": _kernel(*shape), f"{name}/bias": 0.1 * torch.randn(shape[-1])}


def _norm(name, channels):
    return {
        f"{name}/scale": 1 + 0.1 * torch.randn(channels),
        f"{name}/offset": 0.1 * torch.randn(channels),
    }


def _kernel(*shape):
    """As He et al. (2015) have it: variance 2 / inputs of a unit."""
    return math.sqrt(2 / math.prod(shape[:-1])) * torch.randn(*shape)


def _integers(below, *shape):
    return torch.randint(below, shape, dtype=torch.int32)
