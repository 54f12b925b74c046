"""The networks against numbers that other PyTorch programs made."""

import unittest

from close import assert_close, gradients_of
from fixtures import fixture, in_muir, need_fixtures

from bank import Bank
from deepbind import DeepBind, DeepBindFolded
from generation_training import GenerationTraining
from layouts import to_muir
from lenet import LeNet
from network import Network, Trained
from stacked_lstm import StackedLstm
from training import AloneTraining, Training
from wide_resnet import WideResNet


@need_fixtures
class Fixtures(unittest.TestCase):
    def agree(self, training, stored, names, **close):
        """Loss and all stored gradients; returns what was computed."""
        (loss,) = training.gradients()
        self.assertAlmostEqual(float(loss), stored["loss"], delta=1e-5)
        expected = in_muir(stored["grads"], names)
        actual = gradients_of(training)
        assert_close(self, {name: actual[name] for name in expected}, expected, **close)

    def test_lenet(self):
        stored = fixture("lenet")
        names = [(p.name, p.attribute, p.layout) for p in LeNet.parameter_list({})]
        weights = in_muir(stored["weights"], names)
        # stored for activations flattened channels first
        channels, side = 16, 6
        first = weights["fc1/kernel"].reshape(channels, side, side, -1)
        weights["fc1/kernel"] = first.permute(1, 2, 0, 3).reshape(channels * side * side, -1)
        inputs = {"images": to_muir(stored["inputs"], "images"), "labels": stored["labels"]}
        self.agree(AloneTraining(Network(LeNet, {**inputs, **weights})), stored, names)

    def test_wide_resnet(self):
        stored = fixture("wide-resnet")
        channels = (16, 16, 32, 64)
        blocks = {
            f"group{group}/block0/conv0/kernel": (3, 3, *channels[group : group + 2])
            for group in range(3)
        }
        parameters = WideResNet.parameter_list(blocks)
        names = [(p.name, stored_name(p), p.layout) for p in parameters]
        inputs = {"images": to_muir(stored["inputs"], "images"), "labels": stored["labels"]}
        network = Network(WideResNet, {**inputs, **in_muir(stored["weights"], names)})
        # a convolution's bias just before a normalization has no gradient but rounding
        self.agree(AloneTraining(network), stored, names, rounding=1e-6)
        averages = dict(network.model.named_buffers())
        for p in parameters:
            if p.name.endswith("scale"):
                buffer = p.attribute.replace("weight", "running_var")
                key = stored_name(p).replace("weight", "running_var")
                assert_close(self, {key: averages[buffer]}, {key: stored["runningAfter"][key]})

    def test_stacked_lstm(self):
        stored = fixture("stacked-lstm")
        weights, gates = stored["weights"], "lstm"
        for layer in range(2):
            weights[f"bias_ih_l{layer}"] += weights[f"bias_hh_l{layer}"]  # muir has their sum
        names = [("embedding", "embedding", "rows"), ("decoder/bias", "decoderBias", "vector")]
        for layer in range(2):
            names += [
                (f"layer{layer}/kernel", f"weight_ih_l{layer}", gates),
                (f"layer{layer}/recurrent", f"weight_hh_l{layer}", gates),
                (f"layer{layer}/bias", f"bias_ih_l{layer}", "vector"),
            ]
        inputs = {name: to_muir(stored[name], "sequence") for name in ("tokens", "targets")}
        network = Network(StackedLstm, {**inputs, **in_muir(weights, names)})
        network.model.state = (stored["h0"], stored["c0"])
        self.agree(AloneTraining(network), stored, names)
        network.advance()
        state = dict(zip(("hn", "cn"), network.model.state))
        assert_close(self, state, {name: stored[name] for name in state})

    def test_deepbind(self):
        stored = fixture("deepbind")
        names = [
            (p.name, p.attribute.replace("conv.", "conv1."), p.layout)
            for p in DeepBind.parameter_list({})
        ]
        inputs = {"symbols": stored["inputs"], "targets": stored["targets"]}
        for architecture in (DeepBind, DeepBindFolded):
            network = Network(architecture, {**inputs, **in_muir(stored["weights"], names)})
            self.agree(AloneTraining(network), stored, names)

    def test_generation(self):
        for size in ("16x16", "two-candidates", "five-candidates"):
            stored = fixture(f"generation-{size}")
            bank = Bank(
                {
                    "modules": stored["H"],
                    "contexts": stored["z"],
                    "softWeights": stored["s"].t().contiguous(),
                    "candidates": stored["psi"].t().contiguous(),
                }
            )
            assert_close(self, {"B": bank.blocks().detach()}, {"B": stored["B"]})
            training = GenerationTraining(bank, stored["dB"], soft_rate=0.1)
            training.gradients()
            expected = (stored["dH"], stored["dz"], stored["ds"].t())
            assert_close(self, gradients_of(training), dict(zip(training.trained, expected)))

    def test_adam(self):
        stored = fixture("adam")
        tensors = {"w": stored["w0"], "softWeights": stored["s0"]}
        trained = {n: Trained(t.requires_grad_(), "asIs") for n, t in tensors.items()}
        training = Training(trained, soft_rate=0.1)
        for step in stored["steps"]:
            if step["softStateDroppedBefore"]:
                break  # these scripts stay within one generation
            tensors["w"].grad, tensors["softWeights"].grad = step["gw"], step["gs"]
            training.optimizer.step()
            actual = {name: tensor.detach() for name, tensor in tensors.items()}
            assert_close(self, actual, {"w": step["w"], "softWeights": step["s"]})


def stored_name(parameter):
    """`groups.0.1.norm0.weight` is `group0_block1_bn0.weight` in the files, and so on."""
    path, _, last = parameter.attribute.rpartition(".")
    if path.startswith("groups."):
        _, group, block, layer = path.split(".")
        place = f"group{group}_" if layer == "shortcut" else f"group{group}_block{block}_"
        path = place + layer.replace("norm", "bn")
    elif path == "norm":
        path = "final_bn"
    return f"{path}.{last}"
