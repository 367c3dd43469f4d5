#!/usr/bin/python3
"""Reads what `atleus-translate --export-hotspot` writes, as HotSpot would.

usage: check_hotspot.py FOLDER [REPORT]

Checks that floorplans cover the die without overlap, that the trace names the
blocks of the heated layers in order, and, with the report of the same
schedule, that powers add up to that of one inference after another.
"""

import json
import math
import pathlib
import sys


def lines_of(path):
    """Lines that are not empty, without comments."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_floorplan(path):
    """(name, width, height, left, bottom) of each block."""
    rows = [line.split() for line in lines_of(path)]
    return [(row[0], *map(float, row[1:])) for row in rows]


def check_floorplan(blocks):
    """The blocks fill the rectangle around them; returns its area."""
    right = max(left + width for _, width, _, left, _ in blocks)
    top = max(bottom + height for _, _, height, _, bottom in blocks)
    area = sum(width * height for _, width, height, _, _ in blocks)
    assert math.isclose(area, right * top, rel_tol=1e-9)
    for i, (_, w, h, x, y) in enumerate(blocks):
        for _, v, g, s, t in blocks[:i]:
            assert (x >= s + v - 1e-9 or s >= x + w - 1e-9
                    or y >= t + g - 1e-9 or t >= y + h - 1e-9)
    return area


def main():
    folder = pathlib.Path(sys.argv[1])
    config = dict(line.split() for line in lines_of(folder / "hotspot.config"))
    fields = lines_of(folder / config["-grid_layer_file"])
    layers = [fields[i:i + 7] for i in range(0, len(fields), 7)]
    assert [layer[0] for layer in layers] == [str(i) for i in
                                              range(len(layers))]
    areas, heated = set(), []
    for _, lateral, power, heat, resistivity, thickness, name in layers:
        blocks = read_floorplan(folder / name)
        areas.add(round(check_floorplan(blocks), 15))
        assert lateral in "YN" and power in "YN"
        assert min(float(heat), float(resistivity), float(thickness)) > 0
        if power == "Y":
            heated += [block[0] for block in blocks]
    assert len(areas) == 1
    names, *rows = (line.split() for line in lines_of(folder / "power.ptrace"))
    assert names == heated and len(set(names)) == len(names)
    (powers,) = (list(map(float, row)) for row in rows)
    assert len(powers) == len(names) and min(powers) >= 0
    for plate in ("spreader", "sink"):
        assert float(config["-s_" + plate]) ** 2 > max(areas)
    if len(sys.argv) > 2:
        report = json.loads(pathlib.Path(sys.argv[2]).read_text())
        operation = report["temperature"]["operation"][0]
        assert math.isclose(sum(powers), operation["power_w"], rel_tol=1e-9)


if __name__ == "__main__":
    main()
