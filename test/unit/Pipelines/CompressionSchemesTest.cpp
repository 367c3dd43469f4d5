// Tests of the table of schemes.
#include "atleus/Pipelines/CompressionSchemes.h"

#include "llvm/ADT/StringSet.h"

#include <gtest/gtest.h>

using namespace atleus;

/// The text of the error, which there must be.
static std::string messageOf(std::vector<std::string> names) {
  auto schemes = findCompressionSchemes(names);
  EXPECT_FALSE(static_cast<bool>(schemes));
  return llvm::toString(schemes.takeError());
}

TEST(CompressionSchemesTest, names_are_all_different_and_fit_for_folders) {
  llvm::StringSet<> seen;
  for (const CompressionScheme &scheme : getCompressionSchemes()) {
    EXPECT_TRUE(seen.insert(scheme.name).second) << scheme.name.str();
    EXPECT_EQ(
        scheme.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
        llvm::StringRef::npos)
        << scheme.name.str();
    EXPECT_FALSE(scheme.description.empty());
  }
}

TEST(CompressionSchemesTest, without_names_all_are_found) {
  auto schemes = findCompressionSchemes({});
  ASSERT_TRUE(static_cast<bool>(schemes));
  EXPECT_EQ(schemes->size(), getCompressionSchemes().size());
}

TEST(CompressionSchemesTest, names_are_found_in_their_order) {
  std::vector<std::string> names = {"int8-per-channel", "int8-per-tensor"};
  auto schemes = findCompressionSchemes(names);
  ASSERT_TRUE(static_cast<bool>(schemes));
  ASSERT_EQ(schemes->size(), 2u);
  EXPECT_EQ((*schemes)[0].name, "int8-per-channel");
  EXPECT_EQ((*schemes)[1].name, "int8-per-tensor");
}

TEST(CompressionSchemesTest, an_unknown_name_is_answered_with_the_nearest) {
  EXPECT_TRUE(llvm::StringRef(messageOf({"int8-per-chanel"}))
                  .starts_with("no scheme is named 'int8-per-chanel'; there "
                               "are 'int8-per-channel', "));
  EXPECT_EQ(messageOf({"int8-per-tensor", "int8-per-tensor"}),
            "scheme 'int8-per-tensor' is named twice");
}

TEST(CompressionSchemesTest, without_compression_keeps_all_else) {
  PipelineOptions options;
  options.precisions = {"*=4"};
  options.weightBits = 3;
  options.activationBits = 6;
  options.weightCode = WeightCoding::Affine;
  options.activationCode = ActivationCoding::Affine;
  options.weightScales = WeightScales::PerTensor;
  options.weightClipping = WeightClipping::MeanSquaredError;
  options.blockRows = 64;
  options.blockColumns = 16;
  options.calibration = "samples.npz";
  options.calibrationMethod = CalibrationMethod::Entropy;
  options.machine = "isaac";
  PipelineOptions plain = withoutCompression(options);
  EXPECT_TRUE(plain.precisions.empty());
  EXPECT_EQ(plain.weightBits, 8u);
  EXPECT_EQ(plain.activationBits, 8u);
  EXPECT_EQ(plain.weightCode, WeightCoding::Symmetric);
  EXPECT_EQ(plain.activationCode, ActivationCoding::Symmetric);
  EXPECT_EQ(plain.weightScales, WeightScales::PerChannel);
  EXPECT_EQ(plain.weightClipping, WeightClipping::MinMax);
  EXPECT_EQ(plain.blockRows, 0);
  EXPECT_EQ(plain.blockColumns, 0);
  EXPECT_EQ(plain.calibration, "samples.npz");
  EXPECT_EQ(plain.calibrationMethod, CalibrationMethod::Entropy);
  EXPECT_EQ(plain.machine, "isaac");
}

TEST(CompressionSchemesTest, no_two_schemes_do_the_same) {
  auto describe = [](const CompressionScheme &scheme) {
    PipelineOptions options;
    scheme.apply(options);
    return std::make_tuple(options.weightBits, options.activationBits,
                           options.weightCode, options.weightScales);
  };
  llvm::ArrayRef<CompressionScheme> all = getCompressionSchemes();
  for (size_t i = 0; i < all.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      EXPECT_NE(describe(all[i]), describe(all[j])) << all[i].name.str();
}
