// Tests of convolution against loops over the definition.
#include "TensorFixture.h"

#include "atleus/Interpreter/Convolution.h"

using namespace atleus;
using namespace atleus::kernels;
using llvm::ArrayRef;
using ConvolutionTest = TensorFixture;

/// The definition, in double.
static std::vector<double> naive(const Tensor &x, const Tensor &w,
                                 const Tensor &bias,
                                 const ConvolutionWindow &window) {
  int64_t height = x.getDim(2), width = x.getDim(3), channels = x.getDim(1);
  int64_t features = w.getDim(0), perGroup = w.getDim(1);
  auto [rows, columns] = window.resultSize(height, width);
  std::vector<double> result;
  for (int64_t n = 0; n < x.getDim(0); ++n)
    for (int64_t f = 0; f < features; ++f)
      for (int64_t y = 0; y < rows; ++y)
        for (int64_t z = 0; z < columns; ++z) {
          double sum = bias ? bias.as<float>()[f] : 0;
          int64_t group = f / (features / window.groups);
          for (int64_t c = 0; c < perGroup; ++c)
            for (int64_t i = 0; i < window.kernel[0]; ++i)
              for (int64_t j = 0; j < window.kernel[1]; ++j) {
                int64_t inY = y * window.strides[0] - window.pads[0] +
                              i * window.dilations[0];
                int64_t inX = z * window.strides[1] - window.pads[1] +
                              j * window.dilations[1];
                if (inY < 0 || inY >= height || inX < 0 || inX >= width)
                  continue;
                int64_t channel = group * perGroup + c;
                sum +=
                    x.as<float>()[((n * channels + channel) * height + inY) *
                                      width +
                                  inX] *
                    w.as<float>()[((f * perGroup + c) * window.kernel[0] + i) *
                                      window.kernel[1] +
                                  j];
              }
          result.push_back(sum);
        }
  return result;
}

TEST_F(ConvolutionTest, windows) {
  ConvolutionWindow windows[] = {
      {{1, 1}, {1, 1}, {1, 1}, {0, 0, 0, 0}, 1},
      {{3, 3}, {1, 1}, {1, 1}, {1, 1, 1, 1}, 1},
      {{4, 4}, {4, 4}, {1, 1}, {0, 0, 0, 0}, 1}, // patch embedding
      {{3, 2}, {2, 3}, {2, 1}, {2, 0, 1, 3}, 2},
      {{1, 5}, {1, 2}, {1, 2}, {0, 4, 0, 4}, 4}, // depthwise, one row
  };
  for (const ConvolutionWindow &window : windows) {
    Tensor x = randomFloats({2, 4, 8, 9});
    Tensor w = randomFloats(
        {8, 4 / window.groups, window.kernel[0], window.kernel[1]});
    Tensor b = randomFloats({8});
    for (const Tensor &bias : {Tensor(), b}) {
      Tensor result = convolution(x, w, bias, window);
      auto [rows, columns] = window.resultSize(8, 9);
      ASSERT_EQ(result.getShape(), ArrayRef<int64_t>({2, 8, rows, columns}));
      std::vector<double> expected = naive(x, w, bias, window);
      for (size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(result.as<float>()[i], expected[i], 1e-5);
    }
  }
}

TEST_F(ConvolutionTest, patches_are_padded_with_the_given_integer) {
  ConvolutionWindow window;
  window.kernel = {1, 2};
  window.pads = {0, 1, 0, 0};
  Tensor x = Tensor::of<int8_t>({1, 1, 1, 2}, i8, {5, 6});
  Tensor patches = extractPatches(x, window, -3);
  EXPECT_EQ(patches.getShape(), ArrayRef<int64_t>({1, 1, 2, 2}));
  EXPECT_EQ(patches.as<int8_t>(), ArrayRef<int8_t>({-3, 5, 5, 6}));
}
