// Tests that an op reads what its access says. The interpreter is the witness:
// if elements of an operand outside the tile change, the tile of the result
// must not; and if those on any face of the tile change, it must.
#include "OpFixture.h"

#include "AccessCases.h"
#include "atleus/Interpreter/Interpreter.h"

#include <random>

using namespace mlir;
using namespace atleus;

namespace {
class AccessTest : public OpFixtureOf<::testing::TestWithParam<AccessCase>> {
protected:
  int64_t number(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(generator);
  }

  Tile randomTile(ArrayRef<int64_t> shape) {
    Tile tile;
    for (int64_t size : shape) {
      int64_t offset = number(0, size - 1);
      tile.offsets.push_back(offset);
      tile.sizes.push_back(number(1, size - offset));
    }
    return tile;
  }

  /// Sets element `index` to a random value; `scale` is the largest float.
  void randomize(Tensor &tensor, int64_t index, float scale) {
    Type type = tensor.getElementType();
    if (type.isF32())
      tensor.mutableAs<float>()[index] =
          std::uniform_real_distribution<float>(-scale, scale)(generator);
    else if (type.isInteger(64))
      tensor.mutableAs<int64_t>()[index] = number(0, 2);
    else if (type.isInteger(1))
      tensor.mutableAs<bool>()[index] = number(0, 1);
    else
      tensor.mutableAs<int8_t>()[index] = number(-128, 127);
  }

  Tensor randomTensor(RankedTensorType type) {
    Tensor tensor(type.getShape(), type.getElementType());
    for (int64_t i = 0; i < tensor.numElements(); ++i)
      randomize(tensor, i, 2);
    return tensor;
  }

  /// Draws `inputs` and computes `expected`.
  void setInputs(Interpreter &interpreter);
  void checkTile(Interpreter &interpreter, AccessOpInterface op);
  void checkOutside(Interpreter &interpreter, unsigned argument,
                    const Tile &read);
  void checkFaces(Interpreter &interpreter, unsigned argument,
                  const Tile &read);
  /// The elements of the result that are in `result`, as bytes, when the
  /// elements of `argument` for which `changes` holds are set anew.
  std::string resultWith(Interpreter &interpreter, unsigned argument,
                         llvm::function_ref<bool(ArrayRef<int64_t>)> changes,
                         float scale);

  std::vector<Tensor> inputs;
  /// The tile that is looked at, and its elements for `inputs`.
  Tile result;
  std::string expected;
  std::mt19937 generator{11};
};
} // namespace

/// Calls `visit` with number and coordinates of each element of a shape.
static void
forEachElement(ArrayRef<int64_t> shape,
               llvm::function_ref<void(int64_t, ArrayRef<int64_t>)> visit) {
  SmallVector<int64_t> point(shape.size(), 0);
  for (int64_t i = 0, end = llvm::product_of(shape); i < end; ++i) {
    int64_t rest = i;
    for (size_t d = shape.size(); d-- > 0; rest /= shape[d])
      point[d] = rest % shape[d];
    visit(i, point);
  }
}

static bool contains(const Tile &tile, ArrayRef<int64_t> point) {
  for (unsigned i = 0; i < tile.rank(); ++i)
    if (point[i] < tile.offsets[i] ||
        point[i] >= tile.offsets[i] + tile.sizes[i])
      return false;
  return true;
}

std::string
AccessTest::resultWith(Interpreter &interpreter, unsigned argument,
                       llvm::function_ref<bool(ArrayRef<int64_t>)> changes,
                       float scale) {
  std::vector<Tensor> changed = inputs;
  forEachElement(inputs[argument].getShape(),
                 [&](int64_t index, ArrayRef<int64_t> point) {
                   if (changes(point))
                     randomize(changed[argument], index, scale);
                 });
  FailureOr<std::vector<Tensor>> outputs = interpreter.run(changed);
  EXPECT_TRUE(succeeded(outputs));
  if (failed(outputs))
    return "failed";
  const Tensor &output = outputs->front();
  size_t width = output.numBytes() / output.numElements();
  std::string bytes;
  forEachElement(output.getShape(),
                 [&](int64_t index, ArrayRef<int64_t> point) {
                   if (contains(result, point))
                     bytes.append(output.bytes().data() + index * width, width);
                 });
  return bytes;
}

