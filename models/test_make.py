#!/usr/bin/python3
"""Makes each model small and checks that it is valid and that its outputs vary.

Run it by /usr/bin/python3 models/test_make.py; it skips what needs a package
that is not installed.
"""

import math
import os
import pathlib
import tempfile
import unittest

import catalog
import make
from making import (
    COMMITTED,
    DECODERS,
    DYNAMIC_SIZES,
    HAS_ORACLE,
    HAS_TORCH,
    MODELS,
    TEXT,
    VOCAB,
    WITH_ADAPTERS,
    WITH_CACHE,
    run_make,
)

ONE_OF_EACH_FAMILY = {
    name: sizes for name, sizes in MODELS.items() if name != "bert-large"
}
# Command lines that cannot be met, each with what the message must say.
WRONG = {
    "": "which model",
    "bert-bas": "did you mean 'bert-base'?",
    "yolo": "unknown model 'yolo': see --list",
    "bert-base --seq 0": "--seq must be at least 1, found 0",
    "bert-base --layers -1": "--layers must be at least 1, found -1",
    "bert-base --opset 18": "opset 18 is not supported: give one from 11 to 17",
    "bert-base --hidden 70": "hidden 70 is not divisible by 12 heads",
    "bert-base --vocab 800000": "2.8 GB, but an ONNX file ends at 2 GB",
    "bert-base --kv-cache": "bert-base is not a decoder",
    "bert-base --kv-heads 2": "bert-base has no key/value heads",
    "bert-base --seq many": "argument --seq: invalid int value: 'many'",
    "bert-base --sequence 4": "unrecognized arguments: --sequence 4",
    "gpt2-small --kv-cache 0": "--kv-cache must be at least 1, found 0",
    "llama-like --kv-heads 2": "9 heads are not divisible by 2 key/value heads",
    "llama-like --hidden 27": "an even head size, found 3",
    "vit-b16 --seq 100": "--seq can be 82 or 101, found 100",
    "vit-b16 --vocab 10": "vit-b16 has no vocabulary",
    "vit-b16 --positions 9": "vit-b16 has no learned or tabulated positions",
    "swin-t --layers 5": "an even number up to 24, found 5",
    "swin-t --seq 12": "a square of patches: --seq can be 9 or 16, found 12",
    "transformer --hidden 9 --heads 3": "an even width, found 9",
    "bert-base --target-seq 3": "bert-base is not an encoder-decoder",
    "bert-base --lora-rank 0": "--lora-rank must be at least 1, found 0",
    "swin-t --lora-rank 2": "swin-t takes no adapters",
    "bert-base --train rmsprop": "unknown optimizer 'rmsprop': give sgd or",
    "swin-t --train sgd": "swin-t has no training step: leave out --train",
    "vit-b16 --train sgd": "has no training step without --lora-rank",
    "llama-like --train sgd": "llama-like has no training step",
    "bert-base --dynamic --train sgd": "a training step has fixed sizes",
    "transformer --vocab 2000000": "ends at 2 GB",
    "llama-7b": "27.0 GB, but an ONNX file ends at 2 GB: give fewer --layers, "
    "a smaller --hidden or --vocab, or --shapes-only",
    "bert-base --shapes-only --train sgd": "--train needs weights",
    "bert-base --shapes-only --lora-rank 2": "--lora-rank needs weights",
}


class CommandLineTest(unittest.TestCase):
    """What make.py says without making anything."""

    def test_wrong_command_lines(self):
        for line, expected in WRONG.items():
            with self.subTest(line):
                with self.assertRaises(make.UserError) as caught:
                    run_make(*line.split())
                self.assertIn(expected, str(caught.exception))

    def test_list_names_every_model(self):
        self.assertEqual(
            [line.split()[0] for line in run_make("--list").splitlines()],
            list(catalog.PRESETS),
        )

    def test_file_name_carries_the_parameters(self):
        options = make.parse_command_line(
            "llama-like --layers 2 --hidden 32 --heads 4 --kv-heads 2 "
            "--kv-cache 5 --opset 13 --dynamic --seed 7".split()
        )
        self.assertEqual(
            make.resolve(options).file_name,
            "llama-like-layers2-hidden32-heads4-kvheads2-seq1-past5-opset13-"
            "dynamic-seed7.onnx",
        )


