// The tables of each tool, listed in ReferenceTables.cpp.
#ifndef ATLEUS_VALIDATION_TABLES_H
#define ATLEUS_VALIDATION_TABLES_H

#include "atleus/Validation/ReferenceTable.h"

namespace atleus {

// ScaleSimTables.cpp
extern const ReferenceTable scaleSimGemm;
extern const ReferenceTable scaleSimBandwidth;

// BookSimTables.cpp
extern const ReferenceTable bookSimZeroLoad;

} // namespace atleus

#endif // ATLEUS_VALIDATION_TABLES_H
