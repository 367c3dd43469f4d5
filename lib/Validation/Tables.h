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

// NeuroSimTables.cpp
extern const ReferenceTable neuroSimSubarray;
extern const ReferenceTable neuroSimChip;

// ComponentTables.cpp
extern const ReferenceTable mnsimComponents;

// NoCBurstTable.cpp
extern const ReferenceTable bookSimBursts;

// NoCLoadTable.cpp
extern const ReferenceTable bookSimLoadCurve;

// ThermalTables.cpp
extern const ReferenceTable hotSpotBlocks;
extern const ReferenceTable ice3DBlocks;

// ZigZagTable.cpp
extern const ReferenceTable zigZagGemm;

} // namespace atleus

#endif // ATLEUS_VALIDATION_TABLES_H