@unittest.skipUnless(HAS_TORCH, "needs python3-torch and python3-onnx")
class MakeTest(unittest.TestCase):
    """Every model is a valid file whose outputs are finite and vary."""

    def make(self, folder, name, sizes, *more):
        """Makes one model and returns its path."""
        run_make(name, *sizes.split(), "--output-dir", folder, *more)
        (path,) = pathlib.Path(folder).glob("*.onnx")
        return path

    def check(self, path, dimensions):
        import numpy
        import onnx

        import oracle

        model = onnx.load(str(path))
        onnx.checker.check_model(model, full_check=True)
        if not HAS_ORACLE:
            return
        from example_inputs import random_inputs

        inputs = random_inputs(model.graph, dimensions)
        outputs = oracle.run(path, inputs)
        names = {value.name for value in model.graph.output}
        self.assertEqual(set(outputs), names)
        for name, values in outputs.items():
            self.assertTrue(numpy.isfinite(values).all(), name)
            self.assertGreater(values.std(axis=-1).min(), 1e-2, name)
            self.assertLess(numpy.abs(values).max(), 1e3, name)

    def check_all(self, models, dimensions, *more):
        for name, sizes in models.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                path = self.make(folder, name, sizes, *more)
                self.check(path, dimensions)

    def test_every_model(self):
        self.check_all(MODELS, {})

    def test_every_other_opset(self):
        for opset in set(make.OPSETS) - {make.DEFAULT_OPSET}:
            self.check_all(ONE_OF_EACH_FAMILY, {}, "--opset", str(opset))

    def test_dynamic_dimensions_take_other_sizes(self):
        self.check_all(MODELS, DYNAMIC_SIZES, "--dynamic")

    def test_adapters(self):
        self.check_all(WITH_ADAPTERS, {})

    def test_batch(self):
        self.check_all(ONE_OF_EACH_FAMILY, {}, "--batch", "2")

    def test_cache(self):
        self.check_all(WITH_CACHE, {})

    def test_cache_with_dynamic_dimensions(self):
        self.check_all(WITH_CACHE, DYNAMIC_SIZES, "--dynamic")

    def test_same_seed_gives_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = self.make(folder, "bert-base", TEXT)
            first = path.read_bytes()
            self.make(folder, "bert-base", TEXT, "--force")
            self.assertEqual(first, path.read_bytes())

    def test_present_file_is_not_made_again(self):
        with tempfile.TemporaryDirectory() as folder:
            arguments = ["bert-base", *TEXT.split(), "--output-dir", folder]
            self.assertIn("wrote", run_make(*arguments))
            self.assertIn("already there", run_make(*arguments))
            self.assertEqual(len(os.listdir(folder)), 1)

    def test_committed_files_are_what_is_made(self):
        folder = pathlib.Path(make.__file__).parent.parent / "test" / "Inputs"
        for name, line in COMMITTED.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as made:
                path = self.make(made, *line.split(maxsplit=1))
                committed = folder / "exported" / f"{name}.onnx"
                self.assertEqual(path.read_bytes(), committed.read_bytes())

    def test_shapes_only(self):
        """The products are those of the model with weights, of which those
        that are large are in a file that is not there."""
        import onnx

        def load(name, *more):
            sizes = "--layers 2 --hidden 512 --heads 4"
            with tempfile.TemporaryDirectory() as folder:
                path = self.make(folder, name, sizes, *more)
                self.assertEqual(os.listdir(folder), [path.name])
                return onnx.load(str(path), load_external_data=False).graph

        def count(graph):
            return sum(
                node.op_type in ("MatMul", "Gemm", "Softmax")
                for node in graph.node
            )

        for name in ("bert-base", "gpt2-small", "llama-like", "vit-b16"):
            with self.subTest(name):
                more = ["--kv-heads", "2"] if name == "llama-like" else []
                graph = load(name, *more, "--shapes-only")
                self.assertEqual(count(graph), count(load(name, *more)))
                external = onnx.TensorProto.EXTERNAL
                for weight in graph.initializer:
                    size = math.prod(weight.dims)
                    # Masks and tables of positions are computed.
                    if weight.name.endswith("weight"):
                        self.assertEqual(
                            weight.data_location == external,
                            size > 1 << 16,
                            weight.name,
                        )
                names = {weight.name for weight in graph.initializer}
                inputs = {value.name for value in graph.input}
                self.assertFalse(names & inputs)

    @unittest.skipUnless(HAS_ORACLE, "needs npm ci in test/oracle")
    def test_cache_gives_the_same_logits_as_the_whole_sequence(self):
        for name in DECODERS:
            with self.subTest(name):
                self.check_decoding(name)

    def check_decoding(self, name):
        """Six tokens at once, and five tokens and then one."""
        import numpy

        import oracle

        tokens = numpy.random.RandomState(1).randint(0, VOCAB, (1, 6))
        with tempfile.TemporaryDirectory() as folder:
            whole = self.make(folder, name, MODELS[name])
            mask = numpy.ones((1, 6), numpy.int64)
            inputs = {"input_ids": tokens, "attention_mask": mask}
            expected = oracle.run(whole, inputs)["logits"]
        with tempfile.TemporaryDirectory() as folder:
            path = self.make(folder, name, WITH_CACHE[name], "--dynamic")
            empty = self.empty_cache(path)
            inputs = {"input_ids": tokens[:, :5], "attention_mask": mask[:, :5]}
            first = oracle.run(path, {**inputs, **empty})
            cache = {
                key: first[key.replace("past_key_values", "present")]
                for key in empty
            }
            inputs = {"input_ids": tokens[:, 5:], "attention_mask": mask}
            second = oracle.run(path, {**inputs, **cache})
        found = numpy.concatenate([first["logits"], second["logits"]], axis=1)
        self.assertLess(numpy.abs(found - expected).max(), 1e-5)

    def empty_cache(self, path):
        """Keys and values of no tokens."""
        import numpy
        import onnx

        cache = {}
        for value in onnx.load(str(path)).graph.input:
            if value.name.startswith("past_key_values"):
                _, heads, _, size = value.type.tensor_type.shape.dim
                dims = (1, heads.dim_value, 0, size.dim_value)
                cache[value.name] = numpy.zeros(dims, numpy.float32)
        return cache


if __name__ == "__main__":
    unittest.main()
