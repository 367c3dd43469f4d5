// Which dimensions of a kernel's result are the vector of a token.
#ifndef ATLEUS_TRANSFORMS_TOKENVECTORS_H
#define ATLEUS_TRANSFORMS_TOKENVECTORS_H

#include "dialects/Interfaces/Interfaces.h"

namespace atleus {

/// How many of the last dimensions of the first result of a kernel, of rank 2
/// at least, are of one token: two where a reshape before or behind the kernel
/// says that the vector of a token is cut into heads and these are not sorted
/// before the tokens, [batch, tokens, heads, elements]; else one.
size_t countVectorDimensions(KernelOpInterface kernel);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TOKENVECTORS_H
