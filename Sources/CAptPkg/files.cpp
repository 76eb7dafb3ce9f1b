#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "session.hpp"

namespace {
constexpr int read_flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

/// Without openat2(2) (before Linux 5.6, or where a filter forbids it) only relative links stay below the root.
int open_joined(const char *root, const char *path) {
  try {
    return open((std::string(root) + "/" + path).c_str(), read_flags);
  } catch (...) {
    errno = ENOMEM;
    return -1;
  }
}
}  // namespace

extern "C" int capt_open_below(const char *root, const char *path) {
  if (std::strcmp(root, "/") == 0) return open(path, read_flags);
  int const directory = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return -1;
  open_how how{};
  how.flags = read_flags;
  how.resolve = RESOLVE_IN_ROOT;
  long const opened = syscall(SYS_openat2, directory, path, &how, sizeof how);
  int const problem = errno;
  close(directory);
  if (opened >= 0) return static_cast<int>(opened);
  if (problem == ENOSYS || problem == EPERM) return open_joined(root, path);
  errno = problem;
  return -1;
}

extern "C" int capt_memory_file(void) { return memfd_create("apt-gate", MFD_CLOEXEC); }
