#!/usr/bin/python3
"""Checks the report of a sweep against its schema and its points.

usage: check_sweep.py SCHEMA FOLDER

Validates FOLDER/report.json, then compares each point that was compiled with
the report.json in the point's own folder.
"""

import json
import pathlib
import sys

import jsonschema

SHARED = ("latency_ps", "interval_ps", "throughput_per_s", "energy_fj",
          "edp_js", "bounds", "accuracy", "crossbars", "macs")


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    sweep = json.loads((folder / "report.json").read_text())
    jsonschema.validate(sweep, schema)
    names = [point["name"] for point in sweep["points"]]
    assert len(set(names)) == len(names)
    for point in sweep["points"]:
        if point["status"] == "failed":
            continue
        own = json.loads(
            (folder / point["folder"] / "report.json").read_text())
        assert own["model"] == sweep["model"]
        assert own["machine"] == sweep["machine"]
        assert all(own[key] == point[key] for key in SHARED)
        sizes = " ".join("=".join(size)
                         for size in point["dimensions"].items())
        assert own["options"]["dimensions"] == sizes


if __name__ == "__main__":
    main()
