// Options of AddressSanitizer for programs that link Debian's LLVM, which is
// built without it.

/// An allocator of LLVM marks memory as unusable in our code and does not mark
/// it as usable again in LLVM's, which then seems to read what it must not.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0";
}
