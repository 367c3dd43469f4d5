// Budgets as they are written.
#include "atleus/Compression/PrecisionBudget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace atleus;
using testing::HasSubstr;

static PrecisionBudget parse(llvm::StringRef text) {
  return llvm::cantFail(PrecisionBudget::parse(text));
}

static std::string errorOf(llvm::StringRef text) {
  llvm::Expected<PrecisionBudget> budget = PrecisionBudget::parse(text);
  return budget ? "" : llvm::toString(budget.takeError());
}

TEST(PrecisionBudget, CountsSharesAndLosses) {
  EXPECT_EQ(parse("crossbars:2000").kind, PrecisionBudget::Kind::Crossbars);
  EXPECT_EQ(parse("crossbars:2000").amount, 2000);
  EXPECT_EQ(parse("crossbars:62.5%").kind,
            PrecisionBudget::Kind::CrossbarsShare);
  EXPECT_EQ(parse("crossbars:62.5%").amount, 62.5);
  EXPECT_EQ(parse("loss:0.5").kind, PrecisionBudget::Kind::Loss);
  EXPECT_EQ(parse("loss:0.5").amount, 0.5);
  EXPECT_EQ(parse("loss:0").amount, 0);
}

TEST(PrecisionBudget, SaysWhatItExpects) {
  for (llvm::StringRef text : {"", "2000", "arrays:3", "crossbar:3", ":3"})
    EXPECT_EQ(errorOf(text), ("precision budget '" + text +
                              "' must be crossbars:COUNT, crossbars:SHARE% or "
                              "loss:POINTS")
                                 .str());
  for (llvm::StringRef text : {"crossbars:", "crossbars:0", "crossbars:-3",
                               "crossbars:2.5", "crossbars:99999999999"})
    EXPECT_THAT(errorOf(text), HasSubstr("must state a positive count"));
  for (llvm::StringRef text : {"crossbars:%", "crossbars:0%", "crossbars:-1%",
                               "crossbars:nan%", "crossbars:inf%"})
    EXPECT_THAT(errorOf(text), HasSubstr("must state a positive share"));
  for (llvm::StringRef text :
       {"loss:", "loss:-0.1", "loss:101", "loss:nan", "loss:0.5%"})
    EXPECT_THAT(errorOf(text), HasSubstr("must state points of answers"));
}
