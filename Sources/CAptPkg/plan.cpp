#include "plan.hpp"

#include "preferences.hpp"

#include <apt-pkg/algorithms.h>
#include <apt-pkg/indexfile.h>
#include <apt-pkg/metaindex.h>
#include <apt-pkg/policy.h>
#include <apt-pkg/sourcelist.h>
#include <apt-pkg/upgrade.h>

namespace capt {

namespace {
/// All places of the archive where `version` can be had; dpkg's own status is none.
void add_origins(pkgCache::VerIterator const &version, PlanStore &store) {
  for (auto place = version.FileList(); place.end() == false; ++place) {
    auto const file = place.File();
    if (file.Flagged(pkgCache::Flag::NotSource)) continue;
    auto &keep = store.strings;
    store.origins.push_back(capt_origin{
        keep.keep(file.Origin()), keep.keep(file.Label()), keep.keep(file->Release == 0 ? "" : file.Archive()),
        keep.keep(file.Codename()), keep.keep(file.Component()), keep.keep(file.Site())});
  }
}

capt_range origins_of(pkgCache::VerIterator const &version, PlanStore &store) {
  size_t const first = store.origins.size();
  add_origins(version, store);
  return capt_range{first, store.origins.size() - first};
}

/// Where versions later than `from` and earlier than `to` can be had.
capt_range origins_between(pkgCache::VerIterator const &from, pkgCache::VerIterator const &to, PlanStore &store) {
  size_t const first = store.origins.size();
  for (auto version = from.ParentPkg().VersionList(); version.end() == false; ++version)
    if (version.CompareVer(from) > 0 && version.CompareVer(to) < 0) add_origins(version, store);
  return capt_range{first, store.origins.size() - first};
}

capt_action action_of(pkgDepCache::StateCache const &state) {
  if (state.Delete()) return CAPT_REMOVE;
  if (state.NewInstall()) return CAPT_INSTALL;
  return state.Downgrade() ? CAPT_DOWNGRADE : CAPT_UPGRADE;
}

void add_target(pkgCacheFile &cache, pkgCache::VerIterator const &from, pkgCache::VerIterator const &to,
                capt_change &change, PlanStore &store) {
  change.to = store.strings.keep(to.VerStr());
  change.origins = origins_of(to, store);
  if (from.end() == false) change.between = origins_between(from, to, store);
  change.phased_percentage = phased_percentage(cache, to);
  // The plan has it, so this node takes part, even where only a security pocket lets it.
  change.in_phase = 1;
  change.download_size = to->Size;
}

void add_change(pkgCacheFile &cache, pkgCache::PkgIterator const &package, PlanStore &store) {
  auto const &state = cache[package];
  auto const from = package.CurrentVer();
  auto const to = state.Delete() ? pkgCache::VerIterator(*cache.GetPkgCache(), nullptr)
                                 : pkgCache::VerIterator(*cache.GetPkgCache(), state.InstallVer);
  auto const &named = to.end() ? from : to;
  if (named.end()) return;
  capt_change change{};
  change.name = store.strings.keep(package.Name());
  change.architecture = store.strings.keep(named.Arch());
  change.source = store.strings.keep(named.SourcePkgName());
  change.action = action_of(state);
  change.phased_percentage = -1;
  if (from.end() == false) change.from = store.strings.keep(from.VerStr());
  if (to.end() == false) add_target(cache, from, to, change, store);
  change.installed_size_delta = (to.end() ? 0 : static_cast<int64_t>(to->InstalledSize)) -
                                (from.end() ? 0 : static_cast<int64_t>(from->InstalledSize));
  store.changes.push_back(change);
}

/// Whether the plan does anything to a package. A reinstallation of the same version is no change.
bool is_changed(pkgDepCache::StateCache const &state) {
  return state.Delete() || state.NewInstall() || state.Upgrade() || state.Downgrade();
}

bool is_on_hold(pkgCache::PkgIterator const &package) {
  return package->SelectedState == pkgCache::State::Hold && _config->FindB("APT::Ignore-Hold", false) == false;
}

void add_kept(pkgCacheFile &cache, Upgradable const &target, PlanStore &store) {
  auto const &package = target.package;
  capt_kept kept{};
  kept.name = store.strings.keep(package.Name());
  kept.architecture = store.strings.keep(target.candidate.Arch());
  kept.source = store.strings.keep(target.candidate.SourcePkgName());
  kept.from = store.strings.keep(package.CurrentVer().VerStr());
  kept.to = store.strings.keep(target.candidate.VerStr());
  kept.phased_percentage = phased_percentage(cache, target.candidate);
  if (is_on_hold(package)) {
    kept.reason = CAPT_HELD;
  } else if (is_out_of_phase(cache, target.candidate)) {
    kept.reason = CAPT_PHASED;
  } else {
    kept.obstacles = find_obstacles(cache, target, store);
    kept.reason = kept.obstacles.count > 0 ? CAPT_DEPENDENCIES : CAPT_UNKNOWN_REASON;
  }
  store.kept.push_back(kept);
}

/// Counts the installed packages and finds those with a later candidate.
std::vector<Upgradable> upgradables(pkgCacheFile &cache, size_t &installed_count) {
  std::vector<Upgradable> found;
  for (auto package = cache->PkgBegin(); package.end() == false; ++package) {
    if (package->CurrentVer == 0) continue;
    ++installed_count;
    if (cache[package].Upgradable())
      found.push_back(Upgradable{package, cache[package].CandidateVerIter(*cache.GetPkgCache())});
  }
  return found;
}

/// `APT::Get::AutomaticRemove` lets dist-upgrade remove what nothing needs any more.
void remove_garbage(pkgDepCache &cache) {
  if (_config->FindB("APT::Get::AutomaticRemove", false) == false) return;
  pkgDepCache::ActionGroup group(cache);
  for (auto package = cache.PkgBegin(); package.end() == false; ++package)
    if (cache[package].Garbage && (package->CurrentVer != 0 || cache[package].Install()))
      cache.MarkDelete(package, _config->FindB("APT::Get::Purge", false), 0, false);
}

/// What a plan is made under.
struct PlanTerms {
  capt_preferences const *preferences;
  capt_package const *kept;
  size_t kept_count;
};

std::vector<pkgCache::PkgIterator> installed_among(pkgDepCache &cache, PlanTerms const &terms) {
  std::vector<pkgCache::PkgIterator> found;
  for (size_t index = 0; index < terms.kept_count; ++index) {
    auto const &wanted = terms.kept[index];
    auto const package = cache.FindPkg(std::string(wanted.name), std::string(wanted.architecture));
    if (package.end() == false && package->CurrentVer != 0) found.push_back(package);
  }
  return found;
}

/// As libapt's own dist-upgrade goes about it (pkgDistUpgrade in apt 2.6, upgrade.cc), but with packages that must stay
/// protected from the resolver, which libapt lets only a hold of dpkg's do.
bool upgrade_keeping(pkgCacheFile &file, std::vector<pkgCache::PkgIterator> const &kept) {
  auto &cache = *file.GetDepCache();
  pkgDepCache::ActionGroup group(cache);
  for (bool const with_dependencies : {false, true})
    for (auto package = cache.PkgBegin(); package.end() == false; ++package)
      if (package->CurrentVer != 0 && cache[package].Upgradable() && is_on_hold(package) == false &&
          is_out_of_phase(file, cache[package].CandidateVerIter(cache)) == false)
        cache.MarkInstall(package, with_dependencies, 0, false);
  pkgProblemResolver resolver(&cache);
  auto const protect = [&](pkgCache::PkgIterator const &package) {
    cache.MarkKeep(package, false, false);
    resolver.Protect(package);
  };
  for (auto package = cache.PkgBegin(); package.end() == false; ++package)
    if (is_on_hold(package)) protect(package);
  for (auto const &package : kept) protect(package);
  return resolver.Resolve(false);
}

/// Upgrades without removing anything, where the resolver found no other way.
bool upgrade_without_removals(pkgDepCache &cache) {
  _error->Discard();
  for (auto package = cache.PkgBegin(); package.end() == false; ++package) cache.MarkKeep(package, false, false);
  return APT::Upgrade::Upgrade(cache, APT::Upgrade::FORBID_REMOVE_PACKAGES, nullptr);
}

bool upgrade(pkgCacheFile &file, PlanTerms const &terms) {
  auto &cache = *file.GetDepCache();
  auto const kept = installed_among(cache, terms);
  if (kept.empty()) return APT::Upgrade::Upgrade(cache, APT::Upgrade::ALLOW_EVERYTHING, nullptr);
  return upgrade_keeping(file, kept) || upgrade_without_removals(cache);
}

/// The steps of `apt-get dist-upgrade` before it asks for confirmation.
capt_status mark_plan(pkgCacheFile &file, PlanTerms const &terms) {
  auto &cache = *file.GetDepCache();
  if (pkgApplyStatus(cache) == false) return CAPT_PLAN;
  if (cache.BrokenCount() != 0) return CAPT_BROKEN;
  if (upgrade(file, terms) == false) return CAPT_PLAN;
  remove_garbage(cache);
  return cache.BrokenCount() == 0 ? CAPT_OK : CAPT_PLAN;
}

void fill(PlanStore &store, pkgCacheFile &cache, std::vector<Upgradable> const &before) {
  std::vector<Upgradable> kept;
  for (auto const &target : before)
    if (cache[target.package].Keep()) kept.push_back(target);
  for (auto package = cache->PkgBegin(); package.end() == false; ++package)
    if (is_changed(cache[package])) add_change(cache, package, store);
  if (kept.empty()) return;
  pkgDepCache::ActionGroup group(*cache);
  for (auto const &target : kept) add_kept(cache, target, store);
}

void add_sources(pkgCacheFile &cache, capt_plan &plan, PlanStore &store) {
  auto *sources = cache.GetSourceList();
  for (auto const *source : *sources) {
    ++plan.source_count;
    bool has_list = false;
    for (auto const *index : *const_cast<metaIndex *>(source)->GetIndexFiles())
      has_list = has_list || (index->HasPackages() && index->Exists());
    if (has_list) continue;
    store.sources_without_lists.push_back(store.strings.keep(source->GetURI() + " " + source->GetDist()));
  }
}

void count_lists(pkgCacheFile &cache, capt_plan &plan) {
  for (auto file = cache.GetPkgCache()->FileBegin(); file.end() == false; ++file)
    if (file.Flagged(pkgCache::Flag::NotSource) == false) ++plan.list_count;
}

void publish(capt_plan &plan, std::unique_ptr<PlanStore> store) {
  plan.changes = store->changes.data();
  plan.change_count = store->changes.size();
  plan.kept = store->kept.data();
  plan.kept_count = store->kept.size();
  plan.origins = store->origins.data();
  plan.obstacles = store->obstacles.data();
  plan.names = store->names.data();
  plan.sources_without_lists = store->sources_without_lists.data();
  plan.sources_without_lists_count = store->sources_without_lists.size();
  plan.owner = store.release();
}

capt_status make_plan(PlanTerms const &terms, capt_plan &plan) {
  close_session();
  auto &cache = session().cache;
  if (cache.BuildSourceList(nullptr) == false || _error->PendingError()) return CAPT_SOURCES;
  // Each action group ends with a sweep for what nothing needs any more; only automatic removal asks for it.
  bool const sweeps = _config->FindB("APT::Get::AutomaticRemove", false);
  cache.InhibitActionGroups(sweeps == false);
  if (build_policy(cache, terms.preferences) == false || session().open() == false) return CAPT_CACHE;
  auto store = std::make_unique<PlanStore>();
  add_sources(cache, plan, *store);
  count_lists(cache, plan);
  auto const before = upgradables(cache, plan.installed_count);
  auto const status = mark_plan(cache, terms);
  if (status == CAPT_OK) fill(*store, cache, before);
  publish(plan, std::move(store));
  return status;
}
}  // namespace

}  // namespace capt

using namespace capt;

extern "C" capt_status capt_plan_make(const capt_preferences *preferences, const capt_package *kept, size_t kept_count,
                                      capt_plan *plan, capt_messages *messages) {
  *plan = capt_plan{};
  PlanTerms const terms{preferences, kept, kept_count};
  auto const status = guarded(messages, CAPT_CACHE, [&] { return make_plan(terms, *plan); });
  if (status != CAPT_OK) close_session();
  return status;
}

extern "C" void capt_plan_free(capt_plan *plan) {
  delete static_cast<PlanStore *>(plan->owner);
  *plan = capt_plan{};
}
