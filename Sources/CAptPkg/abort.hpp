// libapt calls abort() on some input: in apt 2.6, on a name or version of over 65,535 bytes.
#pragma once

namespace capt {

/// Runs `body`; false if it called abort() on this thread. What `body` had open is then lost, not closed, and libapt must
/// not be called again: it keeps pointers into frames that are gone.
///
/// POSIX lets a handler of SIGABRT leave abort() with siglongjmp. A SIGABRT of another thread, or from outside, ends
/// the process as ever. Must not be entered twice at once: libapt's one owner sees to that.
bool survives_abort(void (*body)(void *), void *context);

}  // namespace capt
