#!/usr/bin/python3
"""Checks a trace against what viewers of the Chrome trace event format demand.

usage: check_trace.py TRACE.JSON

Prints the number of events of each phase.
"""

import collections
import decimal
import json
import sys

KINDS = ("linear", "attention", "vector", "transfer", "memory", "host")
UNITS = {"power": "W", "links in use": "links", "all buffers": "bytes",
         "fullest buffer": "bytes"}
MACHINE = 1  # the process of the totals


def check(condition, message):
    if not condition:
        sys.exit(f"error: {message}")


def check_fields(event):
    """Every event says where it is, and those that are no names say when."""
    phase = event["ph"]
    check(phase in ("C", "M", "X", "s", "f"), f"unknown phase {phase!r}")
    check(isinstance(event["name"], str) and event["name"], "no name")
    # Process 0 and thread 0 are the idle ones to Perfetto.
    check(isinstance(event["pid"], int) and event["pid"] > 0,
          f"process {event['pid']!r}")
    if phase == "M" and event["name"].startswith("process_"):
        check("tid" not in event, "a process with a thread")
        return
    # Counters belong to a process.
    check(phase == "C" or isinstance(event["tid"], int) and event["tid"] > 0,
          f"thread {event.get('tid')!r}")
    for field in {"M": (), "X": ("ts", "dur")}.get(phase, ("ts",)):
        value = event[field]
        check(isinstance(value, decimal.Decimal) and value >= 0,
              f"{field} is {value!r}, which is no time in microseconds")


def check_names(events):
    """Each process and each thread in use has one name, in its process."""
    names = collections.Counter(
        (event["name"], event["pid"], event.get("tid"))
        for event in events if event["ph"] == "M")
    check(all(count == 1 for count in names.values()), "a name given twice")
    for event in events:
        if event["ph"] != "M":
            check(("process_name", event["pid"], None) in names,
                  f"process {event['pid']} has no name")
        if event["ph"] not in "MC":
            check(("thread_name", event["pid"], event["tid"]) in names,
                  f"thread {event['tid']} has no name in its process")
    threads = [tid for what, _, tid in names if what == "thread_name"]
    check(len(threads) == len(set(threads)), "a thread in two processes")


def check_overlaps(events):
    """Complete events of a thread are nested or do not overlap, the outer one
    first; returns where they begin."""
    threads = collections.defaultdict(list)
    for event in events:
        if event["ph"] == "X":
            threads[event["tid"]].append(
                (event["ts"], event["ts"] + event["dur"]))
    for thread, spans in threads.items():
        # Stable: of events at one time the file has the outer one first.
        spans.sort(key=lambda span: span[0])
        stack = []
        for begin, end in spans:
            while stack and stack[-1] <= begin and stack[-1] < end:
                stack.pop()
            check(not stack or end <= stack[-1],
                  f"thread {thread}: an event until {stack and stack[-1]} and "
                  f"one from {begin} until {end} overlap")
            stack.append(end)
    return {(thread, begin) for thread, spans in threads.items()
            for begin, _ in spans}


def check_flows(events, begins):
    """Each flow has a start, then an end, and both are at an event."""
    flows = collections.defaultdict(list)
    for event in events:
        if event["ph"] in "sf":
            flows[event["id"]].append(event)
    for name, ends in flows.items():
        check([event["ph"] for event in ends] == ["s", "f"],
              f"flow {name} is not a start and an end")
        start, end = ends
        check(start["ts"] <= end["ts"], f"flow {name} ends before its start")
        check(end["bp"] == "e", f"flow {name} is not bound to its event")
        for event in ends:
            check((event["tid"], event["ts"]) in begins,
                  f"flow {name} is at no event")


def check_all_flows(trace):
    """A schedule of few dependences has all of them as flows."""
    flows = sum(event["ph"] == "s" for event in trace["traceEvents"])
    check(trace["otherData"]["flows"] in
          ("all dependences", "last dependence of each task"), "which flows?")
    check(flows <= 50000 or trace["otherData"]["flows"] != "all dependences",
          f"{flows} flows")


def check_counters(events):
    """The values of a counter come one after another and are counts."""
    counters = collections.defaultdict(list)
    for event in events:
        if event["ph"] == "C":
            counters[event["pid"], event["name"]].append(event)
    for (_, name), values in counters.items():
        times = [event["ts"] for event in values]
        check(times == sorted(set(times)) and times[0] == 0,
              f"{name} does not go on from time 0")
        for event in values:
            (unit, value), = event["args"].items()
            check(unit == UNITS.get(name), f"{name} is in {unit}")
            check(isinstance(value, int if unit == "bytes" else
                             (int, decimal.Decimal)) and value >= 0,
                  f"{name} has the value {value!r}")


def check_kinds(events):
    """Viewers colour slices by their names: the outer ones are the kinds."""
    for event in events:
        # Parts of transfers after the first one have no category.
        if event["ph"] == "X" and event.get("cat", "transfer") not in (
                "transfer", "critical"):
            check(event["cat"] in KINDS, f"kind {event['cat']!r}")
            check(event["name"] == event["cat"] or "[" in event["name"],
                  f"slice {event['name']!r}")


def check_energy(events):
    """The power of the machine over time is at least the energy of its tasks,
    each of which counts once. Values have six digits."""
    energy = sum(event["args"].get("energy_fj", 0) for event in events
                 if event["ph"] == "X" and "args" in event
                 and event.get("cat") != "critical")
    values = [event for event in events
              if event["ph"] == "C" and event["name"] == "power"
              and event["pid"] == MACHINE]
    total = sum(before["args"]["W"] * (after["ts"] - before["ts"])
                for before, after in zip(values, values[1:]))
    check(float(total) * 1e9 >= 0.99 * energy,
          f"{total} uJ by power, {energy} fJ by tasks")


def main():
    with open(sys.argv[1]) as file:
        trace = json.load(file, parse_float=decimal.Decimal)
    check(trace["displayTimeUnit"] in ("ns", "ms"), "unknown unit")
    events = trace["traceEvents"]
    for event in events:
        check_fields(event)
    check_names(events)
    check_counters(events)
    check_kinds(events)
    check_energy(events)
    check_flows(events, check_overlaps(events))
    check_all_flows(trace)
    for phase, count in sorted(
            collections.Counter(event["ph"] for event in events).items()):
        print(phase, count)


if __name__ == "__main__":
    main()
