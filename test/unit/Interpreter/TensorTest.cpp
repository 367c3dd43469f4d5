// Tests of tensors: sharing, views, attributes and element types.
#include "atleus/Interpreter/Tensor.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinDialect.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace atleus;

namespace {
struct TensorTest : public ::testing::Test {
  TensorTest() { context.loadDialect<quant::QuantDialect>(); }

  DenseResourceElementsAttr resource(RankedTensorType type, StringRef name,
                                     ArrayRef<char> bytes) {
    return DenseResourceElementsAttr::get(
        type, name, UnmanagedAsmResourceBlob::allocateInferAlign(bytes));
  }
  std::string messageOf(ElementsAttr attribute) {
    llvm::Expected<Tensor> tensor = Tensor::fromAttribute(attribute);
    return tensor ? "no error" : llvm::toString(tensor.takeError());
  }

  MLIRContext context;
  Builder builder{&context};
  Type f32 = builder.getF32Type();
};
} // namespace

TEST_F(TensorTest, copies_share_until_one_is_written) {
  Tensor a = Tensor::of<float>({2, 2}, f32, {1, 2, 3, 4});
  Tensor b = a;
  EXPECT_EQ(a.bytes().data(), b.bytes().data());
  b.mutableAs<float>()[0] = 9;
  EXPECT_EQ(a.as<float>()[0], 1);
  EXPECT_EQ(b.as<float>()[0], 9);
  EXPECT_EQ(b.as<float>()[3], 4);
  const char *before = b.bytes().data();
  b.mutableAs<float>()[1] = 8;
  EXPECT_EQ(b.bytes().data(), before) << "the only owner writes in place";
}

TEST_F(TensorTest, a_view_is_not_copied_and_never_written) {
  alignas(4) float values[] = {1, 2, 3};
  ArrayRef<char> bytes(reinterpret_cast<char *>(values), sizeof(values));
  Tensor view = Tensor::view({3}, f32, bytes);
  EXPECT_EQ(view.bytes().data(), bytes.data());
  view.mutableAs<float>()[0] = 7;
  EXPECT_EQ(values[0], 1);
  EXPECT_EQ(view.as<float>()[0], 7);
}

TEST_F(TensorTest, a_view_keeps_its_owner_alive) {
  auto owner = std::make_shared<std::vector<int64_t>>(2, 5);
  std::weak_ptr<std::vector<int64_t>> watch = owner;
  ArrayRef<char> bytes(reinterpret_cast<char *>(owner->data()), 16);
  Tensor view = Tensor::view({2}, builder.getI64Type(), bytes, owner);
  owner.reset();
  EXPECT_FALSE(watch.expired());
  view = Tensor();
  EXPECT_TRUE(watch.expired());
}

TEST_F(TensorTest, unaligned_bytes_are_copied) {
  alignas(4) char bytes[9] = {};
  float value = 2.5f;
  memcpy(bytes + 1, &value, 4);
  Tensor tensor = Tensor::view({1}, f32, ArrayRef<char>(bytes + 1, 4));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.bytes().data()) % 4, 0u);
  EXPECT_EQ(tensor.as<float>()[0], 2.5f);
}

TEST_F(TensorTest, with_shape_shares_the_elements) {
  Tensor a = Tensor::of<float>({2, 3}, f32, {1, 2, 3, 4, 5, 6});
  Tensor b = a.withShape({3, 1, 2});
  EXPECT_EQ(a.bytes().data(), b.bytes().data());
  EXPECT_EQ(b.getShape(), ArrayRef<int64_t>({3, 1, 2}));
}

TEST_F(TensorTest, scalars_and_empty_tensors) {
  Tensor scalar = Tensor::of<float>({}, f32, {3});
  EXPECT_EQ(scalar.numElements(), 1);
  EXPECT_EQ(scalar.getRank(), 0);
  Tensor empty = Tensor::zeros({0, 5}, f32);
  EXPECT_EQ(empty.numElements(), 0);
  EXPECT_TRUE(empty.as<float>().empty());
}

