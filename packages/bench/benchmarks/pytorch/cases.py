"""The cases by name: what is trained, and how."""

from bank import Bank
from deepbind import DeepBind, DeepBindFolded
from generation_training import GenerationTraining
from joint_training import JointTraining, OnceTraining
from lenet import LeNet
from linear_regression import LinearRegression
from network import Network, check_names
from stacked_lstm import StackedLstm
from tensors import Generated
from training import AloneTraining
from wide_resnet import WideResNet

SOFT_RATE = 0.1  # of soft weights, where networks of several kinds are trained together
SYNTHETIC_SOFT_RATE = 0.01


def alone(architecture):
    return lambda tensors: AloneTraining(Network(architecture, tensors))


def generation(tensors):
    check_names("generation", tensors, [*Bank.NAMES, "blocksGradient"])
    bank = Bank({name: tensors[name] for name in Bank.NAMES})
    return GenerationTraining(bank, tensors["blocksGradient"], SOFT_RATE)


def joint(architectures, training=JointTraining):
    def build(tensors):
        bank = Bank({name: tensor for name, tensor in tensors.items() if "/" not in name})
        parts = {task: {} for task in architectures}
        for name, tensor in tensors.items():
            task, _, own = name.partition("/")
            if own:
                parts.setdefault(task, {})[own] = tensor
        check_names("joint", parts, [*architectures])
        networks = {task: Network(architectures[task], part) for task, part in parts.items()}
        generated = {
            (task, name): tensor
            for task, part in parts.items()
            for name, tensor in part.items()
            if isinstance(tensor, Generated)
        }
        return training(bank, networks, generated, SOFT_RATE)

    return build


def synthetic(tensors):
    """Task t's weight is the one block at location t."""
    check_names("synthetic", tensors, [*Bank.NAMES, "inputs", "targets"])
    bank = Bank({name: tensors[name] for name in Bank.NAMES})
    networks, generated = {}, {}
    for t, (inputs, targets) in enumerate(zip(tensors["inputs"], tensors["targets"], strict=True)):
        weight = Generated((inputs.shape[1], targets.shape[1]), "dense", location=t)
        task = f"task{t}"
        part = {"inputs": inputs, "targets": targets, "weight": weight}
        networks[task] = Network(LinearRegression, part)
        generated[task, "weight"] = weight
    return JointTraining(bank, networks, generated, SYNTHETIC_SOFT_RATE)


WITH_LENET = {"lenet": LeNet, "lstm": StackedLstm, "deepbind": DeepBind}
WITH_WIDE_RESNET = {"wide_resnet": WideResNet, "lstm": StackedLstm, "deepbind": DeepBind}
FOLDED = {"deepbind": DeepBindFolded}

CASES = {
    "lenet": alone(LeNet),
    "wide_resnet": alone(WideResNet),
    "stacked_lstm": alone(StackedLstm),
    "deepbind": alone(DeepBind),
    "deepbind_folded": alone(DeepBindFolded),
    "generation": generation,
    "synthetic": synthetic,
    "joint_lenet": joint(WITH_LENET),
    "joint_wide_resnet": joint(WITH_WIDE_RESNET),
    # what PyTorch could do with muir's two shortcuts
    "joint_lenet_folded": joint({**WITH_LENET, **FOLDED}, OnceTraining),
    "joint_wide_resnet_folded": joint({**WITH_WIDE_RESNET, **FOLDED}, OnceTraining),
}
