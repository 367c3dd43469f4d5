#!/usr/bin/python3
"""Compares training steps that make.py writes with those of torch.optim."""

import pathlib
import tempfile
import unittest

import make
from making import HAS_ORACLE, HAS_TORCH, run_make

BERT = "bert-base --layers 2 --hidden 32 --heads 4 --seq 6 --vocab 50 --batch 2"
VIT = "vit-b16 --layers 2 --hidden 32 --heads 4 --seq 10 --batch 2"


@unittest.skipUnless(
    HAS_TORCH and HAS_ORACLE, "needs python3-torch and npm ci in test/oracle"
)
class TrainingTest(unittest.TestCase):
    """A step in ONNX Runtime is the step that torch.optim takes."""

    def test_sgd(self):
        for opset in make.OPSETS:
            with self.subTest(opset):
                self.check_step(f"{BERT} --train sgd --opset {opset}")

    def test_adam(self):
        # Its root of small squares makes rounding larger.
        self.check_step(f"{BERT} --train adam", tolerance=1e-4)

    def test_adapters(self):
        for model in (BERT, VIT):
            with self.subTest(model):
                self.check_step(f"{model} --lora-rank 2 --train sgd")

    def check_step(self, line, tolerance=1e-5):
        import numpy
        import onnx

        import oracle
        from example_inputs import random_inputs

        request = make.resolve(make.parse_command_line(line.split()))
        with tempfile.TemporaryDirectory() as folder:
            run_make(*line.split(), "--output-dir", folder)
            (path,) = pathlib.Path(folder).glob("*.onnx")
            inputs = random_inputs(onnx.load(str(path)).graph, {})
            module = self.start(request, inputs)
            outputs = oracle.run(path, inputs)
        expected = self.step(request, module, inputs)
        for name, values in expected.items():
            error = numpy.abs(outputs[f"updated.{name}"] - values).max()
            self.assertLess(error, tolerance * numpy.abs(values).max(), name)

    def start(self, request, inputs):
        """The module that the inputs carry on from, its weights in them."""
        import families
        from exportable import Lengths

        lengths = Lengths(request.batch, request.sequence)
        module = families.build(request.shape, lengths, request.seed).module
        for name, parameter in module.named_parameters():
            if name in inputs:
                inputs[name] = parameter.detach().numpy().copy()
        return module

    def step(self, request, module, inputs):
        """The trained parameters after a step by torch.optim."""
        import torch
        from torch import optim

        parameters = {
            name: parameter
            for name, parameter in module.named_parameters()
            if name in inputs
        }
        self.assertTrue(parameters)
        kind = {"sgd": optim.SGD, "adam": optim.Adam}[request.optimizer]
        optimizer = kind(parameters.values(), lr=float(inputs["learning_rate"]))
        if request.optimizer == "adam":
            for name, parameter in parameters.items():
                optimizer.state[parameter] = {
                    "step": torch.tensor(float(inputs["step"]) - 1),
                    "exp_avg": torch.from_numpy(inputs[f"exp_avg.{name}"]),
                    "exp_avg_sq": torch.from_numpy(
                        inputs[f"exp_avg_sq.{name}"]
                    ),
                }
        data = ["input_ids", "attention_mask", "token_type_ids", "pixel_values"]
        arguments = [
            torch.from_numpy(inputs[name]) for name in data if name in inputs
        ]
        labels = torch.from_numpy(inputs["labels"])
        torch.nn.functional.cross_entropy(module(*arguments), labels).backward()
        optimizer.step()
        return {
            name: parameter.detach().numpy()
            for name, parameter in parameters.items()
        }


if __name__ == "__main__":
    unittest.main()
