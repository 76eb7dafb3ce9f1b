// A plan while it is being made.
#pragma once

#include "session.hpp"

namespace capt {

/// Owns everything that a `capt_plan` points at.
struct PlanStore {
  Strings strings;
  std::vector<capt_change> changes;
  std::vector<capt_kept> kept;
  std::vector<capt_origin> origins;
  std::vector<capt_obstacle> obstacles;
  std::vector<const char *> names;
  std::vector<const char *> sources_without_lists;
};

/// An installed package with a later candidate, as it was before the plan was made.
struct Upgradable {
  pkgCache::PkgIterator package;
  pkgCache::VerIterator candidate;
};

/// `Phased-Update-Percentage` of `version`; -1 if its update is not phased.
int phased_percentage(pkgCacheFile &cache, pkgCache::VerIterator const &version);

/// Whether apt on this node leaves `version` out at its phased percentage.
bool is_out_of_phase(pkgCacheFile &cache, pkgCache::VerIterator const &version);

/// What stops `target` from being installed on top of the plan in `cache`; leaves the plan's marks changed.
capt_range find_obstacles(pkgDepCache &cache, Upgradable const &target, PlanStore &store);

}  // namespace capt
