"""Runs a model with ONNX Runtime through the script of the test suite."""

import pathlib
import subprocess
import tempfile

import numpy

SCRIPT = (
    pathlib.Path(__file__).resolve().parent.parent
    / "test"
    / "oracle"
    / "onnxruntime.mjs"
)


class OracleError(Exception):
    """ONNX Runtime is not installed or refuses the model."""


def run(model, inputs, per_sample=False):
    """Returns the outputs of `model` by name for `inputs` by name.

    With `per_sample` the model runs once for each index of the first axis.
    """
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        results = folder / "outputs"
        command = ["node", str(SCRIPT), str(model)]
        command += ["--output-dir", str(results)]
        if per_sample:
            command.append("--per-sample")
        for index, (name, values) in enumerate(inputs.items()):
            path = folder / f"input{index}.npy"
            numpy.save(path, values)
            command += ["--input", f"{name}={path}"]
        _execute(command)
        return {path.stem: numpy.load(path) for path in results.glob("*.npy")}


def _execute(command):
    try:
        finished = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        raise OracleError("node is not installed") from None
    if finished.returncode != 0:
        raise OracleError(finished.stderr.strip())
