"""The program itself, started as another program would start it."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import torch
from close import assert_close, gradients_of

from cases import CASES
from draw import draw
from sizes import TINY
from tensors import read_tensors, write_tensors

SERVE = str(Path(__file__).parents[1] / "serve.py")


def serve(arguments, commands=()):
    """Every line the program answers, and its exit code."""
    done = subprocess.run(
        [sys.executable, SERVE, *arguments],
        input="".join(f"{command}\n" for command in commands),
        capture_output=True,
        text=True,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode


class Protocol(unittest.TestCase):
    def test_every_command_has_its_answer(self):
        with tempfile.TemporaryDirectory() as folder:
            write_tensors(folder, draw("lenet", TINY))
            commands = ("loss", "gradients", "step", "loss", "memory", "quit", "loss")
            answers, code = serve(["lenet", folder, "--threads", "1"], commands)
            written = read_tensors(folder, "gradients")
        ready, loss, gradients, step, after, memory = answers
        self.assertEqual(code, 0)
        self.assertEqual(ready, {"ready": True, "torch": torch.__version__, "threads": 1})
        self.assertEqual(loss, gradients)
        self.assertEqual(loss["losses"], [loss["loss"]])
        self.assertEqual(step["loss"], loss["loss"])
        self.assertGreater(step["milliseconds"], 0)
        self.assertLess(after["loss"], loss["loss"])
        self.assertGreater(memory["peakResidentBytes"], 10e6)
        training = CASES["lenet"](draw("lenet", TINY))
        training.gradients()
        assert_close(self, written, gradients_of(training))

    def test_every_case_trains(self):
        for case in CASES:
            with self.subTest(case), tempfile.TemporaryDirectory() as folder:
                write_tensors(folder, draw(case, TINY))
                answers, code = serve([case, folder], ["step"] * 5)
                losses = [answer["loss"] for answer in answers[1:]]
                self.assertEqual((code, len(losses)), (0, 5), answers)
                if case == "stacked_lstm":  # its state goes on, so the loss need not fall
                    self.assertNotEqual(losses[-1], losses[0])
                else:
                    self.assertLess(losses[-1], losses[0])

    def test_errors_are_one_line_of_json_and_exit_code_1(self):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as empty:
            tensors = draw("lenet", TINY)
            write_tensors(folder, tensors)
            write_tensors(empty, {**tensors, "fc9/bias": torch.zeros(1)})
            for arguments, commands, message in (
                (["lenets", folder], [], "case must be one of lenet, "),
                (["lenet", folder], ["train"], "command must be one of loss, "),
                (["deepbind", folder], [], 'lacks "symbols"'),
                (["lenet", empty], [], 'has "fc9/bias"'),
                (["lenet", f"{folder}/missing"], [], "No such file"),
                (["lenet"], [], "FOLDER"),
                (["lenet", folder, "--threads", "none"], [], "--threads"),
            ):
                with self.subTest(message):
                    answers, code = serve(arguments, commands)
                    self.assertEqual(code, 1)
                    self.assertIn(message, answers[-1]["error"])
                    self.assertEqual(len(answers), 1 + len(commands))
