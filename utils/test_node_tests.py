"""Tests of the runner of ONNX's own tests, with a stand-in for the tool."""

import pathlib
import subprocess
import tempfile
import textwrap
import unittest

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

import node_test_page

UTILS = pathlib.Path(__file__).parent


class NodeTestRun(unittest.TestCase):
    """A folder with one test, whose expected output is [1, 2]."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "docs").mkdir()
        self.add_test("test_relu", "Relu")

    def add_test(self, name, operator):
        values = [helper.make_tensor_value_info(text, TensorProto.FLOAT, [2])
                  for text in ("x", "y")]
        graph = helper.make_graph(
            [helper.make_node(operator, ["x"], ["y"])], "g", values[:1],
            values[1:])
        data = self.root / "data/node" / name / "test_data_set_0"
        data.mkdir(parents=True)
        onnx.save(helper.make_model(graph), data.parent / "model.onnx")
        for file, array in (("input_0.pb", [-1, 2]), ("output_0.pb", [1, 2])):
            tensor = numpy_helper.from_array(numpy.array(array, numpy.float32))
            (data / file).write_bytes(tensor.SerializeToString())

    def run_with(self, script, *arguments):
        """Runs the tests; the tool is a Python script with `model`, `inputs`
        and `output`. Returns exit code and output."""
        tool = self.root / "tool"
        tool.write_text("#!/usr/bin/python3\n" + textwrap.dedent("""\
            import pathlib, sys
            import numpy
            model = sys.argv[2]
            folder = pathlib.Path(sys.argv[3].split("=")[1])
            inputs = [text.split("=")[1] for text in sys.argv[4:]]
            def output(array, dtype=numpy.float32):
                folder.mkdir(exist_ok=True)
                numpy.save(folder / "y.npy", numpy.array(array, dtype))
            """) + script)
        tool.chmod(0o755)
        run = subprocess.run(
            [UTILS / "run_node_tests.py", f"--tool={tool}",
             f"--data={self.root / 'data'}", f"--docs={self.root / 'docs'}",
             *arguments],
            text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return run.returncode, run.stdout

    def check_failure(self, script, reason):
        code, output = self.run_with(script, "--only=relu")
        self.assertEqual(code, 1, output)
        self.assertIn(f"FAILED: node/test_relu: {reason}", output)
        self.assertEqual(output.splitlines()[-1], "0 passed, 1 failed")

    def test_equal(self):
        code, output = self.run_with("output([1, 2.001])", "--only=relu")
        self.assertEqual(code, 0, output)
        self.assertEqual(output.splitlines(),
                         ["1 equal to ONNX, 0 refused with a diagnostic, "
                          "0 failed", "1 passed, 0 failed"])

    def test_wrong_results(self):
        self.check_failure("output([1, 2.01])",
                           "output 'y' differs at [1]: found 2.0099")
        self.check_failure("output([[1, 2]])",
                           "output 'y' is float32(1, 2), expected float32(2,)")
        self.check_failure("output([1, 2], numpy.float64)",
                           "output 'y' is float64(2,), expected float32(2,)")
        self.check_failure("", "output 'y' was not written")

    def test_bad_endings(self):
        self.check_failure("sys.exit(2)", "exit code 2")
        self.check_failure("sys.exit(1)", "exit code 1")
        self.check_failure("import os; os.abort()", "exit code -6")
        self.check_failure("output([1, 2]); sys.exit('m: error: no')",
                           "an output was written all the same")

    def test_refused(self):
        script = "sys.exit('m.onnx: error: not today')"
        code, output = self.run_with(script, "--write")
        self.assertEqual(code, 0, output)
        self.assertIn("0 equal to ONNX, 1 refused", output)
        page = (self.root / "docs/onnx-support.md").read_text()
        self.assertRegex(page, r"\| Relu \| \d+ \| 0 \| 1 \| 0 \|  \| not today")

    def test_constant_inputs(self):
        script = """\
if inputs:
    sys.exit("error: input 'shape' must be computable when compiling; it "
             "depends on input 'x' of the model")
output([1, 2])
"""
        code, output = self.run_with(script, "--write")
        self.assertEqual(code, 0, output)
        page = (self.root / "docs/onnx-support.md").read_text()
        self.assertRegex(page, r"\| Relu \| \d+ \| 1 \| 0 \| 0 \| x \|")

    def test_stale_page(self):
        self.run_with("output([1, 2])", "--write")
        code, output = self.run_with("output([1, 2])")
        self.assertEqual((code, output.splitlines()[-1]),
                         (0, "2 passed, 0 failed"))
        self.add_test("test_abs", "Abs")
        code, output = self.run_with("output([1, 2])")
        self.assertEqual((code, output.splitlines()[-1]),
                         (1, "2 passed, 1 failed"))
        self.assertIn("docs/onnx-support.md is out of date", output)

    def test_no_tests(self):
        code, output = self.run_with("", "--only=nothing")
        self.assertEqual((code, output.splitlines()[-1]),
                         (1, "0 passed, 1 failed"))


class PageTest(unittest.TestCase):
    def test_reasons(self):
        self.assertEqual(
            node_test_page.plain_reason("node 'y' (Pad): mode | is wrong"),
            "mode \\| is wrong")
        self.assertEqual(
            node_test_page.plain_reason(
                "2 operators are not known: If (1 node), Loop (3 nodes)"),
            "not known: If, Loop")


if __name__ == "__main__":
    unittest.main()
