// Every element type in each place that its values can stand in: the right
// number of them is imported, any other is refused.
#include "atleus/Import/ONNXImport.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "onnx.pb.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;
using atleus_onnx::ModelProto;
using atleus_onnx::TensorProto;

namespace {

/// A data type, the bits of an element, and the field for its values with how
/// many a tensor of 3 elements has there.
struct TypeCase {
  TensorProto::DataType type;
  int bits;
  const char *field;
  int values;
};

class TensorLength : public testing::TestWithParam<TypeCase> {
protected:
  /// A model with one initializer, a tensor of 3 elements.
  ModelProto makeModel() {
    ModelProto model;
    model.set_ir_version(8);
    model.add_opset_import()->set_version(17);
    model.mutable_graph()->add_output()->set_name("w");
    TensorProto *tensor = model.mutable_graph()->add_initializer();
    tensor->set_name("w");
    tensor->add_dims(3);
    tensor->set_data_type(GetParam().type);
    return model;
  }

  /// The first error of the import, or an empty string.
  std::string import(const ModelProto &model) {
    MLIRContext context;
    std::string message;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      message = diagnostic.str();
      return success();
    });
    std::shared_ptr<const llvm::MemoryBuffer> file =
        llvm::MemoryBuffer::getMemBufferCopy(model.SerializeAsString(),
                                             "model.onnx");
    OwningOpRef<ModuleOp> module = importONNX(file, &context);
    EXPECT_EQ(static_cast<bool>(module), message.empty());
    return message;
  }

  /// What the import says about `count` bytes of raw data.
  std::string importRaw(int count) {
    ModelProto model = makeModel();
    model.mutable_graph()->mutable_initializer(0)->set_raw_data(
        std::string(count, '\0'));
    return import(model);
  }

  /// What the import says about `count` zeros in the field of the type.
  std::string importField(int count) {
    ModelProto model = makeModel();
    TensorProto *tensor = model.mutable_graph()->mutable_initializer(0);
    llvm::StringRef field = GetParam().field;
    for (int i = 0; i < count; ++i)
      if (field == "float_data")
        tensor->add_float_data(0);
      else if (field == "double_data")
        tensor->add_double_data(0);
      else if (field == "int32_data")
        tensor->add_int32_data(0);
      else if (field == "int64_data")
        tensor->add_int64_data(0);
      else
        tensor->add_uint64_data(0);
    return import(model);
  }
};

TEST_P(TensorLength, RawData) {
  int bytes = (3 * GetParam().bits + 7) / 8;
  EXPECT_EQ(importRaw(bytes), "");
  for (int wrong : {bytes - 1, bytes + 1, 2 * bytes})
    EXPECT_THAT(importRaw(wrong),
                testing::EndsWith("expects " + std::to_string(bytes) +
                                  " bytes, found " + std::to_string(wrong)));
}

TEST_P(TensorLength, TypedField) {
  auto [type, bits, field, values] = GetParam();
  EXPECT_EQ(importField(values), "");
  for (int wrong : {values - 1, values + 1})
    if (wrong > 0)
      EXPECT_THAT(importField(wrong),
                  testing::EndsWith("expects " + std::to_string(values) +
                                    " values in its " + field + ", found " +
                                    std::to_string(wrong)));
}

INSTANTIATE_TEST_SUITE_P(
    AllTypes, TensorLength,
    testing::Values(TypeCase{TensorProto::FLOAT, 32, "float_data", 3},
                    TypeCase{TensorProto::DOUBLE, 64, "double_data", 3},
                    TypeCase{TensorProto::FLOAT16, 16, "int32_data", 3},
                    TypeCase{TensorProto::BFLOAT16, 16, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT8E4M3FN, 8, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT8E4M3FNUZ, 8, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT8E5M2, 8, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT8E5M2FNUZ, 8, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT8E8M0, 8, "int32_data", 3},
                    TypeCase{TensorProto::FLOAT4E2M1, 4, "int32_data", 2},
                    TypeCase{TensorProto::COMPLEX64, 64, "float_data", 6},
                    TypeCase{TensorProto::COMPLEX128, 128, "double_data", 6},
                    TypeCase{TensorProto::BOOL, 8, "int32_data", 3},
                    TypeCase{TensorProto::INT2, 2, "int32_data", 1},
                    TypeCase{TensorProto::INT4, 4, "int32_data", 2},
                    TypeCase{TensorProto::INT8, 8, "int32_data", 3},
                    TypeCase{TensorProto::INT16, 16, "int32_data", 3},
                    TypeCase{TensorProto::INT32, 32, "int32_data", 3},
                    TypeCase{TensorProto::INT64, 64, "int64_data", 3},
                    TypeCase{TensorProto::UINT2, 2, "int32_data", 1},
                    TypeCase{TensorProto::UINT4, 4, "int32_data", 2},
                    TypeCase{TensorProto::UINT8, 8, "int32_data", 3},
                    TypeCase{TensorProto::UINT16, 16, "int32_data", 3},
                    TypeCase{TensorProto::UINT32, 32, "uint64_data", 3},
                    TypeCase{TensorProto::UINT64, 64, "uint64_data", 3}),
    [](const testing::TestParamInfo<TypeCase> &info) {
      return TensorProto::DataType_Name(info.param.type);
    });

} // namespace
