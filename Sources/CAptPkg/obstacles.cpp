#include "plan.hpp"

#include <algorithm>
#include <set>

namespace capt {

namespace {
/// How many packages are tried along with the kept one before the search ends.
constexpr int step_limit = 64;

const char *relation_name(unsigned char type) {
  switch (type) {
    case pkgCache::Dep::Depends: return "Depends";
    case pkgCache::Dep::PreDepends: return "Pre-Depends";
    case pkgCache::Dep::Recommends: return "Recommends";
    case pkgCache::Dep::Suggests: return "Suggests";
    case pkgCache::Dep::Conflicts: return "Conflicts";
    case pkgCache::Dep::Replaces: return "Replaces";
    case pkgCache::Dep::Obsoletes: return "Obsoletes";
    case pkgCache::Dep::DpkgBreaks: return "Breaks";
    case pkgCache::Dep::Enhances: return "Enhances";
    default: return "Relation";
  }
}

/// An or-group of relations of one version.
struct Group {
  pkgCache::DepIterator first, last;
};

std::string text_of(Group const &group) {
  std::string text = std::string(relation_name(group.first->Type)) + ": ";
  for (auto part = group.first;; ++part) {
    text += part.TargetPkg().FullName(true);
    if (part.TargetVer() != nullptr)
      text += std::string(" (") + pkgCache::CompTypeDeb(part->CompareOp) + " " + part.TargetVer() + ")";
    if (part == group.last) return text;
    text += " | ";
  }
}

/// The critical relations of `version` that do not hold with the present marks.
std::vector<Group> broken_groups(pkgDepCache &cache, pkgCache::VerIterator const &version) {
  std::vector<Group> broken;
  for (auto relation = version.DependsList(); relation.end() == false;) {
    Group group;
    relation.GlobOr(group.first, group.last);
    if (group.last.IsCritical() && (cache[group.last] & pkgDepCache::DepGInstall) == 0) broken.push_back(group);
  }
  return broken;
}

std::vector<pkgCache::VerIterator> targets_of(Group const &group) {
  std::vector<pkgCache::VerIterator> targets;
  for (auto part = group.first;; ++part) {
    std::unique_ptr<pkgCache::Version *[]> const all(part.AllTargets());
    for (auto **target = all.get(); *target != nullptr; ++target) targets.emplace_back(*part.Cache(), *target);
    if (part == group.last) return targets;
  }
}

/// One search for what is in the way of one kept package.
class Search {
  pkgDepCache &cache;
  PlanStore &store;
  std::set<unsigned long> tried;

public:
  Search(pkgDepCache &cache, PlanStore &store) : cache(cache), store(store) {}

  capt_range run(Upgradable const &target) {
    if (cache[target.package].CandidateVer != static_cast<pkgCache::Version const *>(target.candidate))
      cache.SetCandidateVersion(target.candidate);
    mark(target.package);
    for (int step = 0; step < step_limit && advance(); ++step) {}
    auto const first = store.obstacles.size();
    for_each_broken([&](auto const &package, auto const &group) { report(package, group); });
    undo();
    return capt_range{first, store.obstacles.size() - first};
  }

private:
  struct Mark {
    pkgCache::PkgIterator package;
    bool install, remove;
  };
  std::vector<Mark> undo_list;

  bool mark(pkgCache::PkgIterator const &package) {
    if (tried.insert(package->ID).second == false) return false;
    auto const &state = cache[package];
    undo_list.push_back(Mark{package, state.Install(), state.Delete()});
    cache.MarkInstall(package, false, 0, true);
    return cache[package].Install();
  }

  void undo() {
    for (auto entry = undo_list.rbegin(); entry != undo_list.rend(); ++entry) {
      if (entry->install)
        cache.MarkInstall(entry->package, false, 0, false);
      else if (entry->remove)
        cache.MarkDelete(entry->package, false, 0, false);
      else
        cache.MarkKeep(entry->package, false, false);
    }
  }

  pkgCache::VerIterator version_of(pkgCache::PkgIterator const &package) {
    return pkgCache::VerIterator(cache.GetCache(), cache[package].InstallVer);
  }

  template <typename Visit> void for_each_broken(Visit visit) {
    for (auto package = cache.PkgBegin(); package.end() == false; ++package) {
      if (cache[package].InstBroken() == false || cache[package].InstallVer == nullptr) continue;
      for (auto const &group : broken_groups(cache, version_of(package))) visit(package, group);
    }
  }

  /// Takes along one more package that could mend a broken relation; false if there is none.
  bool advance() {
    std::vector<pkgCache::PkgIterator> helpers;
    for_each_broken([&](auto const &package, auto const &group) {
      if (can_move(package)) helpers.push_back(package);
      if (group.first.IsNegative()) return;
      for (auto const &target : targets_of(group)) {
        auto const owner = target.ParentPkg();
        bool const is_candidate = cache[owner].CandidateVer == static_cast<pkgCache::Version const *>(target);
        if (is_candidate && can_move(owner)) helpers.push_back(owner);
      }
    });
    bool moved = false;
    for (auto const &helper : helpers) moved = mark(helper) || moved;
    return moved;
  }

  /// Whether a package has a candidate that was not tried yet and that no hold forbids.
  bool can_move(pkgCache::PkgIterator const &package) {
    auto const &state = cache[package];
    return tried.count(package->ID) == 0 && package->SelectedState != pkgCache::State::Hold &&
           state.CandidateVer != nullptr && state.CandidateVer != state.InstallVer;
  }

  void report(pkgCache::PkgIterator const &package, Group const &group) {
    auto const first = store.names.size();
    for (auto const &name : in_the_way(package, group)) store.names.push_back(store.strings.keep(name));
    store.obstacles.push_back(capt_obstacle{
        store.strings.keep(package.FullName(true)), store.strings.keep(version_of(package).VerStr()),
        store.strings.keep(text_of(group)), capt_range{first, store.names.size() - first}});
  }

  /// Installed packages that the relation speaks of, and the one that states it if it stays as it is.
  std::set<std::string> in_the_way(pkgCache::PkgIterator const &package, Group const &group) {
    std::set<std::string> names;
    auto const add = [&](pkgCache::PkgIterator const &other) {
      if (other->CurrentVer != 0 && tried.count(other->ID) == 0) names.insert(other.FullName(true));
    };
    add(package);
    if (group.first.IsNegative()) {
      for (auto const &target : targets_of(group))
        if (version_of(target.ParentPkg()) == target && target.ParentPkg() != package) add(target.ParentPkg());
      return names;
    }
    for (auto part = group.first;; ++part) {
      add(part.TargetPkg());
      if (part == group.last) return names;
    }
  }
};
}  // namespace

capt_range find_obstacles(pkgDepCache &cache, Upgradable const &target, PlanStore &store) {
  return Search(cache, store).run(target);
}

}  // namespace capt
