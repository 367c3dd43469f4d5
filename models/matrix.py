#!/usr/bin/python3
"""Makes every model of make.py small, in every form that torch writes, and
checks it as check.py does. Prints a table; ends with exit code 1 if anything
failed."""

import argparse
import dataclasses
import pathlib
import sys
import typing

import exporting
import make
from check import Failure, check
from making import (
    DYNAMIC_SIZES,
    MODELS,
    TRAINED,
    WITH_ADAPTERS,
    WITH_CACHE,
)

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPSETS = (11, 13, 14, 17)
HEADER = """\
| model | opset | axes | nodes | difference | latency, us | host |
| --- | --- | --- | --- | --- | --- | --- |"""


@dataclasses.dataclass(frozen=True)
class Case:
    """One model in one form."""

    title: str
    line: str  # what make.py is given
    sizes: typing.Dict[str, int]  # of the dimensions that the model leaves open

    @property
    def opset(self):
        return self.line.split("--opset ")[1].split()[0]


def list_cases():
    """Every model, opset and kind of axes."""
    for opset in OPSETS:
        for title, line in list_lines():
            line += f" --opset {opset}"
            yield Case(title, line, {})
            if "--train" not in line:
                yield Case(title, f"{line} --dynamic", DYNAMIC_SIZES)


def list_lines():
    """A title and a command line for each kind of graph."""
    for name, sizes in MODELS.items():
        if name != "bert-large":  # the graph of bert-base
            yield name, f"{name} {sizes}"
    for name, sizes in WITH_CACHE.items():
        yield f"{name} with cache", f"{name} {sizes}"
    for name, sizes in WITH_ADAPTERS.items():
        yield f"{name} with LoRA", f"{name} {sizes}"
    yield from TRAINED.items()


def export(case, folder):
    """The file of the case, made unless it is there."""
    request = make.resolve(make.parse_command_line(case.line.split()))
    path = folder / request.file_name
    if not path.exists():
        make.make(request, path)
    return path


def check_case(case, options):
    """Checks a case and prints its row; returns whether all is well."""
    path = export(case, options.cache)
    axes = "dynamic" if case.sizes else "static"
    cells = [case.title, case.opset, axes, str(exporting.node_count(path))]
    try:
        outcome = check(path, case.sizes, options.atleus)
        cells += [f"{outcome.difference:.1g}", f"{outcome.latency:.3g}"]
        cells.append(outcome.fallback)
        is_good = True
    except Failure as failure:
        cells += ["failed", "", str(failure)]
        is_good = False
    print("| " + " | ".join(cells) + " |", flush=True)
    return is_good


def add_common_options(parser, cache):
    """The options that this script shares with full_size.py."""
    parser.add_argument(
        "--atleus",
        default=str(ROOT / "build" / "release" / "bin" / "atleus"),
        help="the driver (default: that of build/release)",
    )
    parser.add_argument(
        "--cache",
        type=pathlib.Path,
        default=cache,
        help="where exported models are kept (default: %(default)s)",
    )
    parser.add_argument(
        "--only", default="", help="models whose command line holds this text"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add_common_options(parser, make.default_folder() / "matrix")
    options = parser.parse_args()
    cases = [case for case in list_cases() if options.only in case.line]
    print(HEADER)
    failed = [case for case in cases if not check_case(case, options)]
    print(f"\n{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
