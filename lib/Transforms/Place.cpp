// Nodes for kernels: weights by packing, other kernels near the data that they
// read, and all of them better by annealing.
#include "atleus/Transforms/Passes.h"

#include "PlacementProblem.h"

#include "atleus/Cost/MachineRouting.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NoC/NoC.h"

#include "mlir/IR/Builders.h"

namespace atleus {
#define GEN_PASS_DEF_PLACE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

static StringRef stringify(PlacementMethod method) {
  switch (method) {
  case PlacementMethod::RowMajor:
    return "row-major";
  case PlacementMethod::Curve:
    return "curve";
  case PlacementMethod::Anneal:
    return "anneal";
  }
  llvm_unreachable("every method has a name");
}

/// What was chosen and what the yardstick would be, for reports.
static DictionaryAttr describe(MLIRContext *context, PlacementMethod method,
                               const placement::Measure &chosen,
                               const placement::Measure &rowMajor,
                               Picoseconds flitTime) {
  Builder builder(context);
  auto number = [&](StringRef name, int64_t value) {
    return builder.getNamedAttr(name, builder.getI64IntegerAttr(value));
  };
  return builder.getDictionaryAttr(
      {builder.getNamedAttr("method", builder.getStringAttr(stringify(method))),
       number("byte_links", chosen.byteLinks),
       number("busiest_link_ps", chosen.busiestLinkFlits * flitTime.count()),
       number("row_major_byte_links", rowMajor.byteLinks),
       number("row_major_busiest_link_ps",
              rowMajor.busiestLinkFlits * flitTime.count())});
}

namespace {
struct PlacePass : public atleus::impl::PlaceBase<PlacePass> {
  using PlaceBase::PlaceBase;

  void runOnOperation() override {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine))
      return signalPassFailure();
    FailureOr<NoCRouting> routing = getRouting(machine->getNoC());
    if (failed(routing))
      return signalPassFailure();
    PlacementProblem problem(*machine, *routing);
    if (failed(problem.add(getOperation())))
      return signalPassFailure();
    placement::Placement rowMajor =
        placement::placeRowMajor(problem.get(), problem.getCores());
    // No link is to carry more than the most that one does row by row.
    placement::Measure yardstick = measure(problem.get(), rowMajor);
    int64_t limit = yardstick.busiestLinkFlits;
    placement::Placement chosen = choose(problem, rowMajor, limit);
    placement::Measure measured = measure(problem.get(), chosen);
    if (method == PlacementMethod::Anneal &&
        measured.busiestLinkFlits > limit) {
      chosen = placement::anneal(problem.get(), rowMajor, moves, seed, limit);
      measured = measure(problem.get(), chosen);
    }
    problem.setNodes(chosen);
    getOperation()->setAttr("noc.placement",
                            describe(&getContext(), method, measured, yardstick,
                                     problem.getFlitTime()));
  }

private:
  placement::Placement choose(const PlacementProblem &problem,
                              const placement::Placement &rowMajor,
                              int64_t mostLinkFlits) {
    if (method == PlacementMethod::RowMajor)
      return rowMajor;
    placement::Placement near =
        placement::placeNearData(problem.get(), problem.getCores());
    if (method == PlacementMethod::Curve)
      return near;
    return placement::anneal(problem.get(), near, moves, seed, mostLinkFlits);
  }
};
} // namespace
