// Matches the arrays of a file with the inputs of a function.
#include "atleus/Interpreter/Dataset.h"

#include "dialects/NN/NN.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace atleus;

FailureOr<Dataset> Dataset::open(func::FuncOp function, StringRef path) {
  MLIRContext *context = function.getContext();
  llvm::Expected<NumpyArchive> archive = NumpyArchive::open(path, context);
  if (!archive)
    return emitError(UnknownLoc::get(context))
           << llvm::toString(archive.takeError());
  // A file without lines: diagnostics name it and do not print from it.
  Dataset dataset(std::move(*archive),
                  NameLoc::get(StringAttr::get(context, path)));
  if (function.getNumArguments() == 0)
    return emitError(dataset.location) << "the function has no input";
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto name = function.getArgAttrOfType<StringAttr>(index, nn::nameAttribute);
    auto tensorType = dyn_cast<RankedTensorType>(type);
    if (!name || !tensorType)
      return emitError(dataset.location)
             << "input #" << index << " of the function has no name";
    if (failed(dataset.addInput(name.getValue(), tensorType)))
      return failure();
  }
  if (dataset.samples == 0)
    return emitError(dataset.location) << "the dataset has no samples";
  return dataset;
}

std::string Dataset::listArrays() const {
  return llvm::join(archive.getNames(), ", ");
}

FailureOr<Tensor> Dataset::readArray(StringRef name) const {
  if (!archive.contains(name))
    return emitError(location) << "the dataset has no array '" << name
                               << "'; it has: " << listArrays();
  llvm::Expected<Tensor> array = archive.read(name);
  if (!array)
    return emitError(UnknownLoc::get(location.getContext()))
           << llvm::toString(array.takeError());
  return *array;
}

/// Whether a sample of one shape is an input of another: the same but for
/// leading dimensions of size 1 that the sample leaves out.
static bool isSampleOf(ArrayRef<int64_t> sample, ArrayRef<int64_t> input) {
  while (input.size() > sample.size() && input.front() == 1)
    input = input.drop_front();
  return sample == input;
}

LogicalResult Dataset::addInput(StringRef name, RankedTensorType type) {
  FailureOr<Tensor> array = readArray(name);
  if (failed(array))
    return failure();
  array = fromNumpy(*array, type.getElementType());
  if (array->getRank() == 0)
    return emitError(location)
           << "array '" << name << "' has no axis of samples";
  if (array->getElementType() != type.getElementType())
    return emitError(location)
           << "array '" << name << "' holds " << array->getElementType()
           << ", the input holds " << type.getElementType();
  ArrayRef<int64_t> sampleShape = array->getShape().drop_front();
  if (!isSampleOf(sampleShape, type.getShape()))
    return emitError(location)
           << "array '" << name << "' has samples of shape "
           << formatShape(sampleShape) << ", the input has shape "
           << formatShape(type.getShape());
  if (!inputs.empty() && array->getDim(0) != samples)
    return emitError(location)
           << "array '" << name << "' has " << array->getDim(0) << " samples, '"
           << inputs.front().name << "' has " << samples;
  samples = array->getDim(0);
  inputs.push_back({name.str(), type, std::make_shared<Tensor>(*array)});
  return success();
}

std::vector<Tensor> Dataset::getSample(int64_t index) const {
  assert(index >= 0 && index < samples && "no such sample");
  std::vector<Tensor> tensors;
  for (const Input &input : inputs) {
    int64_t size = input.array->numBytes() / samples;
    tensors.push_back(Tensor::view(
        input.type.getShape(), input.type.getElementType(),
        input.array->bytes().slice(index * size, size), input.array));
  }
  return tensors;
}

FailureOr<Tensor> Dataset::readLabels() const {
  FailureOr<Tensor> labels = readArray("label");
  if (failed(labels))
    return failure();
  if (isFloat(labels->getKind()) || labels->getRank() != 1 ||
      labels->getDim(0) != samples)
    return emitError(location)
           << "array 'label' must hold one integer for each of the " << samples
           << " samples, found " << labels->getType();
  return labels;
}

FailureOr<Tensor> Dataset::readTargets() const {
  FailureOr<Tensor> targets = readArray("target");
  if (failed(targets))
    return failure();
  if (isFloat(targets->getKind()) || targets->getRank() != 2 ||
      targets->getDim(0) != samples || targets->getDim(1) == 0)
    return emitError(location)
           << "array 'target' must hold integers for each of the " << samples
           << " samples, found " << targets->getType();
  return targets;
}
