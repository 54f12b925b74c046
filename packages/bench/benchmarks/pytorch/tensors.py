"""A folder of tensors: names, shapes and places in `<kind>.json`, the numbers in `<kind>.bin`.

Numbers are little-endian and row-major. An entry with a `location` in place of an `offset` is a
weight that blocks generate: only its shape, its layout and its first location are known.
"""

import json
import math
from pathlib import Path
from typing import NamedTuple

import torch

DATA_TYPES = {"float32": torch.float32, "int32": torch.int32}
BYTES = 4  # of either


class Generated(NamedTuple):
    """A weight whose blocks stand at the locations from `location` on, in muir's `shape`."""

    shape: tuple
    layout: str
    location: int


def read_tensors(folder, kind="tensors"):
    """All entries by name, in the order of the file: tensors in muir's layout, or `Generated`."""
    entries = json.loads(Path(folder, f"{kind}.json").read_text())
    with open(Path(folder, f"{kind}.bin"), "rb") as file:
        return {name: _read(file, name, entry) for name, entry in entries.items()}


def write_tensors(folder, tensors, kind="tensors"):
    """Writes tensors, and entries that are `Generated`, as `read_tensors` reads them."""
    size = sum(t.numel() * BYTES for t in tensors.values() if isinstance(t, torch.Tensor))
    numbers, offset, entries = bytearray(size), 0, {}
    for name, tensor in tensors.items():
        if isinstance(tensor, Generated):
            entries[name] = {"shape": list(tensor.shape), "dtype": "float32", **_place(tensor)}
            continue
        dtype = str(tensor.dtype).replace("torch.", "")
        target = torch.frombuffer(
            numbers, dtype=DATA_TYPES[dtype], count=tensor.numel(), offset=offset
        )
        target.copy_(tensor.detach().reshape(-1))
        entries[name] = {"shape": list(tensor.shape), "dtype": dtype, "offset": offset}
        offset += tensor.numel() * BYTES
    Path(folder, f"{kind}.bin").write_bytes(numbers)
    Path(folder, f"{kind}.json").write_text(json.dumps(entries, indent=1))


def _place(generated):
    return {"layout": generated.layout, "location": generated.location}


def _read(file, name, entry):
    shape = tuple(entry["shape"])
    if "location" in entry:
        return Generated(shape, entry["layout"], entry["location"])
    if entry["dtype"] not in DATA_TYPES:
        raise ValueError(f'"{name}": dtype must be float32 or int32; got {entry["dtype"]}.')
    numbers = bytearray(math.prod(shape) * BYTES)
    file.seek(entry["offset"])
    if file.readinto(numbers) != len(numbers):
        raise ValueError(
            f'"{name}": the file ends before offset {entry["offset"]} + {len(numbers)} bytes.'
        )
    # the copy lies where PyTorch aligns its own tensors, and lets the bytes go
    return torch.frombuffer(numbers, dtype=DATA_TYPES[entry["dtype"]]).reshape(shape).clone()
