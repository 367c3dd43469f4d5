// The first half of what TableGen defines for the ops.
#include "dialects/NN/NNShared.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

#define GET_OP_DEFS_0
#include "dialects/NN/NNOps.cpp.inc"
