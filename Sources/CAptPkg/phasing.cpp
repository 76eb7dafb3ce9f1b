// Phased updates, by libapt's own draw.
//
// libapt has no public accessor for a version's percentage, and its draw is private before apt 2.8. Its policy,
// though, lowers a version that is out of phase to priority 1 when `APT::Get::Phase-Policy` is on: so the policy is
// asked twice. Read in apt 2.6 and 3.1.
#include "options.hpp"
#include "plan.hpp"

#include <apt-pkg/policy.h>

#include <cstdlib>

namespace capt {

namespace {
signed short priority(pkgCacheFile &cache, pkgCache::VerIterator const &version, char const *phase_policy) {
  OptionOverride const policy("APT::Get::Phase-Policy", phase_policy);
  return cache.GetPolicy()->GetPriority(version, true);
}

/// Whether `version` is phased at all: it is, if a node that never takes part would pass it by.
bool is_phased(pkgCacheFile &cache, pkgCache::VerIterator const &version) {
  OptionOverride const never("APT::Get::Never-Include-Phased-Updates", "true");
  OptionOverride const always("APT::Get::Always-Include-Phased-Updates", "false");
  OptionOverride const old_always("Update-Manager::Always-Include-Phased-Updates", "false");
  return priority(cache, version, "true") != priority(cache, version, "false");
}
}  // namespace

int phased_percentage(pkgCacheFile &cache, pkgCache::VerIterator const &version) {
  if (is_phased(cache, version) == false) return -1;
  for (auto place = version.FileList(); place.end() == false; ++place) {
    if (place.File().Flagged(pkgCache::Flag::NotSource)) continue;
    auto const field = session().records().Lookup(place).RecordField("Phased-Update-Percentage");
    auto const value = field.empty() ? 100 : std::strtol(field.c_str(), nullptr, 10);
    if (value >= 0 && value < 100) return static_cast<int>(value);
  }
  return -1;
}

bool is_out_of_phase(pkgCacheFile &cache, pkgCache::VerIterator const &version) {
  return priority(cache, version, "true") != priority(cache, version, "false");
}

}  // namespace capt
