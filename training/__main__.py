"""Train one component from the corpora of the folder KG_SHARED: `python -m training NAME [--out FILE]`."""

import argparse
import hashlib
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import training


def main() -> None:
    """Train what the command line names, print the figures, and save the weights where `--out` says so."""
    arguments = _parser().parse_args()
    lines: Iterable[str] = import_module(f"training.{arguments.name}").train(arguments.out)
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    if arguments.out:
        content = arguments.out.read_bytes()
        sys.stdout.write(f"saved {hashlib.sha256(content).hexdigest()} {len(content)} bytes\n")


def _parser() -> argparse.ArgumentParser:
    names = sorted(module.name for module in iter_modules(training.__path__) if module.ispkg)
    parser = argparse.ArgumentParser(prog="python -m training", description="Train a component of kg.")
    parser.add_argument("name", choices=names, help="what to train")
    parser.add_argument("--out", type=Path, help="the file for the weights (default: none is written)")
    return parser


if __name__ == "__main__":
    main()
