//===- Passes.td - passes from nn to a schedule -----------------*- tablegen -*-===//
//
// The passes that map kernels to a machine, sorted by name.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_TRANSFORMS_PASSES_TD
#define ATLEUS_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def AttachMachine : Pass<"atleus-attach-machine", "::mlir::ModuleOp"> {
  let summary = "put a machine into the module";
  let description = [{
    Copies the `arch.machine` of a preset or a file to the start of the module,
    with the changes that `set` asks for. The module must not hold a machine
    yet.
  }];
  let options = [
    Option<"machine", "machine", "std::string", /*default=*/"",
           "Name of a preset, or path of a .mlir file">,
    ListOption<"overrides", "set", "std::string",
               "Changes such as reram.adc_bits=6">,
  ];
  let dependentDialects = ["::atleus::arch::ArchDialect"];
}

#endif // ATLEUS_TRANSFORMS_PASSES_TD
