"""Answers commands about one case: `python3 serve.py CASE FOLDER [--threads 2]`. See README.md.

Every answer is one line of JSON on standard output.
"""

import argparse
import json
import os
import sys


def main():
    arguments = _arguments()
    for library in ("OMP", "OPENBLAS", "MKL"):  # they look at these when PyTorch is imported
        os.environ[f"{library}_NUM_THREADS"] = str(arguments.threads)
    import torch

    from cases import CASES
    from commands import Commands
    from tensors import read_tensors

    torch.set_num_threads(arguments.threads)
    if arguments.case not in CASES:
        raise ValueError(f"case must be one of {', '.join(CASES)}; got {arguments.case}.")
    training = CASES[arguments.case](read_tensors(arguments.folder))
    commands = Commands(training, arguments.folder)
    _say({"ready": True, "torch": torch.__version__, "threads": torch.get_num_threads()})
    for line in sys.stdin:
        answer = commands.answer(line.strip())
        if answer is None:
            return
        _say(answer)


def _arguments():
    parser = _Parser(description="Answers commands about a training step in PyTorch.")
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        raise ValueError(message)


def _say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # whatever it is, the program at the other end reads it
        _say({"error": f"{type(error).__name__}: {error}"})
        sys.exit(1)
