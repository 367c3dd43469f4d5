"""Makes docs/compression.md from what `atleus compile --compare-compression`
finds for the trained models."""

import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
MODELS = ["models/digits-vit/digits-vit.onnx",
          "models/jargon-gpt/jargon-gpt.onnx"]
# What accuracies of another machine may differ by: its processor may sum floats
# in another order, which can tip a rounding.
TOLERANCE = 0.01

INTRODUCTION = """\
# Compression

`atleus compile MODEL --compare-compression` compiles a model with several
schemes of compression, runs each mapped model on the dataset beside it, and
prints what it costs and what accuracy it keeps. The tables below are its
`compression.json` ([schema](compression.schema.json)) for the two trained
models, on machine `atleus`, with every weight once in crossbars
(`--policy=static-dynamic --replicas=1`).
"""


GUIDE = """\
Of 360 images one is 0.28 points: differences of a point or less are within what
another choice of images would give. The crossbars and arrays of `atleus` compute
with zeros, too, so that pruning saves storage there and neither time nor arrays;
models as small as these hardly fill a machine, most of whose energy is leakage.

## Options

The schemes are short for options of `atleus compile` and `atleus run`, all of
which [CommandLine.md](CommandLine.md) lists:

| options | what they choose |
| --- | --- |
| `--weight-bits`, `--activation-bits` | widths; `float` keeps floats |
| `--weight-scales`, `--crossbar-block` | a scale for a weight, for each feature, or for each block: what one array of the machine holds unless a block is stated |
| `--weight-code`, `--activation-code` | symmetric integers, affine ones with zero points, or normal floats |
| `--weight-clipping`, `--rounding` | what becomes of the largest weights, and whether later weights make up for the errors of earlier ones (GPTQ) |
| `--calibration`, `--calibration-method` | samples from which ranges of activations are found, and how |
| `--activation-scales` | without samples: a scale for each token and head, or one for each activation, found when the model runs |
| `--precision`, `--precision-budget` | widths of single layers, by the patterns of their names or by measured sensitivity |
| `--prune`, `--sparsity`, `--prune-block` | which weights become zero |

`--compare-compression` with any of them, other than those of calibration and
`--crossbar-block`, compares what they describe with the schemes above, under the
name `given`; `--schemes=int8-per-channel,nf4` chooses. Machine, calibration and
blocks are the same for all schemes. The files of each scheme, its report among
them, are in a folder of its name beside `compression.json`.

## What is measured how

- accuracy: the mapped model runs in the interpreter, which computes what the
  crossbars and systolic arrays compute bit by bit, on every sample of the
  dataset. Cells are ideal; `--monte-carlo` measures what their noise changes.
- crossbars: arrays that hold weights. Products in floats run on systolic arrays,
  which take none.
- bits of a weight: what the static operands of products take in storage over
  their number, with scales, zero points and the places of zeros.
- latency and energy: of one inference that runs alone.
- front: no other scheme is as good in accuracy, crossbars, bits, latency and
  energy, and better in one of them. Schemes that are equal are both on it.
"""


def compare(tool, model):
    """The entries of compression.json."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([tool, "compile", ROOT / model, "--compare-compression",
                        "-o", folder, "--policy=static-dynamic",
                        "--replicas=1"], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        return json.loads(
            (pathlib.Path(folder) / "compression.json").read_text())


def quantity(value, unit):
    """`value` with three digits and a prefix, such as 1.23 us."""
    mantissa, exponent = f"{value:.2e}".split("e")
    power, above = divmod(int(exponent), 3)
    prefix = "fpnum kMG"[power + 5].strip()
    scaled = float(mantissa) * 10 ** above
    return f"{scaled:.{2 - above}f} {prefix}{unit}"


def accuracy_text(entry, key="accuracy"):
    value = entry[key]
    if entry["metric"] == "top1":
        return f"{100 * value:.2f} %"
    return f"{value:.3f}"


def row(entry):
    if "error" in entry:
        return [entry["scheme"], "none", "", "", "", "", ""]
    return [entry["scheme"], accuracy_text(entry), f"{entry['crossbars']:,}",
            f"{entry['weight_bits'] / entry['weights']:.2f}",
            quantity(entry["latency_ps"] * 1e-12, "s"),
            quantity(entry["energy_fj"] * 1e-15, "J"),
            "*" if entry["pareto"] else ""]


def table(entries):
    """The rows as Markdown, then what failed."""
    metric = next((entry["metric"] for entry in entries if "error" not in entry),
                  "accuracy")
    heading = ["scheme", metric, "crossbars", "bits of a weight", "latency",
               "energy", "front"]
    rows = [heading, ["---", *["---:"] * 5, "---"], *map(row, entries)]
    lines = [f"| {' | '.join(cells)} |" for cells in rows]
    failures = [f"`{entry['scheme']}` cannot be compiled: {entry['error']}."
                for entry in entries if "error" in entry]
    return "\n".join(lines) + "\n" + "".join(f"\n{text}\n" for text in failures)


def scheme_list(entries):
    """What each scheme does."""
    lines = [f"- `{entry['scheme']}`: {entry['description']}"
             for entry in entries]
    return "\n".join(lines) + "\n"


def section(entries):
    """The part of the page about one model."""
    first = next((entry for entry in entries if "error" not in entry), None)
    if first is None:
        return f"## {entries[0]['model']}\n\n{table(entries)}"
    better = "more" if first["metric"] == "top1" else "less"
    what = {"top1": "images whose class is found",
            "perplexity": "perplexity"}[first["metric"]]
    return (f"## {first['model']}\n\n"
            f"{what.capitalize()} on {first['samples']} samples, of which "
            f"{better} is better; {accuracy_text(first, 'float_accuracy')} in "
            f"floats.\n\n{table(entries)}")


def compression_page(tool):
    """The page, without a mark."""
    found = [compare(tool, model) for model in MODELS]
    parts = [INTRODUCTION, scheme_list(found[0]), *map(section, found), GUIDE]
    return "\n".join(parts)


def number(cell):
    """The number in a cell such as '99.17 %', or None."""
    try:
        return float(cell.strip().rstrip("%"))
    except ValueError:
        return None


def agrees(found, wanted):
    """Whether two pages are equal but for accuracies, in the second column of
    tables, that differ a little, and for the front if any do."""
    found, wanted = found.split("\n"), wanted.split("\n")
    if len(found) != len(wanted):
        return False
    has_other_accuracy, has_other_front = False, False
    for one, other in zip(found, wanted):
        if one == other:
            continue
        cells, expected = one.split("|"), other.split("|")
        if len(cells) != 9 or len(expected) != 9:
            return False
        if cells[3:7] != expected[3:7] or cells[1] != expected[1]:
            return False
        a, b = number(cells[2]), number(expected[2])
        if a is None or b is None or abs(a - b) > TOLERANCE * abs(b):
            return False
        has_other_accuracy |= a != b
        has_other_front |= cells[7] != expected[7]
    return has_other_accuracy or not has_other_front
