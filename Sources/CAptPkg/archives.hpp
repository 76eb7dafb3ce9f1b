// Versions and their .debs.
#pragma once

#include "session.hpp"

namespace capt {

/// The version that `key` names; at its end if it is not in the cache.
pkgCache::VerIterator find_version(pkgCache &cache, capt_key const &key);

/// The name under which apt keeps the .deb of `version`; empty if the package's name could climb out.
std::string archive_name(pkgCache::VerIterator const &version);

}  // namespace capt
