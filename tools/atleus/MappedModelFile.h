// The model of a schedule, which the option --model names.
#ifndef ATLEUS_TOOLS_ATLEUS_MAPPEDMODELFILE_H
#define ATLEUS_TOOLS_ATLEUS_MAPPEDMODELFILE_H

#include "LoadModel.h"

namespace atleus {

/// Whether --model was given.
bool hasMappedModel();

/// Loads the model that --model names. Fails when there is none or when it is
/// not mapped, which has been reported then.
mlir::FailureOr<LoadedModel> loadMappedModel(mlir::MLIRContext *context);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_MAPPEDMODELFILE_H
