// Which tiles of weights lie in the buffer of a core at once.
#include "atleus/Mapping/PrefetchWindow.h"

using namespace atleus;

unsigned PrefetchWindow::add(int64_t bytes) {
  unsigned leaving = 0;
  while (tiles.size() > 1 && held + bytes > room) {
    held -= tiles.front();
    tiles.pop_front();
    ++leaving;
  }
  tiles.push_back(bytes);
  held += bytes;
  return leaving;
}
