#!/usr/bin/python3
"""Checks what `atleus validate --json` prints.

usage: check_validation.py SCHEMA FILE

Validates FILE against the JSON Schema SCHEMA, then its fields against each
other. Prints for each table its name and the number of pairs compared.
"""

import json
import sys

import jsonschema


def is_within(quantity):
    """What the errors and the bounds say."""
    bound = quantity["bound"]
    if quantity["equal"] == quantity["compared"]:
        return True
    for name in ("mean_error", "largest_error"):
        if bound[name] is not None and (quantity[name] is None
                                        or quantity[name] > bound[name]):
            return False
    return (quantity.get("rank_correlation", 1)
            >= bound.get("rank_correlation", -1))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        found = json.load(file)
    jsonschema.validate(found, schema)
    for table in found["tables"]:
        for quantity in table["quantities"]:
            assert quantity["equal"] <= quantity["compared"]
            assert quantity["within"] == is_within(quantity), quantity
        assert table["within"] == all(
            quantity["within"] for quantity in table["quantities"])
        print(table["name"],
              sum(quantity["compared"] for quantity in table["quantities"]))
    assert found["within"] == all(table["within"] for table in found["tables"])


if __name__ == "__main__":
    main()