TEST_F(TensorTest, element_counts_that_overflow_are_found) {
  int64_t large = int64_t(1) << 31;
  EXPECT_EQ(checkedNumElements({2, 3}), 6);
  EXPECT_EQ(checkedNumElements({}), 1);
  EXPECT_EQ(checkedNumElements({large, large, 4}), std::nullopt);
  EXPECT_EQ(checkedNumElements({large, large}, 1), int64_t(1) << 62);
  EXPECT_EQ(checkedNumElements({large, large}, 4), std::nullopt);
  EXPECT_EQ(checkedNumElements({large, large, large, 0}), 0);
  EXPECT_EQ(checkedNumElements({2, ShapedType::kDynamic}), std::nullopt);
}

TEST_F(TensorTest, dense_attributes_become_views) {
  auto type = RankedTensorType::get({3}, f32);
  auto dense = DenseElementsAttr::get<float>(type, {1, 2, 3});
  Tensor tensor = llvm::cantFail(Tensor::fromAttribute(dense));
  EXPECT_EQ(tensor.bytes().data(), dense.getRawData().data());
  EXPECT_EQ(tensor.toAttribute(), dense);
}

TEST_F(TensorTest, splats_are_expanded) {
  auto type = RankedTensorType::get({2, 2}, builder.getI64Type());
  auto dense = DenseElementsAttr::get<int64_t>(type, {7});
  Tensor tensor = llvm::cantFail(Tensor::fromAttribute(dense));
  EXPECT_EQ(tensor.as<int64_t>(), ArrayRef<int64_t>({7, 7, 7, 7}));
  EXPECT_EQ(tensor.toAttribute(), dense);
}

TEST_F(TensorTest, booleans_take_a_byte_each) {
  auto type = RankedTensorType::get({9}, builder.getI1Type());
  SmallVector<bool> values = {1, 0, 0, 1, 1, 0, 1, 0, 1};
  auto dense = DenseElementsAttr::get(type, ArrayRef<bool>(values));
  Tensor tensor = llvm::cantFail(Tensor::fromAttribute(dense));
  EXPECT_EQ(tensor.numBytes(), 9);
  EXPECT_EQ(tensor.as<bool>(), ArrayRef<bool>(values));
  EXPECT_EQ(tensor.toAttribute(), dense);

  char raw[9] = {1, 0, 0, 2, 1, 0, 1, 0, 1};
  Tensor blob =
      llvm::cantFail(Tensor::fromAttribute(resource(type, "mask", raw)));
  EXPECT_EQ(blob.as<bool>(), ArrayRef<bool>(values));
}

TEST_F(TensorTest, narrow_integers_take_a_byte_each) {
  auto type = RankedTensorType::get({3}, builder.getIntegerType(4));
  SmallVector<APInt> values = {APInt(4, 7), APInt(4, -8, true), APInt(4, 1)};
  auto dense = DenseElementsAttr::get(type, values);
  Tensor tensor = llvm::cantFail(Tensor::fromAttribute(dense));
  EXPECT_EQ(tensor.numBytes(), 3);
  EXPECT_EQ(tensor.getInteger(0), 7);
  EXPECT_EQ(tensor.getInteger(1), -8);
  EXPECT_EQ(tensor.toAttribute(), dense);
}

TEST_F(TensorTest, resource_blobs_are_not_copied) {
  alignas(64) static const float values[] = {1, 2, 3, 4};
  ArrayRef<char> bytes(reinterpret_cast<const char *>(values), 16);
  auto attribute = DenseResourceElementsAttr::get(
      RankedTensorType::get({2, 2}, f32), "w",
      UnmanagedAsmResourceBlob::allocateInferAlign(bytes));
  Tensor tensor = llvm::cantFail(Tensor::fromAttribute(attribute));
  EXPECT_EQ(tensor.bytes().data(), bytes.data());
  EXPECT_EQ(tensor.as<float>()[3], 4);
}

