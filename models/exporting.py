"""Writes torch modules as ONNX files, whole or not at all."""

import os
import pathlib
import tempfile
import warnings

import onnx
import torch

import shape_only


def export(
    module,
    arguments,
    path,
    opset,
    inputs,
    outputs,
    dynamic_axes=None,
    has_weights=True,
):
    """Exports `module`, called with the tuple `arguments`, to `path`.

    `inputs` and `outputs` are the names of the graph's inputs and outputs.
    Without weights the large ones are external data that is not written.
    """
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    try:
        _run_exporter(
            torch.onnx.export if has_weights else shape_only.export,
            module.eval(),
            arguments,
            temporary,
            opset_version=opset,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=dynamic_axes,
        )
        if not has_weights:
            shape_only.move_weights_out(temporary, path.stem, module)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        pathlib.Path(temporary).unlink(missing_ok=True)


def _run_exporter(exporter, module, arguments, path, **options):
    """Calls an exporter of torch without its notes about traced Python values.

    Gradients are on: without them torch runs encoder layers in a fused form
    that has no ONNX operator.
    """
    with warnings.catch_warnings(), torch.enable_grad():
        warnings.simplefilter("ignore")
        exporter(module, arguments, path, **options)


def node_count(path):
    """The number of nodes in the graph of the ONNX file at `path`."""
    return len(onnx.load(str(path), load_external_data=False).graph.node)
