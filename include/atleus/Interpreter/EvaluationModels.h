// What the ops of the dialects compute, attached to them from outside.
#ifndef ATLEUS_INTERPRETER_EVALUATIONMODELS_H
#define ATLEUS_INTERPRETER_EVALUATIONMODELS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace atleus {

/// Attaches EvaluationOpInterface to the ops of nn, pim and systolic as soon as
/// their dialects are loaded.
void registerEvaluationModels(mlir::DialectRegistry &registry);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_EVALUATIONMODELS_H
