#!/usr/bin/python3
"""Checks the files that `atleus compile` writes against each other.

usage: check_report.py SCHEMA FOLDER

Validates FOLDER/report.json against the JSON Schema SCHEMA, then its fields
against each other and against schedule.json and trace.json. Prints the number
of the schedule's tasks.
"""

import collections
import itertools
import json
import math
import pathlib
import sys

import jsonschema


def check_sums(report):
    """Totals are the sums of their parts."""
    assert sum(report["energy_breakdown_fj"].values()) == report["energy_fj"]
    assert sum(k["macs"] for k in report["kernels"]) == report["macs"]
    for side in ("used", "available"):
        assert (sum(t[f"crossbars_{side}"] for t in report["tiers"])
                == report["crossbars"][side])
    for tier in report["tiers"]:
        kernels = [k for k in report["kernels"] if k["tier"] == tier["name"]]
        assert len(kernels) == tier["kernels"]
        assert sum(k["busy_ps"] for k in kernels) == tier["busy_ps"]


def check_derived(report):
    """What follows from other fields agrees with them."""
    energy, latency = report["energy_fj"] * 1e-15, report["latency_ps"] * 1e-12
    assert math.isclose(report["edp_js"], energy * latency, rel_tol=1e-9)
    idle = report["energy_breakdown_fj"]["leakage"]
    assert report["interval_energy_fj"] == report["energy_fj"] - idle + -(
        -idle * report["interval_ps"] // report["latency_ps"])
    assert math.isclose(report["throughput_per_s"],
                        1e12 / report["interval_ps"], rel_tol=1e-9)
    assert report["interval_ps"] <= report["latency_ps"]
    bounds = report["bounds"]
    largest = max(bounds[f"{name}_ps"] for name in
                  ("critical_path", "busiest_resource", "bandwidth"))
    assert math.isclose(
        bounds["interval_ratio"] * bounds["busiest_resource_ps"],
        report["interval_ps"], rel_tol=1e-9)
    assert bounds["interval_ratio"] >= 1
    assert bounds["ratio"] >= 1
    assert largest <= bounds["lower_bound_ps"] <= report["latency_ps"]
    assert math.isclose(bounds["ratio"], report["latency_ps"] / largest,
                        rel_tol=1e-9)
    assert all(k["latency_ps"] <= report["latency_ps"]
               for k in report["kernels"])
    used = report["crossbars"]
    assert 0 <= used["used"] <= used["available"]


def check_placement(placement, schedule):
    """The busiest link is that of the schedule's transfers. A placement row by
    row is as good as itself, and no annealed one has a busier link."""
    row_major = placement["row_major"]
    same = all(placement[key] == row_major[key] for key in row_major)
    assert same or placement["method"] != "row-major"
    if placement["method"] == "anneal":
        assert placement["busiest_link_ps"] <= row_major["busiest_link_ps"]
    held = collections.Counter()
    for task in schedule["tasks"]:
        for use in task.get("uses", []):
            resource = schedule["resources"][use["resource"]]
            if resource["kind"] == "LINK":
                held[resource["name"]] += int(use["lengthPs"])
    # What several nodes read may be sent together in another way.
    assert math.isclose(placement["busiest_link_ps"],
                        max(held.values(), default=0), rel_tol=0.02)


def check_weights(report):
    """Each weight takes a bit at least, and scales a part of what they scale."""
    weights = report["weights"]
    assert weights["count"] <= weights["bits"] <= 64 * weights["count"]
    assert (weights["count"] == 0) == (weights["bits"] == 0)


def check_weight_traffic(report):
    """Weights that wait before the first inference are written by no task."""
    traffic = report["weight_traffic"]
    resident = traffic["resident"]
    assert resident["tasks"] == resident["busy_ps"] == 0
    assert (report["crossbars"]["used"] == 0) == (
        resident["weights"] + traffic["rewritten"]["weights"] == 0)
    assert traffic["loaded"]["replicas"] == 0
    assert (any(tier["crossbar_replicas"] for tier in report["tiers"])
            == (resident["replicas"] + traffic["rewritten"]["replicas"] > 0))
    for group in traffic["rewritten"], traffic["loaded"]:
        assert group["weights"] <= group["tasks"] <= group["busy_ps"]
        assert (group["tasks"] == 0) == (group["bytes"] == 0)
    busy = traffic["rewritten"]["busy_ps"] + traffic["loaded"]["busy_ps"]
    assert 0 <= traffic["exposed_ps"] <= min(busy, report["latency_ps"])
    assert bool(traffic["wear"]) == (traffic["rewritten"]["weights"] > 0)
    for wear in traffic["wear"]:
        inferences = wear["endurance_writes"] // wear["writes_per_inference"]
        years = inferences * report["interval_ps"] * 1e-12 / 31557600
        assert math.isclose(wear["years"], years, rel_tol=1e-6)


def check_inputs(report):
    """The most influential input comes first, and each changes something."""
    def influence(entry):
        effects = filter(None, (entry["minus_20_percent"],
                                entry["plus_20_percent"]))
        return max((abs(effect[f"{cost}_percent"]) for effect in effects
                    for cost in ("latency", "energy")), default=0)

    influences = [influence(entry) for entry in report["inputs"]]
    assert influences == sorted(influences, reverse=True)
    assert not influences or influences[0] > 0


def check_temperature(report):
    """Rates are those of the report, and all power leaves through the air."""
    temperature = report["temperature"]
    if temperature is None:  # a machine without a package
        return
    rates = [entry["period_ps"] for entry in temperature["operation"]]
    assert rates == sorted({report["latency_ps"], report["interval_ps"]},
                           reverse=True)
    breakdown = report["energy_breakdown_fj"]
    first = temperature["operation"][0]
    # Memory and host do not heat the stack, and their leakage is not told
    # apart from its own.
    most = (report["energy_fj"] - breakdown["dram"]
            - breakdown["host"]) * 1e-3 / report["latency_ps"]
    assert 0 < first["power_w"] <= most
    for entry in temperature["operation"]:
        nodes = {tuple(node["node"]): node["mean_mk"]
                 for node in entry["nodes"]}
        assert max(nodes.values()) <= entry["peak_mk"]
        assert min(nodes.values()) >= temperature["ambient_mk"]
        for tier in report["tiers"]:
            level = [value for node, value in nodes.items()
                     if node[2] == tier["level"]]
            found = next(t for t in entry["tiers"] if t["name"] == tier["name"])
            assert found["warmest_node_mk"] == max(level)
            assert found["mean_mk"] == sum(level) // len(level)
    hottest = max(entry["peak_mk"] for entry in temperature["operation"])
    assert temperature["limit_holds"] == (hottest <= temperature["limit_mk"])
    powers = [entry["power_w"] for entry in temperature["operation"]]
    assert powers == sorted(powers)


def find_stays(schedule):
    """What lies in buffers: node, bits, begin and end, task by task."""
    def node_of(use):
        node = schedule["resources"][use["resource"]]["node"]
        return node["x"], node["y"], node["z"]

    def unit_of(task):
        return schedule["resources"][task["uses"][0]["resource"]].get("unit")

    def on_core(task):
        unit = unit_of(task)
        return (unit in ("array", "vector", "core", "loader")
                or unit is not None and unit.startswith("arrays "))

    def brings(task):
        """Waits for room, and reads nothing of that for which it waits."""
        return task.get("kernel", "").startswith(("load:", "write:"))

    def deposits(task):
        """Nodes, begins, bits, and for which of its readers the data stays:
        those of the core, others, or also until it is complete."""
        start = int(task["startPs"])
        if task["kind"] == "COMPUTE":
            node = node_of(task["uses"][0])
            bits = int(task.get("resultBits", 0)) if on_core(task) else 0
            local = min(int(task.get("localBits", bits)), bits)
            yield node, start, local, {"core", "others", "itself"}
            yield node, start, bits - local, {"others", "itself"}
            yield node, start, int(task.get("readBits", 0)), {"itself"}
            return
        bits = int(task["transfer"]["bits"])
        for use in task["uses"]:  # of a multicast, several ports eject
            if schedule["resources"][use["resource"]]["kind"] == "EJECTION_PORT":
                node = node_of(use)
                kept = {"core"} if node in outside else {
                    "core", "others", "itself"}
                yield node, start + int(use["offsetPs"]), bits, kept

    tasks = schedule["tasks"]
    outside = {node_of(task["uses"][0]) for task in tasks
               if task["kind"] == "COMPUTE" and not on_core(task)}
    readers = [[] for _ in tasks]
    for reader, task in enumerate(tasks):
        for producer in task.get("dependences", ()):
            readers[producer].append(reader)

    def all_readers(producer):
        for reader in readers[producer]:
            if tasks[reader]["kind"] == "BARRIER":
                yield from all_readers(reader)
            else:
                yield tasks[reader]

    for index, task in enumerate(tasks):
        if task["kind"] == "BARRIER":
            continue
        for node, begin, bits, kept in deposits(task):
            end = begin
            if "itself" in kept:
                end = int(task["startPs"]) + int(task["durationPs"])
            for reader in all_readers(index):
                first = reader["uses"][0]
                kind = "core" if on_core(reader) else "others"
                if (node_of(first) == node and not brings(reader)
                        and kind in kept):
                    end = max(end, int(reader["startPs"]) + int(first["lengthPs"]))
            yield node, bits, begin, end


def find_peaks(schedule):
    """By node, the most bytes that lie there at once in one inference."""
    changes = collections.defaultdict(list)
    for node, bits, begin, end in find_stays(schedule):
        if begin < end:
            changes[node] += [(end, -bits), (begin, bits)]
    return {node: (max(itertools.accumulate(
                bits for _, bits in sorted(found))) + 7) // 8
            for node, found in changes.items()}


def check_buffers(report, schedule):
    """Peaks are those of the schedule's rates and of its tiers' nodes."""
    buffers = report["buffers"]
    rates = [entry["period_ps"] for entry in buffers["operation"]]
    assert rates == sorted({report["latency_ps"], report["interval_ps"]},
                           reverse=True)
    levels = {tier["name"]: tier["level"] for tier in report["tiers"]}
    tiers = [tier for entry in buffers["operation"] for tier in entry["tiers"]]
    for tier in tiers:
        assert tier["peak_node"][2] == levels[tier["name"]]
        assert tier["holds"] == (tier["peak_bytes"] <= tier["capacity_bytes"])
    assert buffers["hold"] == all(tier["holds"] for tier in tiers)
    # Inferences that share buffers take no less of them.
    for entry in buffers["operation"]:
        for tier, alone in zip(entry["tiers"], buffers["operation"][0]["tiers"]):
            assert tier["peak_bytes"] >= alone["peak_bytes"]
            assert 0 <= tier["peak_ps"] < entry["period_ps"]
    expected = find_peaks(schedule)
    for tier in buffers["operation"][0]["tiers"]:
        level = [peak for node, peak in expected.items()
                 if node[2] == levels[tier["name"]]]
        assert tier["peak_bytes"] == max(level, default=0)


def check_accuracy(accuracy):
    """Mapping loses less than one percentage point, or two percent of a
    perplexity."""
    if accuracy["metric"] == "top1":
        assert accuracy["float"] - accuracy["mapped"] < 0.01
        assert 0 <= accuracy["mapped"] <= 1
    else:
        assert 1 <= accuracy["mapped"] < 1.02 * accuracy["float"]


def check_noise(report):
    """Statistics of the trials agree with each other and with temperatures."""
    noise = report["noise"]
    if noise is None:
        return
    values = [entry["value"] for entry in noise["quantiles"]]
    assert values == sorted(values)
    assert [entry["percent"] for entry in noise["quantiles"]] == [
        5, 25, 50, 75, 95]
    assert noise["smallest"] <= values[0]
    assert values[-1] <= noise["largest"]
    assert noise["smallest"] <= noise["mean"] <= noise["largest"]
    spread = noise["largest"] - noise["smallest"]
    assert noise["deviation"] <= spread
    assert (noise["deviation"] == 0) == (spread == 0)
    if report["temperature"] is None:
        return
    warmest = {node["mean_mk"]
               for node in report["temperature"]["operation"][-1]["nodes"]}
    assert {noise["lowest_mk"], noise["highest_mk"]} <= warmest


def check_schedule(report, schedule):
    """The report tells of the same schedule."""
    assert int(schedule["makespanPs"]) == report["latency_ps"]
    tasks = collections.Counter(task["kernel"] for task in schedule["tasks"]
                                if task["kind"] == "COMPUTE")
    for kernel in report["kernels"]:
        assert tasks[kernel["name"]] == kernel["tasks"] > 0
    assert (sum(int(program["arrays"]) for program in schedule.get("programs", []))
            == report["crossbars"]["used"])
    energy = sum(int(task.get("energyFj", 0)) for task in schedule["tasks"])
    assert (energy + report["energy_breakdown_fj"]["leakage"]
            == report["energy_fj"])


def check_trace(report, trace):
    """The machine's power over time is the energy."""
    values = [event for event in trace["traceEvents"]
              if event["ph"] == "C" and event["name"] == "power"
              and event["pid"] == 1]
    microjoules = sum(
        before["args"]["W"] * (after["ts"] - before["ts"])
        for before, after in itertools.pairwise(values))
    assert math.isclose(microjoules * 1e9, report["energy_fj"], rel_tol=0.01)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    report, schedule, trace = (
        json.loads((folder / f"{name}.json").read_text())
        for name in ("report", "schedule", "trace"))
    jsonschema.validate(report, schema)
    check_sums(report)
    check_derived(report)
    check_weights(report)
    check_weight_traffic(report)
    check_inputs(report)
    check_temperature(report)
    check_buffers(report, schedule)
    if report["accuracy"] is not None:  # None without a dataset
        assert report["weights"]["read"]
        check_accuracy(report["accuracy"])
    check_placement(report["placement"], schedule)
    check_noise(report)
    check_schedule(report, schedule)
    check_trace(report, trace)
    print(len(schedule["tasks"]))


if __name__ == "__main__":
    main()
