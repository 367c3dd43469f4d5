// Compilations of one model at several sizes.
//
// An option of a size may hold a list: `--dim seq=64,128` or
// `--shape x=1x64,1x128`. A sweep is the cross product of all lists; each of
// its points is one compilation.
#ifndef ATLEUS_PIPELINES_SWEEP_H
#define ATLEUS_PIPELINES_SWEEP_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace atleus {

/// One of the options that a sweep varies, or that stay the same in it.
struct SweepAxis {
  enum Kind { Dimension, Shape } kind = Dimension;
  /// Of a dimension or of an input.
  std::string name;
  std::vector<std::string> values;
};

/// One value for each axis.
struct SweepPoint {
  /// The values of the axes that vary, "batch=1,seq=64". No other point has it.
  std::string name;
  /// The options of this compilation, as PipelineOptions takes them.
  std::vector<std::string> dimensions;
  std::vector<std::string> shapes;
};

struct Sweep {
  /// All axes, in the order of the options: dimensions first.
  std::vector<SweepAxis> axes;
  /// The last axis varies fastest.
  std::vector<SweepPoint> points;
};

/// Whether an option holds a list of values.
bool isSweep(llvm::ArrayRef<std::string> dimensions,
             llvm::ArrayRef<std::string> shapes);

/// Makes the points of a sweep. The error says which option has an empty value
/// or one that stands twice, which name has two options, or that there are too
/// many points.
llvm::Expected<Sweep> expandSweep(llvm::ArrayRef<std::string> dimensions,
                                  llvm::ArrayRef<std::string> shapes);

} // namespace atleus

#endif // ATLEUS_PIPELINES_SWEEP_H
