// Which tiles of weights lie in the buffer of a core at once, free of IR.
//
// Tiles come into a buffer one after the other, each for one task. While a task
// computes with its tile, the next ones come already, as many as there is room
// for: a tile waits until the tasks of the oldest ones, by which it would
// exceed the room, have ended. Two tiles are always allowed, so that one can
// come while the other is in use (double buffering): what they take beyond the
// room has to be found in the rest of the buffer.
//
// Example: with room for 100 bytes, the third tile of 40 waits for the task of
// the first.
//
//   PrefetchWindow window(100);
//   window.add(40); // 0
//   window.add(40); // 0
//   window.add(40); // 1
#ifndef ATLEUS_MAPPING_PREFETCHWINDOW_H
#define ATLEUS_MAPPING_PREFETCHWINDOW_H

#include <cstdint>
#include <deque>

namespace atleus {

class PrefetchWindow {
public:
  explicit PrefetchWindow(int64_t roomBytes) : room(roomBytes) {}

  /// Lets the next tile come. Returns of how many tiles, the oldest of those
  /// that are left, the tasks must have ended before.
  unsigned add(int64_t bytes);

private:
  int64_t room;
  /// Bytes of the tiles that may be there, in the order in which they come.
  std::deque<int64_t> tiles;
  int64_t held = 0;
};

/// The bytes of a buffer that are for weights which come ahead of their tasks:
/// a quarter of it. The rest is for what tasks read and leave.
constexpr int64_t getPrefetchRoom(int64_t bufferBytes) {
  return bufferBytes / 4;
}

} // namespace atleus

#endif // ATLEUS_MAPPING_PREFETCHWINDOW_H
