// Attaches the cost models to the ops of a machine.
#ifndef ATLEUS_COST_COSTMODELS_H
#define ATLEUS_COST_COSTMODELS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atleus {

/// Gives `arch.crossbar`, `arch.systolic`, `arch.processor` and `arch.host` the
/// ResourceModelOpInterface. A tool calls it once, beside the registration of
/// the dialects.
void registerCostModels(mlir::DialectRegistry &registry);

} // namespace atleus

#endif // ATLEUS_COST_COSTMODELS_H
