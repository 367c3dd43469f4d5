// All dialects of Atleus, and those of MLIR that its IR uses.
#ifndef ATLEUS_DIALECTS_H
#define ATLEUS_DIALECTS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atleus {

/// Makes every dialect that Atleus' IR may hold known to `registry`, without
/// cost models and without the interpreter.
void registerAllDialects(mlir::DialectRegistry &registry);

} // namespace atleus

#endif // ATLEUS_DIALECTS_H
