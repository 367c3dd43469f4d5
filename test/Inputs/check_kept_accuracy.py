#!/usr/bin/python3
"""Checks what schemes of compression leave of the accuracy of digits-vit.

usage: check_kept_accuracy.py compression.json
"""

import json
import pathlib
import sys


def main():
    entries = json.loads(pathlib.Path(sys.argv[1]).read_text())
    lost = {entry["scheme"]: entry["float_accuracy"] - entry["accuracy"]
            for entry in entries}
    for scheme, loss in lost.items():
        print(f"{scheme} loses {100 * loss:.2f} points")
    assert lost["int8-crossbar-wise"] <= 0.005
    assert lost["int4-crossbar-wise"] < lost["int4-per-tensor"]
    assert lost["pruned-50"] <= 0.02
    assert lost["pruned-50-int8"] <= 0.02


if __name__ == "__main__":
    main()
