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

#include "abort.hpp"
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
public:
  pkgCacheFile cache;

  /// Opens the cache if it is not open, without a lock; false if libapt reported an error.
  bool open();
  pkgRecords &records();

private:
  // After the cache, so that the records, which point into it, go first.
  std::unique_ptr<pkgRecords> opened_records;
};

/// The open session; opens one if there is none.
Session &session();
/// Closes the session, if one is open.
void close_session();

/// Moves libapt's messages into `messages`, which may be null; whether there was an error among them.
bool drain(capt_messages *messages);

/// Gives libapt up for the rest of the process, after an abort inside it: its own lists of iterators then point at what
/// is no longer there.
void abandon();
/// Whether libapt was given up.
bool is_abandoned();

/// What every call after that answers.
capt_messages abandoned_messages();

/// Runs `body` and notes an exception as an error of libapt's.
template <typename Body> capt_status run_catching(Body &body) {
  try {
    return body();
  } catch (std::exception const &problem) {
    _error->Error("%s", problem.what());
  } catch (...) {
    _error->Error("an unknown exception inside libapt");
  }
  return CAPT_INTERNAL;
}

/// Runs `body` with nothing of libapt's errors, exceptions or aborts getting past.
///
/// The status is that of `body`, except that an error which libapt noted turns CAPT_OK into `on_error`, and an abort
/// is `on_error` too.
template <typename Body> capt_status guarded(capt_messages *messages, capt_status on_error, Body body) noexcept {
  struct Call {
    Body &body;
    capt_status status;
  } call{body, CAPT_INTERNAL};
  if (messages != nullptr) *messages = capt_messages{nullptr, 0, nullptr};
  try {
    if (is_abandoned()) {
      if (messages != nullptr) *messages = abandoned_messages();
      return on_error;
    }
    _error->Discard();
    auto const run = [](void *context) {
      auto &call = *static_cast<Call *>(context);
      call.status = run_catching(call.body);
    };
    if (survives_abort(run, &call) == false) {
      abandon();
      call.status = on_error;
      _error->Error("libapt gave up on what it read, such as a name or version of over 65535 bytes");
    }
    if (drain(messages) && call.status == CAPT_OK) call.status = on_error;
  } catch (...) {
    return CAPT_INTERNAL;
  }
  return call.status;
}

}  // namespace capt
