"""Run one measurement and print its figures: `python -m bench NAME [--json]`."""

import argparse
import json
import sys
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

import bench


def main() -> None:
    """Print what the measurement named on the command line returns."""
    arguments = _parser().parse_args()
    figures = import_module(f"bench.{arguments.name}").measure()
    sys.stdout.write(json.dumps(figures) + "\n" if arguments.json else _lines(figures))


def _parser() -> argparse.ArgumentParser:
    names = sorted(module.name for module in iter_modules(bench.__path__) if not module.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure kg.")
    parser.add_argument("name", choices=names, help="what to measure")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _lines(figures: Mapping[str, object]) -> str:
    width = max(map(len, figures))
    return "".join(f"{name:{width}}  {value}\n" for name, value in figures.items())


if __name__ == "__main__":
    main()
