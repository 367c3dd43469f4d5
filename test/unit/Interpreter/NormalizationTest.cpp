// Tests of softmax, normalizations and attention; values from NumPy.
#include "TensorFixture.h"

#include "atleus/Interpreter/Attention.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Normalization.h"
#include "atleus/Interpreter/Quantization.h"

#include <cmath>

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;
using NormalizationTest = TensorFixture;

TEST_F(NormalizationTest, softmax_along_each_axis) {
  Tensor x = floats({2, 3}, {1, 2, 3, -1, 0, 4});
  expectNear(softmax(x, 1), {0.090030573f, 0.24472847f, 0.66524096f,
                             0.0065732632f, 0.017867982f, 0.97555875f});
  expectNear(softmax(x, 0), {0.88079708f, 0.88079708f, 0.26894142f, 0.11920292f,
                             0.11920292f, 0.73105858f});
  expectNear(softmax(convert(x, f64), 0),
             {0.88079708f, 0.88079708f, 0.26894142f, 0.11920292f, 0.11920292f,
              0.73105858f});
}

TEST_F(NormalizationTest, softmax_of_large_values_does_not_overflow) {
  Tensor x = floats({1, 3}, {1000, 999, -INFINITY});
  expectNear(softmax(x, 1), {0.73105858f, 0.26894142f, 0});
  Tensor hidden = floats({1, 2}, {-INFINITY, -INFINITY});
  EXPECT_EQ(softmax(hidden, 1).as<float>(), llvm::ArrayRef<float>({0, 0}));
  Tensor invalid = floats({1, 2}, {-INFINITY, NAN});
  EXPECT_TRUE(std::isnan(softmax(invalid, 1).as<float>()[0]));
}

TEST_F(NormalizationTest, softmax_of_long_rows_sums_to_one) {
  Tensor result = softmax(randomFloats({50, 1003}), 1);
  for (int64_t row = 0; row < 50; ++row) {
    double sum = 0;
    for (float value : result.as<float>().slice(row * 1003, 1003))
      sum += value;
    EXPECT_NEAR(sum, 1.0, 1e-6);
  }
}

TEST_F(NormalizationTest, layer_norm) {
  Tensor x = floats({2, 3}, {1, 2, 3, -1, 0, 4});
  Tensor w = floats({3}, {1, 2, 0.5f}), b = floats({3}, {0, 0.1f, -0.2f});
  std::vector<float> expected = {-1.2247357f,  0.1f,         0.41236784f,
                                 -0.92581911f, -0.82581911f, 0.49436433f};
  expectNear(layerNorm(x, w, b, 1e-5), expected);
  expectNear(layerNorm(convert(x, f16), convert(w, f16), convert(b, f16), 1e-5),
             expected, 1e-3f);
  Tensor withoutBias = layerNorm(x, w, Tensor(), 1e-5);
  EXPECT_NEAR(withoutBias.as<float>()[1], 0.0f, 1e-6);
}

TEST_F(NormalizationTest, layer_norm_over_several_dimensions) {
  Tensor x = randomFloats({3, 4, 5}), w = randomFloats({4, 5});
  Tensor result = layerNorm(x, w, Tensor(), 1e-5);
  Tensor flat =
      layerNorm(x.withShape({3, 20}), w.withShape({20}), Tensor(), 1e-5);
  EXPECT_EQ(result.as<float>(), flat.as<float>());
}

TEST_F(NormalizationTest, layer_norm_keeps_precision_far_from_zero) {
  Tensor x = floats({1, 4}, {10000, 10001, 10002, 10003});
  Tensor w = floats({4}, {1, 1, 1, 1});
  expectNear(layerNorm(x, w, Tensor(), 0.0),
             {-1.3416408f, -0.4472136f, 0.4472136f, 1.3416408f});
}

