// Gives spare crossbars to weights that keep others waiting.
#include "atleus/Transforms/Passes.h"
#include "dialects/PIM/PIM.h"

namespace atleus {
#define GEN_PASS_DEF_REPLICATE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
struct ReplicatePass : public atleus::impl::ReplicateBase<ReplicatePass> {
  using ReplicateBase::ReplicateBase;

  void runOnOperation() override {}
};
} // namespace
