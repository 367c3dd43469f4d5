// The external models through which cores and the host state their prices.
#include "atleus/Cost/CostModels.h"

#include "atleus/Cost/MachineConstants.h"

#include "mlir/IR/DialectRegistry.h"

using namespace mlir;
using namespace atleus;

namespace {
struct CrossbarPrices
    : ResourceModelOpInterface::ExternalModel<CrossbarPrices,
                                              arch::CrossbarOp> {
  std::optional<Price> price(Operation *op, const Work &work,
                             std::string *reason) const {
    return priceOnCrossbar(getCore(cast<arch::CrossbarOp>(op)), work, reason);
  }
};

struct SystolicPrices
    : ResourceModelOpInterface::ExternalModel<SystolicPrices,
                                              arch::SystolicOp> {
  std::optional<Price> price(Operation *op, const Work &work,
                             std::string *reason) const {
    return priceOnSystolic(getCore(cast<arch::SystolicOp>(op)), work, reason);
  }
};

struct ProcessorPrices
    : ResourceModelOpInterface::ExternalModel<ProcessorPrices,
                                              arch::ProcessorOp> {
  std::optional<Price> price(Operation *op, const Work &work,
                             std::string *reason) const {
    return priceOnProcessor(getCore(cast<arch::ProcessorOp>(op)), work, reason);
  }
};

struct HostPrices
    : ResourceModelOpInterface::ExternalModel<HostPrices, arch::HostOp> {
  std::optional<Price> price(Operation *op, const Work &work,
                             std::string *) const {
    return priceOnHost(getConstants(cast<arch::HostOp>(op)), work);
  }
};
} // namespace

void atleus::registerCostModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, arch::ArchDialect *) {
    arch::CrossbarOp::attachInterface<CrossbarPrices>(*context);
    arch::SystolicOp::attachInterface<SystolicPrices>(*context);
    arch::ProcessorOp::attachInterface<ProcessorPrices>(*context);
    arch::HostOp::attachInterface<HostPrices>(*context);
  });
}
