// Definitions that TableGen makes for the op interfaces.
#include "dialects/Interfaces/Interfaces.h"

#include "dialects/Interfaces/Access.cpp.inc"
#include "dialects/Interfaces/Evaluation.cpp.inc"
#include "dialects/Interfaces/Kernel.cpp.inc"
#include "dialects/Interfaces/ResourceModel.cpp.inc"
#include "dialects/Interfaces/WorkOp.cpp.inc"
