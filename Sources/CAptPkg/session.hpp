// What the files of CAptPkg share: the one open package cache, string storage, and the boundary's guard.
#pragma once

// SwiftPM's debug builds define DEBUG, which is a constant in apt-pkg/error.h.
#undef DEBUG
#include <apt-pkg/cachefile.h>
#include <apt-pkg/configuration.h>
#include <apt-pkg/error.h>
#include <apt-pkg/pkgrecords.h>

#include <deque>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "capt.h"

namespace capt {

/// Keeps strings at their addresses until the C struct that points at them is freed.
class Strings {
  std::deque<std::string> kept;

public:
  const char *keep(std::string text) { return kept.emplace_back(std::move(text)).c_str(); }
  const char *keep(const char *text) { return keep(std::string(text == nullptr ? "" : text)); }
};

/// The package cache of the present configuration, and what was read through it.
class Session {
  std::unique_ptr<pkgRecords> opened_records;

public:
  pkgCacheFile cache;

  /// Opens the cache if it is not open, without a lock; false if libapt reported an error.
  bool open();
  pkgRecords &records();
};

/// The open session; opens one if there is none.
Session &session();
/// Closes the session, if one is open.
void close_session();

/// Moves libapt's messages into `messages`, which may be null; whether there was an error among them.
bool drain(capt_messages *messages);

/// Runs `body` with nothing of libapt's errors or exceptions getting past.
///
/// The status is that of `body`, except that an error which libapt noted turns CAPT_OK into `on_error`.
template <typename Body> capt_status guarded(capt_messages *messages, capt_status on_error, Body body) noexcept {
  capt_status status = CAPT_INTERNAL;
  if (messages != nullptr) *messages = capt_messages{nullptr, 0, nullptr};
  try {
    _error->Discard();
    try {
      status = body();
    } catch (std::exception const &problem) {
      status = CAPT_INTERNAL;
      _error->Error("%s", problem.what());
    }
    if (drain(messages) && status == CAPT_OK) status = on_error;
  } catch (...) {
    return CAPT_INTERNAL;
  }
  return status;
}

}  // namespace capt
