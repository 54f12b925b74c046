from layouts import to_muir


def assert_close(test, actual, expected, tolerance=1e-5, rounding=1e-7):
    """Tensors by name: the same names, shapes, and numbers, as far as the largest of each goes.

    `rounding` is what a number may be off that is zero but for it.
    """
    test.assertEqual(list(actual), list(expected))
    for name, tensor in expected.items():
        test.assertEqual(actual[name].shape, tensor.shape, name)
        difference = float((actual[name] - tensor).abs().max())  # not a number fails
        limit = rounding + tolerance * float(tensor.abs().max())
        test.assertLessEqual(difference, limit, f"{name} is off by {difference}")


def gradients_of(training):
    """The gradients of a training in muir's layout, by name."""
    return {name: to_muir(t.tensor.grad, t.layout) for name, t in training.trained.items()}
