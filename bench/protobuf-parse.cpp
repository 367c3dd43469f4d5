// Parses an ONNX file with protobuf and does nothing else: the yardstick for
// the time and the memory of an import.
#include "onnx.pb.h"

#include <climits>
#include <cstdio>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: protobuf-parse MODEL\n");
    return 2;
  }
  int file = open(argv[1], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0 || status.st_size > INT_MAX) {
    std::fprintf(stderr, "protobuf-parse: cannot open '%s'\n", argv[1]);
    return 1;
  }
  auto size = static_cast<size_t>(status.st_size);
  void *bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  atleus_onnx::ModelProto model;
  if (bytes == MAP_FAILED ||
      !model.ParseFromArray(bytes, static_cast<int>(size))) {
    std::fprintf(stderr, "protobuf-parse: cannot parse '%s'\n", argv[1]);
    return 1;
  }
  std::printf("%d nodes, %d initializers\n", model.graph().node_size(),
              model.graph().initializer_size());
  return 0;
}
