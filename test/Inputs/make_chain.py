#!/usr/bin/env python3
"""Prints products one after the other, as IR at phase nn.

usage: make_chain.py LAYERS TOKENS FEATURES
"""
import sys


def main():
    layers, tokens, features = map(int, sys.argv[1:])
    data = f"tensor<{tokens}x{features}xf32>"
    weight = f"tensor<{features}x{features}xf32>"
    print(f'module attributes {{atleus.phase = "nn"}} {{\n'
          f"func.func @main(%v0: {data}) -> {data} {{\n"
          f"%w = nn.constant dense<0.5> : {weight}")
    for i in range(layers):
        print(f"%v{i + 1} = nn.linear %v{i}, %w "
              f'{{nn.name = "layer{i}"}} : ({data}, {weight}) -> {data}')
    print(f"return %v{layers} : {data}\n}}\n}}")


if __name__ == "__main__":
    main()
