"""Writes random tensors for a case: `python3 draw.py CASE FOLDER [--tiny]`.

For runs by hand and for the checks. Sizes are the paper's unless they are to be tiny.
"""

import argparse
import math
import re
from pathlib import Path

import torch

from blocks import location_count
from cases import CASES, WITH_LENET, WITH_WIDE_RESNET
from draw_networks import deepbind, lenet, stacked_lstm, wide_resnet
from sizes import PAPER, TINY
from tensors import Generated, write_tensors

NETWORKS = {"lenet": lenet, "wide_resnet": wide_resnet, "lstm": stacked_lstm, "deepbind": deepbind}

# which weights the paper generates
SHARED = {
    "lenet": r"(conv2|fc1|fc2)/kernel",
    "wide_resnet": r"group.*/kernel",
    "lstm": r"layer\d+/(kernel|recurrent)",
    "deepbind": r"(conv|fc1)/kernel",
}


def draw(case, sizes):
    """All tensors of `case` in muir's layout, by name."""
    torch.manual_seed(1)
    if case == "generation":
        locations = sizes["generation"]["locations"]
        gradient = torch.randn(locations, *sizes["bank"]["block"])
        return {**_bank(torch.ones(locations), **sizes["bank"]), "blocksGradient": gradient}
    if case == "synthetic":
        return _synthetic(**sizes["synthetic"])
    if case.startswith("joint_"):
        return _joint(WITH_LENET if "lenet" in case else WITH_WIDE_RESNET, sizes)
    return NETWORKS[case.removesuffix("_folded").removeprefix("stacked_")](sizes)


def _synthetic(tasks, samples, inputs, slots):
    deviations = torch.full((tasks,), math.sqrt(2 / inputs))
    return {
        **_bank(deviations, context=1, block=(inputs, 1), slots=slots),
        "inputs": 2 * torch.rand(tasks, samples, inputs) - 1,
        "targets": torch.randn(tasks, samples, 1),
    }


def _joint(architectures, sizes):
    tensors, deviations = {}, []
    for task, architecture in architectures.items():
        part = NETWORKS[task](sizes)
        shapes = {name: tuple(tensor.shape) for name, tensor in part.items()}
        layouts = {p.name: p.layout for p in architecture.parameter_list(shapes)}
        tensors |= {f"{task}/{name}": tensor for name, tensor in part.items()}
        for name, tensor in part.items():
            if re.fullmatch(SHARED[task], name):
                weight = Generated(shapes[name], layouts[name], len(deviations))
                count = location_count(weight.shape, weight.layout, sizes["bank"]["block"])
                deviations += [float(tensor.std())] * count
                tensors[f"{task}/{name}"] = weight
    return {**_bank(torch.tensor(deviations), **sizes["bank"]), **tensors}


def _bank(deviations, context, block, slots):
    """As many modules as locations; blocks start with the given deviations (Eq. 7)."""
    locations = len(deviations)
    return {
        "modules": torch.randn(locations, context, *block) / math.sqrt(context),
        "contexts": deviations.unsqueeze(1).repeat(1, context),
        "softWeights": 0.1 * torch.randn(locations, slots),
        "candidates": torch.randint(locations, (locations, slots), dtype=torch.int32),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes random tensors for a case.")
    parser.add_argument("case", choices=CASES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tiny", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    write_tensors(arguments.folder, draw(arguments.case, TINY if arguments.tiny else PAPER))
