// Shapes and texts as SVG.
#include "SVGElements.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

using namespace atleus;
using llvm::StringRef;

void SVGElements::writeText(double x, double y, const llvm::Twine &text,
                            StringRef attributes) {
  os << llvm::format(R"(<text x="%.1f" y="%.1f")", x, y);
  if (!attributes.empty())
    os << ' ' << attributes;
  os << '>';
  llvm::printHTMLEscaped(text.str(), os);
  os << "</text>\n";
}

void SVGElements::writeRectangle(SVGPoint corner, double width, double height,
                                 StringRef colour) {
  os << llvm::format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
                     "height=\"%.1f\" fill=\"",
                     corner.x, corner.y, width, height)
     << colour << "\"/>\n";
}

static void writeTitle(StringRef title, llvm::raw_ostream &os) {
  os << "<title>";
  llvm::printHTMLEscaped(title, os);
  os << "</title>";
}

void SVGElements::writeLine(SVGPoint from, SVGPoint to, double thickness,
                            StringRef colour, StringRef title) {
  os << llvm::format(R"(<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" )",
                     from.x, from.y, to.x, to.y)
     << llvm::format(R"(stroke-width="%.1f" stroke=")", thickness) << colour
     << "\">";
  writeTitle(title, os);
  os << "</line>\n";
}

void SVGElements::writeTriangle(SVGPoint centre, double size, bool isUp,
                                StringRef colour, StringRef title) {
  double tip = isUp ? -size : size;
  os << llvm::format(R"(<path d="M%.1f %.1fl%.1f %.1fh%.1fz" fill=")", centre.x,
                     centre.y + tip / 2, size / 2, -tip, -size)
     << colour << "\">";
  writeTitle(title, os);
  os << "</path>\n";
}
