"""Exact numbers that a developer may have beside the project; the checks of them skip elsewhere."""

import json
import unittest
from pathlib import Path

import torch

from layouts import to_muir

FOLDER = Path(__file__).resolve().parents[6] / "shared" / "fixtures"

need_fixtures = unittest.skipUnless(FOLDER.is_dir(), f"there is no folder {FOLDER}")


def fixture(name):
    """The file with every stored tensor made into one."""
    return _tensors(json.loads((FOLDER / f"{name}.json").read_text()))


def in_muir(tensors, names):
    """PyTorch's tensors as `names` lists them, (muir's, PyTorch's, layout); some may be missing."""
    present = [name for name in names if name[1] in tensors]
    return {ours: to_muir(tensors[theirs], layout) for ours, theirs, layout in present}


def _tensors(value):
    if isinstance(value, list):
        return [_tensors(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "data" in value:
        dtype = {"float32": torch.float32, "int32": torch.int32}[value["dtype"]]
        return torch.tensor(value["data"], dtype=dtype).reshape(value["shape"])
    return {name: _tensors(item) for name, item in value.items()}
