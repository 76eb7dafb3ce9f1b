// What a policy of libapt reads its pins from.
#pragma once

#include "session.hpp"

#include <apt-pkg/policy.h>

namespace capt {

/// Builds the policy of `cache` from the preferences that are on the node, with one file of the folder replaced as
/// `preferences` says. False if libapt reported an error. `preferences` may be null: everything as it is.
bool build_policy(pkgCacheFile &cache, capt_preferences const *preferences);

}  // namespace capt
