#!/usr/bin/python3
"""Checks the report of a generation against its schema and its points.

usage: check_generation.py SCHEMA FOLDER

Validates FOLDER/generation.json, then compares each point that was compiled
with the report.json and the schedule.json in the point's own folder.
"""

import json
import math
import pathlib
import sys

import jsonschema


def load(folder, name):
    return json.loads((folder / name).read_text())


def check_cache(cache, schedule):
    """The schedule moves what the report says, and the cache has all tokens."""
    names = [task["kernel"] for task in schedule["tasks"]]
    moved = [name for name in names if "past" in name or "present" in name]
    assert len(set(moved)) == 2 * cache["tensors"]
    assert cache["resident_bytes"] == (cache["bytes_per_token"]
                                       * cache["context_tokens"])
    assert cache["read_bytes"] >= cache["resident_bytes"]
    assert cache["in_place"]
    assert cache["written_bytes"] == (cache["bytes_per_token"]
                                      * cache["appended_tokens"])
    assert 0 < cache["share_of_place_time"] <= 1


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    generation = load(folder, "generation.json")
    jsonschema.validate(generation, schema)
    prefill = generation["prefill"]
    if prefill and prefill["status"] == "compiled":
        own = load(folder / prefill["folder"], "report.json")
        assert own["latency_ps"] == prefill["time_to_first_token_ps"]
        assert own["energy_fj"] == prefill["energy_fj"]
        # A prompt comes after nothing, if the model allows that.
        assert bool(own["cache"]) == (not generation["context_dimension"]
                                      and not generation["tokens_dimension"])
    for step in generation["steps"]:
        if step["status"] == "failed":
            continue
        own = load(folder / step["folder"], "report.json")
        assert own["latency_ps"] == step["time_per_token_ps"]
        assert own["energy_fj"] == step["energy_per_token_fj"]
        assert own["cache"] == step["cache"]
        assert own["cache"]["context_tokens"] == step["context_tokens"]
        assert own["cache"]["appended_tokens"] == 1
        assert math.isclose(step["tokens_per_s"], 1e12 / own["latency_ps"])
        check_cache(own["cache"],
                    load(folder / step["folder"], "schedule.json"))
    print(len(generation["steps"]))


if __name__ == "__main__":
    main()
