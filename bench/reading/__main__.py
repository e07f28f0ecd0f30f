"""The measurement of reading in parts: `python -m bench.reading [--half H] [--part P] [--errors N]`."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bench.reading import HALVES, SPEED, counted, measure, results_of
from bench.reading.parts import PARTS, Result, Table
from bench.reading.speed import speed


def main() -> None:
    """Print what the command line asks for: a table of the figures, the same as JSON, or kg's mistakes."""
    arguments = _parser().parse_args()
    halves = {half: HALVES[half] for half in arguments.half or HALVES}
    parts = arguments.part or (*PARTS, SPEED)
    if arguments.json:
        sys.stdout.write(json.dumps(measure(parts, halves)) + "\n")
        return
    results, skipped = results_of(parts, halves)
    lines = _mistakes(results, arguments.errors) if arguments.errors else _figures(results)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.writelines(f"skipped {part}: {reason}\n" for part, reason in skipped.items())
    if SPEED in parts and not arguments.errors:
        sys.stdout.write("speed  " + "  ".join(f"{name} {value}" for name, value in speed().items()) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description="Measure how kg reads.")
    parser.add_argument(
        "--half", action="append", choices=list(HALVES), help="one half of the documents (default: all)"
    )
    parser.add_argument("--part", action="append", choices=[*PARTS, SPEED], help="one part (default: every part)")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print up to N mistakes of each kind instead"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _figures(results: dict[str, dict[str, Result]]) -> Iterator[str]:
    for part, by_half in results.items():
        for half, result in by_half.items():
            for row, columns in _percent(result.figures).items():
                shown = "  ".join(f"{name} {value:5.1f}" for name, value in columns.items())
                yield f"{part:16}{half:9}{row:16}{shown}"


def _percent(figures: Table) -> dict[str, dict[str, float]]:
    """Return F1 or accuracy of each cell in percent, cells without either left out."""
    shares = {
        row: {column: leaf.get("f1", leaf.get("accuracy")) for column, leaf in columns.items()}
        for row, columns in figures.items()
    }
    return {
        row: {column: 100 * share for column, share in columns.items() if share is not None}
        for row, columns in shares.items()
    }


def _mistakes(results: dict[str, dict[str, Result]], most: int) -> Iterator[str]:
    for part, by_half in results.items():
        for half, result in by_half.items():
            examples: dict[str, Sequence[str]] = defaultdict(tuple)
            for mistake in result.mistakes:
                examples[mistake.kind] = (*examples[mistake.kind], f"  {mistake.document}: {mistake.words}")
            for kind, count in counted(result).items():
                yield f"{part} {half} {kind}: {count}"
                yield from examples[kind][:most]


if __name__ == "__main__":
    main()
