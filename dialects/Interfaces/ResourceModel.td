//===- ResourceModel.td - prices of work on a core ---------------*- C++ -*-===//
//
// The question that passes ask the ops of a machine.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_INTERFACES_RESOURCEMODEL_TD
#define ATLEUS_INTERFACES_RESOURCEMODEL_TD

include "mlir/IR/OpBase.td"

def ResourceModelOpInterface : OpInterface<"ResourceModelOpInterface"> {
  let cppNamespace = "::atleus";
  let description = [{
    Implemented by the ops of an `arch.machine` that execute work. The models
    are attached by `registerCostModels` (`atleus/Cost/CostModels.h`), so that
    the dialect itself holds no formula.
  }];
  let methods = [
    InterfaceMethod<[{
      Time and energy of `work` on one core, or std::nullopt if the core has no
      unit for a part of it. `reason`, if not null, then says which part.
    }], "std::optional<::atleus::Price>", "price",
      (ins "const ::atleus::Work &":$work, "std::string *":$reason)>,
  ];
}

#endif // ATLEUS_INTERFACES_RESOURCEMODEL_TD