TEST_F(NormalizationTest, rms_norm) {
  Tensor x = floats({2, 3}, {1, 2, 3, -1, 0, 4});
  expectNear(
      rmsNorm(x, floats({3}, {1, 2, 0.5f}), 1e-5),
      {0.46290955f, 1.8516382f, 0.69436433f, -0.42008365f, 0.0f, 0.84016731f});
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

namespace {
struct AttentionTest : public TensorFixture {
  Tensor query() {
    return floats({1, 3, 4}, {-0.5f, -0.4f, -0.3f, -0.2f, -0.1f, 0, 0.1f, 0.2f,
                              0.3f, 0.4f, 0.5f, 0.6f});
  }
  Tensor key() {
    return floats({1, 3, 4}, {0, 0.84f, 0.91f, 0.14f, -0.76f, -0.96f, -0.28f,
                              0.66f, 0.99f, 0.41f, -0.54f, -1});
  }
  Tensor value() {
    return floats({1, 3, 4}, {1, 0.54f, -0.42f, -0.99f, -0.65f, 0.28f, 0.96f,
                              0.75f, -0.15f, -0.91f, -0.84f, 0});
  }
  /// Key or value with the first of its two heads only.
  Tensor firstHead(const Tensor &x) {
    ArrayRef<float> v = x.as<float>();
    return floats({1, 3, 2}, {v[0], v[1], v[4], v[5], v[8], v[9]});
  }
  Tensor run(const Tensor &q, const Tensor &k, const Tensor &v,
             const Tensor &mask, const AttentionOptions &options) {
    return llvm::cantFail(attention(q, k, v, mask, options));
  }
  const std::vector<float> plain = {
      -0.13228211f, 0.10584808f,    -0.16121428f,  -0.025020834f,
      0.058415295f, -0.0046099752f, -0.042394479f, -0.089802702f,
      0.19242272f,  -0.1185581f,    0.024709945f,  -0.17088135f};
};
} // namespace

TEST_F(AttentionTest, two_heads) {
  AttentionOptions options = {2, 2, 0.7, false, nullptr};
  Tensor result = run(query(), key(), value(), Tensor(), options);
  EXPECT_EQ(result.getShape(), ArrayRef<int64_t>({1, 3, 4}));
  expectNear(result, plain);
}

TEST_F(AttentionTest, without_a_batch) {
  AttentionOptions options = {2, 2, 0.7, false, nullptr};
  Tensor result = run(query().withShape({3, 4}), key().withShape({3, 4}),
                      value().withShape({3, 4}), Tensor(), options);
  EXPECT_EQ(result.getShape(), ArrayRef<int64_t>({3, 4}));
  expectNear(result, plain);
}

TEST_F(AttentionTest, causal) {
  AttentionOptions options = {2, 2, 0.7, true, nullptr};
  expectNear(run(query(), key(), value(), Tensor(), options),
             {1.0f, 0.54f, -0.42f, -0.99f, 0.15306017f, 0.40654282f,
              0.26637753f, -0.12456746f, 0.19242272f, -0.1185581f, 0.024709945f,
              -0.17088135f});
  // A last token alone sees all keys before it.
  Tensor last = floats({1, 1, 4}, query().as<float>().take_back(4));
  expectNear(run(last, key(), value(), Tensor(), options),
             {0.19242272f, -0.1185581f, 0.024709945f, -0.17088135f});
}

TEST_F(AttentionTest, mask_is_added_to_the_scores) {
  AttentionOptions options = {2, 2, 0.7, false, nullptr};
  Tensor mask = floats({1, 1, 1, 3}, {0, -1, -1e4f});
  expectNear(run(query(), key(), value(), mask, options),
             {0.26945896f, 0.42488444f, 0.001104816f, -0.45904175f, 0.53877744f,
              0.46732251f, -0.051702824f, -0.5256253f, 0.7371891f, 0.49858737f,
              -0.10009752f, -0.5866447f});
}

TEST_F(AttentionTest, query_heads_share_a_key_head) {
  AttentionOptions options = {2, 1, 0.7, false, nullptr};
  expectNear(
      run(query(), firstHead(key()), firstHead(value()), Tensor(), options),
      {-0.13228211f, 0.10584808f, -0.03274199f, 0.052651532f, 0.058415295f,
       -0.0046099752f, 0.13458798f, -0.062621328f, 0.19242272f, -0.1185581f,
       0.23186493f, -0.17062717f});
}

TEST_F(AttentionTest, quantized_operands_come_close_to_floats) {
  auto type = mlir::quant::UniformQuantizedType::get(
      mlir::quant::QuantizationFlags::Signed, i8, f32, 1.0 / 127, 0, -128, 127);
  AttentionOptions options = {2, 2, 0.7, false, type};
  Tensor result =
      run(llvm::cantFail(quantize(query(), type)),
          llvm::cantFail(quantize(key(), type)),
          llvm::cantFail(quantize(value(), type)), Tensor(), options);
  expectNear(result, plain, 0.02f);
  EXPECT_NE(result.as<float>(), ArrayRef<float>(plain));
}
