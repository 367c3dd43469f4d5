"""Tests of lint.py on small trees made on the spot."""

import pathlib
import subprocess
import tempfile
import unittest

import lint
import lint_diagnostics
from cpp_text import code_only, statement_end, strings

HEADER = "// A file.\n"


class LintTest(unittest.TestCase):
    def findings(self, rule, files):
        """Findings of one rule on a tree of {path: text}, as 'path:line'."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["git", "init", "-q", folder], check=True)
            for path, text in files.items():
                file = pathlib.Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return [f"{path}:{line}"
                    for path, line, _ in rule(lint.Tree(folder))]

    def check(self, rule, files, *expected):
        self.assertEqual(self.findings(rule, files), list(expected))

    def test_include_upwards_is_fine(self):
        self.check(lint.dependencies, {
            "lib/Transforms/Tile.cpp": '#include "atleus/Cost/Systolic.h"\n'
                                       '#include "dialects/NN/NN.h"\n'
                                       '#include "mlir/Pass/Pass.h"\n'})

    def test_include_downwards(self):
        self.check(lint.dependencies, {
            "include/atleus/Cost/A.h": '\n#include "atleus/Report/B.h"\n',
            "dialects/NN/NN.cpp": '#include "atleus/Cost/A.h"\n'},
            "dialects/NN/NN.cpp:1", "include/atleus/Cost/A.h:2")

    def test_include_both_ways_in_one_level(self):
        self.check(lint.dependencies, {
            "lib/Cost/A.cpp": '#include "atleus/Scheduling/B.h"\n',
            "lib/Scheduling/B.cpp": '#include "atleus/Cost/A.h"\n'},
            "lib/Scheduling/B.cpp:1")

    def test_pass_in_a_pass_free_folder(self):
        self.check(lint.dependencies, {
            "lib/Cost/A.cpp": '#include "mlir/Pass/Pass.h"\n'},
            "lib/Cost/A.cpp:1")

    def test_unknown_folder(self):
        self.check(lint.dependencies, {"lib/Misc/A.cpp": HEADER},
                   "lib/Misc/A.cpp:1")

    def test_forbidden_calls(self):
        self.check(lint.forbidden_calls, {
            "lib/Cost/A.cpp": "// exit(1)\n"
                              'f("throw");\n'
                              "llvm::errs() << 1;\n"
                              "std::exit(1);\n"
                              "throw 1;\n"
                              "std::abort();\n"
                              "report_fatal_error(x);\n"
                              "scope.exit(1); onExit(2);\n"},
            *[f"lib/Cost/A.cpp:{line}" for line in range(3, 8)])

    def test_tools_may_exit(self):
        self.check(lint.forbidden_calls, {"tools/a/a.cpp": "exit(1);\n"})

    def test_long_files(self):
        self.check(lint.file_sizes, {
            "lib/Cost/A.cpp": "\n" * 801, "dialects/NN/A.td": "\n" * 601,
            "lib/Cost/B.cpp": "\n" * 800}, "dialects/NN/A.td:600",
            "lib/Cost/A.cpp:800")

    def test_large_files(self):
        self.check(lint.file_sizes, {"models/a.onnx": "a" * 2_000_001},
                   "models/a.onnx:1")

    def test_stray_text(self):
        self.check(lint.stray_text, {
            "a.cpp": "// TODO: later\n// TODO(#12): later\n// FIXME\n",
            "b.md": "see /work/a\nsee framework/a and /usr/lib\n",
            "c.json": '"https://registry.npmjs.org/x"\n'},
            "a.cpp:1", "a.cpp:3", "b.md:1", "c.json:1")

    def test_pass_with_file_and_test(self):
        self.check(lint.passes, {
            "include/atleus/Transforms/Passes.td":
                'def AssignTiers : Pass<"atleus-assign-tiers"> {}\n'
                'def ConvertONNXToNN\n    : Pass<"convert-onnx-to-nn"> {}\n',
            "lib/Transforms/AssignTiers.cpp": "",
            "lib/Conversion/ONNXToNN/ONNXToNN.cpp": "",
            "test/Transforms/assign-tiers-order.mlir": "",
            "test/Conversion/ONNXToNN/gelu.mlir": ""})

    def test_pass_without_file_or_test(self):
        path = "include/atleus/Transforms/Passes.td"
        self.check(lint.passes, {
            path: '\ndef Tile : Pass<"atleus-tile"> {}\n'},
            f"{path}:2", f"{path}:2")

    def test_header_comment_and_guard(self):
        guard = "#ifndef {0}\n#define {0}\n#endif\n"
        self.check(lint.headers, {
            "dialects/NN/NN.h": HEADER + guard.format("ATLEUS_NN_NN_H"),
            "include/atleus/Cost/SystolicModel.h":
                HEADER + guard.format("ATLEUS_COST_SYSTOLIC_MODEL_H"),
            "lib/Import/Reader.h":
                HEADER + guard.format("ATLEUS_LIB_IMPORT_READER_H")})
        self.check(lint.headers, {
            "dialects/NN/A.h": guard.format("ATLEUS_NN_A_H"),
            "dialects/NN/B.h": HEADER,
            "dialects/NN/C.h": HEADER + guard.format("ATLEUS_C_H"),
            "lib/Cost/D.cpp": "int a;\n"},
            "dialects/NN/A.h:1", "dialects/NN/B.h:1", "dialects/NN/C.h:2",
            "lib/Cost/D.cpp:1")

    def test_diagnostics(self):
        source = ('emitOpError() << "needs " << n << " arrays of " << m\n'
                  '              << ", but the tier has "\n'
                  '                 "fewer arrays";\n'
                  'emitError(loc, "short");\n'
                  'createStringError("cannot open file {0} for it", x);\n')
        expected = "// expected-error {{, but the tier has fewer arrays}}\n"
        self.check(lint.diagnostics, {
            "lib/Cost/A.cpp": source, "test/Cost/a.mlir": expected},
            "lib/Cost/A.cpp:5")
        self.check(lint.diagnostics, {
            "lib/Cost/A.cpp": source, "test/Cost/a.mlir": expected,
            "test/unit/a.cpp": 'EXPECT_EQ(e, "cannot "\n    "open file");'},
            )

    def test_diagnostic_in_a_function_with_diagnostic_parameter(self):
        self.check(lint.diagnostics, {
            "lib/Cost/A.cpp":
                "void f(function_ref<InFlightDiagnostic()> emitError) {\n"
                '  g("this is no diagnostic");\n'
                '  if (failed(emitError() << "a quoted \\"text\\""))\n'
                '    g("this is no diagnostic either");\n}\n'},
            "lib/Cost/A.cpp:3")


class CppTextTest(unittest.TestCase):
    def test_code_only(self):
        text = 'a = "x;//" /* ; */ R"(;")"; // ;'
        self.assertEqual(code_only(text).split(), ["a", "=", ";"])
        self.assertEqual(len(code_only(text)), len(text))

    def test_digit_separator_is_no_character(self):
        self.assertEqual(code_only("1'000 + 2'000"), "1'000 + 2'000")

    def test_strings(self):
        text = r'f("a" "b\"", R"x(c\d)x");'
        self.assertEqual(strings(text, 0, len(text)), ['ab"', r"c\d"])

    def test_statement_end(self):
        code = "if (a(b; c) && d) e;"
        self.assertEqual(statement_end(code, code.index("a")), 16)

    def test_holes(self):
        self.assertEqual(list(lint_diagnostics.pieces(["a {0} b %d c\n"])),
                         ["a", "b", "c", ""])


if __name__ == "__main__":
    unittest.main()
