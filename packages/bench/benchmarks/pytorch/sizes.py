"""The sizes tensors are drawn in: the paper's, and tiny ones for the checks."""

PAPER = {
    "images": {"batch": 128, "side": 32, "channels": 3, "classes": 10},
    "lenet": {"filters": 16, "width": 5, "fc1": 128, "fc2": 96},
    "wide_resnet": {"first": 16, "channels": (16, 32, 64), "blocks": 6},
    "lstm": {"vocabulary": 33_278, "batch": 20, "time": 35, "units": 256, "layers": 2},
    "deepbind": {"batch": 512, "length": 201, "size": 256, "width": 24, "filters": 256, "fc1": 256},
    "bank": {"context": 4, "block": (16, 16), "slots": 2},
    "generation": {"locations": 10_857},
    "synthetic": {"tasks": 30, "samples": 10, "inputs": 20, "slots": 5},
}

# blocks of 4 x 4 divide few of these
TINY = {
    "images": {"batch": 3, "side": 16, "channels": 3, "classes": 5},
    "lenet": {"filters": 5, "width": 5, "fc1": 9, "fc2": 6},
    "wide_resnet": {"first": 4, "channels": (4, 6, 9), "blocks": 2},
    "lstm": {"vocabulary": 11, "batch": 3, "time": 4, "units": 6, "layers": 2},
    "deepbind": {"batch": 4, "length": 23, "size": 7, "width": 6, "filters": 5, "fc1": 8},
    "bank": {"context": 3, "block": (4, 4), "slots": 2},
    "generation": {"locations": 13},
    "synthetic": {"tasks": 4, "samples": 3, "inputs": 5, "slots": 5},
}
