#!/usr/bin/env python3
"""Reports of one model by three schedulers keep what each promises."""
import json
import sys


def main():
    reports = []
    for path in sys.argv[1:4]:
        with open(path, encoding="utf-8") as file:
            reports.append(json.load(file))
    by_list, by_search, by_modulo = reports
    assert by_search["latency_ps"] <= by_list["latency_ps"]
    assert by_modulo["interval_ps"] <= by_list["interval_ps"]
    busiest = by_modulo["bounds"]["busiest_resource_ps"]
    assert busiest <= by_modulo["interval_ps"]
    # Nine tenths of the most that the busiest resource allows.
    assert busiest >= 0.89 * by_modulo["interval_ps"]
    for report in reports:
        assert report["bounds"]["lower_bound_ps"] <= report["latency_ps"]


if __name__ == "__main__":
    main()
