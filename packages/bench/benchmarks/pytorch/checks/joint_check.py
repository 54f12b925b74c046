import unittest

import torch
from close import assert_close, gradients_of
from obvious import obvious_blocks, obvious_weight

from cases import CASES, WITH_LENET, WITH_WIDE_RESNET
from draw import draw
from layouts import to_muir
from network import Network
from sizes import TINY
from tensors import Generated

ARCHITECTURES = {"joint_lenet": WITH_LENET, "joint_wide_resnet": WITH_WIDE_RESNET}


class Joint(unittest.TestCase):
    def test_losses_and_gradients_are_those_of_the_networks_alone_with_the_same_weights(self):
        for case, architectures in ARCHITECTURES.items():
            losses, expected = directly(draw(case, TINY), architectures)
            for variant in (case, f"{case}_folded"):
                with self.subTest(variant):
                    training = CASES[variant](draw(case, TINY))
                    actual = [float(loss) for loss in training.gradients()]
                    for one, other in zip(actual, losses, strict=True):
                        self.assertAlmostEqual(one, other, delta=1e-5 * abs(other))
                    # ways that round differently at several places, one after the other
                    assert_close(self, gradients_of(training), expected, tolerance=1e-4)

    def test_asking_for_losses_or_gradients_changes_nothing(self):
        training = CASES["joint_lenet"](draw("joint_lenet", TINY))
        first = [loss.item() for loss in training.losses()]
        for losses in (training.gradients(), training.losses(), training.step()[1]):
            self.assertEqual([loss.item() for loss in losses], first)
        self.assertLess(sum(training.losses()).item(), sum(first))

    def test_gradients_do_not_add_up_from_one_time_to_the_next(self):
        training = CASES["joint_lenet"](draw("joint_lenet", TINY))
        training.gradients()
        once = {name: gradient.clone() for name, gradient in gradients_of(training).items()}
        training.gradients()
        assert_close(self, gradients_of(training), once)

    def test_locations_must_follow_one_another_and_use_up_the_bank(self):
        for change, message in ((1, "first location must be"), (-1, "the bank has")):
            tensors = draw("joint_lenet", TINY)
            last = tensors["deepbind/fc1/kernel"]
            if change > 0:
                tensors["deepbind/fc1/kernel"] = last._replace(location=last.location + change)
            else:
                tensors["deepbind/fc1/kernel"] = torch.zeros(last.shape)
            with self.assertRaisesRegex(ValueError, message):
                CASES["joint_lenet"](tensors)


class Synthetic(unittest.TestCase):
    def test_losses_and_gradients_are_those_of_one_batched_product(self):
        tensors = draw("synthetic", TINY)
        training = CASES["synthetic"](dict(tensors))
        losses = training.gradients()
        names = ("modules", "contexts", "softWeights")
        leaves = [tensors[name].detach().clone().requires_grad_() for name in names]
        weights = obvious_blocks(*leaves, tensors["candidates"])  # [tasks, inputs, 1]
        errors = torch.bmm(tensors["inputs"], weights) - tensors["targets"]
        direct = errors.square().mean(dim=(1, 2))
        direct.sum().backward()
        assert_close(self, {"losses": torch.stack(losses)}, {"losses": direct.detach()})
        expected = {name: leaf.grad for name, leaf in zip(names, leaves)}
        assert_close(self, gradients_of(training), expected)


def directly(tensors, architectures):
    """Losses and gradients by the chain rule, with a network at a time and the obvious loops."""
    names = ("modules", "contexts", "softWeights")
    leaves = [tensors[name].clone().requires_grad_() for name in names]
    blocks = obvious_blocks(*leaves, tensors["candidates"])
    losses, own = [], {}
    for task, architecture in architectures.items():
        part = {
            name.removeprefix(f"{task}/"): tensor
            for name, tensor in tensors.items()
            if name.startswith(f"{task}/")
        }
        made = {n: obvious_weight(blocks, t) for n, t in part.items() if isinstance(t, Generated)}
        network = Network(architecture, {**part, **{n: w.detach() for n, w in made.items()}})
        loss = network.loss()
        loss.backward()
        losses.append(loss.item())
        for name, (tensor, layout) in network.trained.items():
            gradient = to_muir(tensor.grad, layout)
            if name in made:
                made[name].backward(gradient, retain_graph=True)
            else:
                own[f"{task}/{name}"] = gradient
    return losses, {**{name: leaf.grad for name, leaf in zip(names, leaves)}, **own}