TEST_F(TensorTest, attributes_that_cannot_be_read) {
  auto type = RankedTensorType::get({2}, f32);
  auto &manager = DenseResourceElementsHandle::getManagerInterface(&context);
  auto elided = DenseResourceElementsAttr::get(type, manager.insert("w"));
  EXPECT_EQ(messageOf(elided),
            "weights 'w' were elided, this file cannot be executed");
  char bytes[7] = {};
  EXPECT_EQ(messageOf(resource(type, "short", bytes)),
            "weights 'short' have 7 bytes, expected 8 for tensor<2xf32>");
  auto complex = RankedTensorType::get({1}, ComplexType::get(f32));
  auto attribute = DenseElementsAttr::get(complex, {std::complex<float>(1, 2)});
  EXPECT_EQ(messageOf(attribute),
            "element type complex<f32> cannot be interpreted");
  auto sparse = SparseElementsAttr::get(
      type,
      DenseElementsAttr::get<int64_t>(
          RankedTensorType::get({1, 1}, builder.getI64Type()), {0}),
      DenseElementsAttr::get<float>(RankedTensorType::get({1}, f32), {1}));
  EXPECT_EQ(messageOf(sparse), "expected a dense or dense_resource attribute");
}

TEST_F(TensorTest, quantized_elements_are_storage_integers) {
  auto type = quant::UniformQuantizedType::get(quant::QuantizationFlags::Signed,
                                               builder.getI8Type(), f32, 0.5, 0,
                                               -128, 127);
  Tensor tensor = Tensor::of<int8_t>({2}, type, {-3, 4});
  EXPECT_EQ(tensor.getKind(), ElementKind::Int8);
  EXPECT_EQ(tensor.getInteger(0), -3);
  auto stored = cast<DenseElementsAttr>(tensor.toAttribute());
  EXPECT_TRUE(stored.getElementType().isInteger(8));

  auto dynamic = quant::AnyQuantizedType::get(
      quant::QuantizationFlags::Signed, builder.getI8Type(), f32, -128, 127);
  Tensor any = tensor.withElementType(dynamic);
  EXPECT_EQ(any.bytes().data(), tensor.bytes().data());
  any.setRunTimeScale(0.25f);
  Tensor copy = any.withShape({1, 2});
  EXPECT_EQ(copy.getRunTimeScale(), 0.25f);
  EXPECT_EQ(tensor.getRunTimeScale(), std::nullopt);
}

TEST_F(TensorTest, half_floats_round_to_even) {
  struct Case {
    float value, expected;
  } cases[] = {
      {1.0f, 1.0f},
      {65504.0f, 65504.0f},
      {65519.0f, 65504.0f},
      {65520.0f, INFINITY},
      {1.0f + 0x1p-11f, 1.0f},               // tie to even
      {1.0f + 3 * 0x1p-11f, 1.0f + 0x1p-9f}, // tie to even, upwards
      {0x1p-24f, 0x1p-24f},                  // smallest denormal
      {0x1p-25f, 0.0f},                      // half of it: to even
      {0x1.8p-24f, 0x1p-23f},                // 1.5 units: to even
      {-0x1.ff8p-15f, -0x1.ff8p-15f},        // largest denormal
      {-0x1.ffcp-15f, -0x1p-14f},            // tie to even, to a normal
      {-INFINITY, -INFINITY},
  };
  for (const Case &c : cases)
    EXPECT_EQ(static_cast<float>(Float16(c.value)), c.expected) << c.value;
  EXPECT_TRUE(std::isnan(static_cast<float>(Float16(NAN))));
  EXPECT_TRUE(std::signbit(static_cast<float>(Float16(-0.0f))));
}

TEST_F(TensorTest, every_half_converts_there_and_back) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    Float16 half = llvm::bit_cast<Float16>(static_cast<uint16_t>(bits));
    float value = half;
    if (std::isnan(value))
      continue;
    ASSERT_EQ(llvm::bit_cast<uint16_t>(Float16(value)), bits);
  }
}

TEST_F(TensorTest, bfloats_round_to_even) {
  EXPECT_EQ(static_cast<float>(BFloat16(1.0f + 0x1p-8f)), 1.0f);
  EXPECT_EQ(static_cast<float>(BFloat16(1.0f + 3 * 0x1p-8f)), 1.0f + 0x1p-6f);
  EXPECT_EQ(static_cast<float>(BFloat16(3.4e38f)), INFINITY);
  EXPECT_TRUE(std::isnan(static_cast<float>(BFloat16(NAN))));
}

TEST_F(TensorTest, shapes_in_messages) {
  EXPECT_EQ(formatShape({2, 3}), "2x3");
  EXPECT_EQ(formatShape({}), "scalar");
  EXPECT_EQ(formatShape({ShapedType::kDynamic, 4}), "?x4");
}
