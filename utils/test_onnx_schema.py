"""Tests of third_party/onnx/onnx.proto: it compiles, agrees with the schema of
Debian's python3-onnx (an older ONNX), and is what its source gives."""

import pathlib
import subprocess
import tempfile
import unittest

import onnx.onnx_ml_pb2
from google.protobuf import descriptor_pb2

FOLDER = pathlib.Path(__file__).parents[1] / "third_party/onnx"
# In onnx-ml.proto only, and dropped since.
DROPPED = {"TypeProto.Opaque", "TypeProto.opaque_type",
           "FunctionProto.since_version", "FunctionProto.status"}


def compiled():
    """The descriptor of onnx.proto, made by protoc."""
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run(["protoc", "-I", FOLDER, "onnx.proto",
                        f"--descriptor_set_out={file.name}"], check=True)
        return descriptor_pb2.FileDescriptorSet.FromString(file.read()).file[0]


def flatten(messages, enums, prefix=""):
    """Maps dotted names to what is on the wire."""
    result = {}
    for enum in enums:
        for value in enum.value:
            result[f"{prefix}{enum.name}.{value.name}"] = value.number
    for message in messages:
        name = prefix + message.name
        result[name] = "message"
        for field in message.field:
            kind = field.type_name.split(".", 2)[-1] or field.type
            result[f"{name}.{field.name}"] = (
                field.number, field.label, kind, field.options.packed)
        result.update(flatten(message.nested_type, message.enum_type,
                              name + "."))
    return result


class SchemaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = compiled()
        cls.ours = flatten(cls.file.message_type, cls.file.enum_type)

    def test_package_is_our_own(self):
        self.assertEqual(self.file.package, "atleus_onnx")

    def test_agrees_with_the_older_schema(self):
        older = descriptor_pb2.FileDescriptorProto()
        onnx.onnx_ml_pb2.DESCRIPTOR.CopyToProto(older)
        theirs = flatten(older.message_type, older.enum_type)
        for name, value in theirs.items():
            if not name.startswith(tuple(DROPPED)) and \
                    name != "Version.IR_VERSION":
                self.assertEqual(self.ours.get(name), value, name)

    def test_has_what_came_later(self):
        types = "TensorProto.DataType."
        self.assertEqual(
            [self.ours[types + name] for name in
             ("FLOAT8E4M3FN", "FLOAT8E5M2FNUZ", "UINT4", "INT4", "FLOAT4E2M1")],
            [17, 20, 21, 22, 23])
        self.assertEqual(self.ours["ModelProto.functions"][0], 25)
        self.assertEqual(self.ours["NodeProto.overload"][0], 8)

    def test_reads_what_the_older_one_writes(self):
        tensor = onnx.TensorProto(dims=[2], data_type=1, name="w",
                                  data_location=onnx.TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="w.bin")
        model = onnx.ModelProto(ir_version=8, graph=onnx.GraphProto(
            initializer=[tensor]))
        text = subprocess.run(
            ["protoc", "-I", FOLDER, "--decode=atleus_onnx.ModelProto",
             "onnx.proto"], input=model.SerializeToString(), check=True,
            stdout=subprocess.PIPE).stdout.decode()
        self.assertIn('value: "w.bin"', text)
        self.assertIn("data_location: EXTERNAL", text)

    def test_is_what_the_source_gives(self):
        if not (FOLDER / "node_modules/onnx-buf").exists():
            self.skipTest("onnx-buf is not installed")
        subprocess.run(["node", "extract_schema.mjs", "--check"], cwd=FOLDER,
                       check=True)


if __name__ == "__main__":
    unittest.main()
