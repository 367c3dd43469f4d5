"""Configuration of the lit suite: which files are tests, and the tools."""
import os

import lit.formats
from lit.llvm import llvm_config
from lit.llvm.subst import ToolSubst

config.name = "Atleus"
config.test_format = lit.formats.ShTest(not llvm_config.use_lit_shell)
config.suffixes = [".mlir", ".test"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.atleus_binary_dir, "test")
config.excludes = ["Inputs", "node_modules", "unit", "install"]
if config.sanitizer:
    config.available_features.add("sanitizer")

llvm_config.use_default_substitutions()
llvm_config.with_environment(
    "PATH", [config.atleus_tools_dir, config.llvm_tools_dir], append_path=True)
config.substitutions.append(("%source_dir", config.atleus_source_dir))
config.substitutions.append(("%python", "/usr/bin/python3"))
# Trained models, in the packages that test/oracle/package.json names.
config.substitutions.append(("%npm", os.path.join(
    config.test_source_root, "oracle", "node_modules")))
config.substitutions.append(("%inputs", os.path.join(
    config.test_source_root, "Inputs")))
# The machine of --machine=atleus is not the tool.
llvm_config.add_tool_substitutions(
    [ToolSubst("atleus", pre=r".-^/\<='"), "atleus-opt", "atleus-translate",
     "atleus-lsp-server", "atleus-test-evaluate"],
    [config.atleus_tools_dir])
