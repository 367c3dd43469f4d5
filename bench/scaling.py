#!/usr/bin/python3
"""What compiling takes, over layers and sequence lengths, and beside others.

usage: scaling.py [--build DIR] [--runs N] [--part NAME]...

Parts: layers (bert-base with 12 to 96 layers), tokens (bert-base with 32 to 512
tokens), large (llama-7b, bert-large and gpt2-small), file (bert-base with its
weights beside a plain protobuf parse), peers (one layer of bert-base beside
what tools for machines of this kind took: test/reference/peer_runtimes.csv).

All but `file` are without the values of weights, from files of shapes that
models/make.py makes. CPU seconds are user and system, of all threads, the
smallest of the runs; `per task` shows whether they are linear in the tasks of
the schedule.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = (
    pathlib.Path(
        os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    )
    / "atleus"
    / "models"
)
LAYERS = (12, 24, 48, 96)
TOKENS = (32, 64, 128, 256, 512)
LARGE = ("llama-7b", "bert-large", "gpt2-small")
PEERS = ("SCALE-Sim", "ZigZag", "PIMCOMP")


def make(*arguments):
    """Makes a file of shapes if it is not there; its path."""
    command = ["/usr/bin/python3", ROOT / "models" / "make.py", *arguments,
               "--shapes-only"]
    text = subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout
    for line in text.splitlines():
        if line.startswith(("wrote: ", "already there: ")):
            return pathlib.Path(line.split(": ", 1)[1])
    sys.exit(f"models/make.py said: {text}")


def run(command):
    """CPU seconds and peak memory in bytes of a command that succeeds."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            sys.exit(f"{' '.join(map(str, command))} failed:\n{log.read()}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def count_tasks(schedule):
    """Tasks and transfers of a schedule, each of which is a line. Reading all at
    once would count as memory of the next command: a child's peak begins with
    that of this process."""
    with schedule.open() as lines:
        return sum(line.startswith('{"kind":') for line in lines)


def warm(path):
    """Reads the file in small parts."""
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 20):
            pass


def measure(options, model, *flags):
    """CPU seconds, peak memory and tasks of compiling a model."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        command = [options.build / "bin" / "atleus", "compile", model,
                   "--machine=atleus", "-o", out, *flags]
        runs = [run(command) for _ in range(options.runs)]
        tasks = count_tasks(out / "schedule.json")
    return (min(seconds for seconds, _ in runs),
            max(memory for _, memory in runs), tasks)


def print_row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def print_header(*cells):
    print()
    print_row(*cells)
    print("|" + " --- |" * len(cells))


def measure_row(options, label, model):
    seconds, memory, tasks = measure(options, model, "--weights=none")
    print_row(label, tasks, f"{seconds:.3f}", f"{1e6 * seconds / tasks:.1f}",
              f"{memory / 1e6:.0f}")


def print_sizes(options, what, sizes, flag):
    print_header(what, "tasks and transfers", "CPU, s", "per task, us",
                 "memory, MB")
    for size in sizes:
        measure_row(options, size, make("bert-base", flag, str(size)))


def print_large(options):
    print_header("model", "tasks and transfers", "CPU, s", "per task, us",
                 "memory, MB")
    for name in LARGE:
        measure_row(options, name, make(name))


def print_file(options):
    model = CACHE / "bert-base-layers12-seq128-opset14.onnx"
    if not model.is_file():
        sys.exit(f"there is no {model}; models/make.py bert-base makes it")
    warm(model)
    size = model.stat().st_size
    parse = [run([options.build / "bin" / "protobuf-parse", model])
             for _ in range(options.runs)]
    yardstick = min(seconds for seconds, _ in parse)
    print_header("bert-base, 438 MB", "CPU, s", "of the parse", "memory, MB",
                 "of the file")
    rows = {
        "protobuf parse": (yardstick, max(memory for _, memory in parse)),
        "compile": measure(options, model)[:2],
        "compile, --weights=none":
            measure(options, model, "--weights=none")[:2],
    }
    for label, (seconds, memory) in rows.items():
        print_row(label, f"{seconds:.3f}", f"{seconds / yardstick:.2f}",
                  f"{memory / 1e6:.0f}", f"{memory / size:.2f}")


def print_peers(options):
    print_header("tool", "workload", "CPU, s")
    model = make("bert-base", "--layers", "1")
    seconds, _, _ = measure(options, model, "--weights=none")
    print_row("atleus", "BERT-base with one layer, 128 tokens, to report, "
              "schedule and trace", f"{seconds:.3f}")
    table = ROOT / "test" / "reference" / "peer_runtimes.csv"
    with table.open(newline="") as file:
        for peer in csv.DictReader(file):
            if peer["cpu_s"] and peer["tool"].startswith(PEERS):
                print_row(peer["tool"], peer["workload"], peer["cpu_s"])


PARTS = {
    "layers": lambda options: print_sizes(options, "layers", LAYERS,
                                          "--layers"),
    "tokens": lambda options: print_sizes(options, "tokens", TOKENS, "--seq"),
    "large": print_large,
    "file": print_file,
    "peers": print_peers,
}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog="\n\n".join(__doc__.split("\n\n")[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path,
                        default=ROOT / "build" / "release")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--part", action="append", choices=list(PARTS))
    options = parser.parse_args()
    for part in options.part or PARTS:
        PARTS[part](options)


if __name__ == "__main__":
    main()
