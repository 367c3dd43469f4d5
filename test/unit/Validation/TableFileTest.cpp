// Reading of comma-separated values: fields, and where errors are.
#include "atleus/Validation/TableFile.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace atleus;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {
class TableFileTest : public testing::Test {
protected:
  TableFileTest()
      : handler(&context, [this](Diagnostic &diagnostic) {
          auto at = cast<FileLineColLoc>(diagnostic.getLocation());
          errors.push_back(std::to_string(at.getLine()) + ":" +
                           std::to_string(at.getColumn()) + ": " +
                           diagnostic.str());
        }) {}

  std::unique_ptr<TableFile> parse(StringRef text) {
    auto table = TableFile::parse(text, "folder/t.csv", &context);
    return succeeded(table) ? std::move(*table) : nullptr;
  }

  MLIRContext context;
  std::vector<std::string> errors;
  ScopedDiagnosticHandler handler;
};
} // namespace

TEST_F(TableFileTest, FieldsHaveTheNamesOfTheFirstLine) {
  auto table = parse("a,b\n1,x\n\n2,\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->name(), "t");
  ASSERT_EQ(table->rows().size(), 2u);
  EXPECT_EQ(table->rows()[0].count("a"), 1);
  EXPECT_EQ(table->rows()[0].text("b"), "x");
  EXPECT_EQ(table->rows()[1].line(), 4u);
  EXPECT_FALSE(table->rows()[1].has("b"));
}

TEST_F(TableFileTest, QuotesHoldCommasAndQuotes) {
  auto table = parse("a,b\n\"x, \"\"y\"\"\",2");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows()[0].text("a"), "x, \"y\"");
  EXPECT_EQ(table->rows()[0].size("b"), 2);
}

TEST_F(TableFileTest, MarksOfOtherSystemsDoNotCount) {
  auto table = parse("\xEF\xBB\xBF"
                     "a,b\r\n1,2\r\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows()[0].size("a"), 1);
  EXPECT_EQ(table->rows()[0].size("b"), 2);
}

TEST_F(TableFileTest, ATableNeedsRows) {
  EXPECT_FALSE(parse(""));
  EXPECT_FALSE(parse("a,b\n"));
  EXPECT_THAT(errors, ElementsAre("1:1: the table 't' has no rows",
                                  "1:1: the table 't' has no rows"));
}

TEST_F(TableFileTest, RowsHaveAFieldPerColumn) {
  EXPECT_FALSE(parse("a,b\n1,2\n1,2,3\n"));
  EXPECT_FALSE(parse("a,b\n1\n"));
  EXPECT_THAT(
      errors,
      ElementsAre("3:5: expected 2 fields as in the first line, found 3",
                  "2:1: expected 2 fields as in the first line, found 1"));
}

TEST_F(TableFileTest, ColumnsAreThereAndDiffer) {
  EXPECT_FALSE(parse("a,b,a\n1,2,3\n"));
  auto table = parse("a,b\n1,2\n");
  ASSERT_TRUE(table);
  EXPECT_TRUE(failed(table->expectColumns({"b", "c"})));
  EXPECT_THAT(errors, ElementsAre("1:5: there are two columns 'a'",
                                  "1:1: the table 't' has no column 'c'"));
}

TEST_F(TableFileTest, QuotesAreClosed) {
  EXPECT_FALSE(parse("a,b\n1,\"2\n"));
  EXPECT_THAT(
      errors,
      ElementsAre("2:3: the quote that starts here is not closed in its line"));
}

TEST_F(TableFileTest, NumbersAreWhatTheyShouldBe) {
  auto table = parse("a,b\n0,-1\n1000001,nan\n2x,0\n1.5,\n");
  ASSERT_TRUE(table);
  const std::vector<TableRow> &rows = table->rows();
  EXPECT_EQ(rows[0].count("a"), 0);
  EXPECT_EQ(rows[0].size("a"), 1);
  EXPECT_TRUE(rows[0].isMalformed());
  EXPECT_EQ(rows[1].number("b"), 0);
  EXPECT_EQ(rows[2].count("a"), 0);
  EXPECT_EQ(rows[3].positive("b"), 1);
  EXPECT_EQ(rows[3].flag("a"), false);
  EXPECT_THAT(
      errors,
      ElementsAre(
          "2:1: 'a' must be a whole number from 1 to 1000000, found '0'",
          "3:9: 'b' must be a number that is not negative, found 'nan'",
          "4:1: 'a' must be a whole number that is not negative, found '2x'",
          "5:5: 'b' must be a positive number, found ''"));
}

TEST_F(TableFileTest, FlagsAreDigitsOrLetters) {
  auto table = parse("a\n0\n1\nN\nY\nyes\n");
  ASSERT_TRUE(table);
  const std::vector<TableRow> &rows = table->rows();
  EXPECT_FALSE(rows[0].flag("a"));
  EXPECT_TRUE(rows[1].flag("a"));
  EXPECT_FALSE(rows[2].flag("a"));
  EXPECT_TRUE(rows[3].flag("a"));
  EXPECT_THAT(errors, IsEmpty());
  EXPECT_FALSE(rows[4].flag("a"));
  EXPECT_THAT(errors,
              ElementsAre("6:1: 'a' must be 0 or 1, or N or Y, found 'yes'"));
}

TEST_F(TableFileTest, OnlyTheFirstErrorOfARowIsReported) {
  auto table = parse("a,b\nx,y\n");
  ASSERT_TRUE(table);
  table->rows()[0].count("a");
  table->rows()[0].count("b");
  EXPECT_EQ(errors.size(), 1u);
}

TEST_F(TableFileTest, RowsOfOneRunNeedNotBeTogether) {
  auto table = parse("a,b,c\n1,x,1\n1,y,2\n1,x,3\n");
  ASSERT_TRUE(table);
  std::vector<RowGroup> groups = groupRows(table->rows(), {"a", "b"});
  ASSERT_EQ(groups.size(), 2u);
  ASSERT_EQ(groups[0].size(), 2u);
  EXPECT_EQ(groups[0][1]->count("c"), 3);
  EXPECT_EQ(groups[1][0]->count("c"), 2);
  EXPECT_EQ(groupRows(table->rows(), {"a"}).size(), 1u);
}

TEST_F(TableFileTest, AFileThatIsNotThereIsAnError) {
  EXPECT_TRUE(failed(TableFile::read("no/such.csv", &context)));
  EXPECT_THAT(errors, ElementsAre("1:1: cannot read the table: No such file "
                                  "or directory"));
}
