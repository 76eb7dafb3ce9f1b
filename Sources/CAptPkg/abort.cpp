#include "abort.hpp"

#include <csetjmp>
#include <csignal>

namespace capt {

namespace {
thread_local sigjmp_buf *way_out = nullptr;
struct sigaction before;

void on_abort(int signal) {
  if (way_out != nullptr) siglongjmp(*way_out, 1);
  sigaction(signal, &before, nullptr);
  raise(signal);
}
}  // namespace

bool survives_abort(void (*body)(void *), void *context) {
  struct sigaction action {};
  action.sa_handler = on_abort;
  sigemptyset(&action.sa_mask);
  if (sigaction(SIGABRT, &action, &before) != 0) {
    body(context);
    return true;
  }
  sigjmp_buf here;
  bool const aborted = sigsetjmp(here, 1) != 0;
  if (aborted == false) {
    way_out = &here;
    body(context);
  }
  way_out = nullptr;
  sigaction(SIGABRT, &before, nullptr);
  return aborted == false;
}

}  // namespace capt