void AccessTest::checkOutside(Interpreter &interpreter, unsigned argument,
                              const Tile &read) {
  auto outside = [&](ArrayRef<int64_t> point) {
    return read.isEmpty() || !contains(read, point);
  };
  for (float scale : {2.0f, 1000.0f})
    ASSERT_EQ(resultWith(interpreter, argument, outside, scale), expected)
        << "operand " << argument << " is read outside its tile";
}

void AccessTest::checkFaces(Interpreter &interpreter, unsigned argument,
                            const Tile &read) {
  for (unsigned i = 0; i < read.rank(); ++i)
    for (int64_t face :
         {read.offsets[i], read.offsets[i] + read.sizes[i] - 1}) {
      auto onFace = [&](ArrayRef<int64_t> point) {
        return contains(read, point) && point[i] == face;
      };
      // Whether an element matters may depend on others: 'and' with false.
      bool matters = false;
      for (int attempt = 0; attempt < 60 && !matters; ++attempt) {
        setInputs(interpreter);
        matters = resultWith(interpreter, argument, onFace,
                             attempt % 2 ? 2 : 100) != expected;
      }
      ASSERT_TRUE(matters) << "operand " << argument << " is not read at index "
                           << face << " of dimension " << i;
    }
}

void AccessTest::setInputs(Interpreter &interpreter) {
  for (Tensor &input : inputs)
    input = randomTensor(input.getType());
  expected =
      resultWith(interpreter, 0, [](ArrayRef<int64_t>) { return false; }, 0);
}

void AccessTest::checkTile(Interpreter &interpreter, AccessOpInterface op) {
  setInputs(interpreter);
  for (OpOperand &operand : op->getOpOperands()) {
    auto argument = dyn_cast<BlockArgument>(operand.get());
    if (!argument)
      continue;
    unsigned number = argument.getArgNumber();
    Tile read = op.getOperandTile(operand.getOperandNumber(), 0, result);
    Tile whole = Tile::whole(inputs[number].getShape());
    ASSERT_EQ(read.rank(), whole.rank());
    if (!read.isEmpty()) {
      ASSERT_EQ(read.intersect(whole), read) << "leaves operand " << number;
    }
    checkOutside(interpreter, number, read);
    if (GetParam().exact && !read.isEmpty())
      checkFaces(interpreter, number, read);
  }
}

TEST_P(AccessTest, operand_tiles) {
  func::FuncOp function = parse(GetParam().signature, GetParam().body);
  ASSERT_TRUE(function);
  auto op = dyn_cast<AccessOpInterface>(resultOp(function));
  ASSERT_TRUE(op);
  ArrayRef<int64_t> shape =
      cast<RankedTensorType>(op->getResult(0).getType()).getShape();
  Interpreter interpreter(function);
  for (Type type : function.getArgumentTypes())
    inputs.push_back(randomTensor(cast<RankedTensorType>(type)));
  for (int round = 0; round < 12 && !HasFatalFailure(); ++round) {
    result = round == 0 ? Tile::whole(shape) : randomTile(shape);
    checkTile(interpreter, op);
  }
}

INSTANTIATE_TEST_SUITE_P(Ops, AccessTest, ::testing::ValuesIn(accessCases()),
                         [](const ::testing::TestParamInfo<AccessCase> &info) {
                           return info.param.name;
                         });

namespace {
struct AccessCoverageTest : public OpFixture {};
} // namespace

TEST_F(AccessCoverageTest, every_op_has_a_case) {
  std::set<std::string> tested;
  for (const AccessCase &test : accessCases()) {
    func::FuncOp function = parse(test.signature, test.body);
    ASSERT_TRUE(function) << test.name;
    tested.insert(resultOp(function)->getName().getStringRef().str());
  }
  for (RegisteredOperationName op : context.getRegisteredOperations())
    if (op.hasInterface<AccessOpInterface>() &&
        op.getStringRef() != "nn.constant" &&
        op.getStringRef() != "nn.sparse_constant" &&
        op.getDialectNamespace() != "noc")
      EXPECT_TRUE(tested.count(op.getStringRef().str()))
          << op.getStringRef().str() << " has no case";
}
