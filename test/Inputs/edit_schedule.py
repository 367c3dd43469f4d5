#!/usr/bin/python3
"""Changes a schedule.json: edit_schedule.py IN OUT PATH=VALUE...

A path is the keys and indices to a number or a string, joined by dots, such as
tasks.3.startPs; the value '-' removes what it leads to.
"""

import json
import sys


def main():
    source, target, *edits = sys.argv[1:]
    with open(source, encoding="utf-8") as file:
        schedule = json.load(file)
    for edit in edits:
        path, value = edit.split("=", 1)
        *parents, last = [int(key) if key.isdigit() else key
                          for key in path.split(".")]
        place = schedule
        for key in parents:
            place = place[key]
        if value == "-":
            del place[last]
        else:
            place[last] = value
    with open(target, "w", encoding="utf-8") as file:
        json.dump(schedule, file)


main()
