#!/usr/bin/python3
"""Checks the comparison of schemes that `atleus compile` writes.

usage: check_compression.py SCHEMA FOLDER

Validates FOLDER/compression.json, compares each scheme that was compiled with
the report.json in its own folder, and finds the Pareto front anew. Prints the
names of the schemes, those on the front with a star.
"""

import json
import pathlib
import sys

import jsonschema


def costs(entry):
    """What is to be small."""
    accuracy = entry["accuracy"]
    if entry["metric"] == "top1":
        accuracy = -accuracy
    return (accuracy or 0, entry["crossbars"], entry["latency_ps"],
            entry["energy_fj"])


def dominates(one, other):
    return one != other and all(a <= b for a, b in zip(one, other))


def check_entry(entry, report):
    """The entry says what the report of the scheme says."""
    assert entry["model"] == report["model"]
    assert entry["machine"] == report["machine"]
    assert entry["crossbars"] == report["crossbars"]["used"]
    assert entry["weights"] == report["weights"]["count"]
    assert entry["weight_bits"] == report["weights"]["bits"]
    for name in ("latency_ps", "energy_fj"):
        assert entry[name] == report[name]
    accuracy = report["accuracy"] or {}
    for name, source in (("metric", "metric"), ("samples", "samples"),
                         ("float_accuracy", "float"), ("accuracy", "mapped")):
        assert entry[name] == accuracy.get(source)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    entries = json.loads((folder / "compression.json").read_text())
    jsonschema.validate(entries, schema)
    names = [entry["scheme"] for entry in entries]
    assert len(set(names)) == len(names)
    compiled = [entry for entry in entries if "error" not in entry]
    for entry in compiled:
        path = folder / entry["scheme"] / "report.json"
        check_entry(entry, json.loads(path.read_text()))
        assert entry["pareto"] != any(dominates(costs(other), costs(entry))
                                      for other in compiled)
    folders = {path.name for path in folder.iterdir() if path.is_dir()}
    assert folders == {entry["scheme"] for entry in compiled}
    for entry in entries:
        print(entry["scheme"], "*" if entry["pareto"] else "")


if __name__ == "__main__":
    main()
