// Shapes and texts as SVG.
#ifndef ATLEUS_LIB_REPORT_SVGELEMENTS_H
#define ATLEUS_LIB_REPORT_SVGELEMENTS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace atleus {

/// Of texts in sans-serif letters of 12 pixels; the width is a mean.
constexpr double characterWidth = 6.6;
constexpr llvm::StringLiteral textColour = "#1f2328";

/// In pixels from the upper left corner.
struct SVGPoint {
  double x, y;
};

/// Writes elements with one decimal. Titles, which viewers show where the
/// pointer is, and texts are escaped; colours and attributes are not.
class SVGElements {
public:
  explicit SVGElements(llvm::raw_ostream &os) : os(os) {}

  /// `y` is that of the base line.
  void writeText(double x, double y, const llvm::Twine &text,
                 llvm::StringRef attributes = "");
  void writeRectangle(SVGPoint corner, double width, double height,
                      llvm::StringRef colour);
  void writeLine(SVGPoint from, SVGPoint to, double thickness,
                 llvm::StringRef colour, llvm::StringRef title);
  /// As wide and high as `size`, with a corner up or down.
  void writeTriangle(SVGPoint centre, double size, bool isUp,
                     llvm::StringRef colour, llvm::StringRef title);

private:
  llvm::raw_ostream &os;
};

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_SVGELEMENTS_H
