// Policies whose pins are not those on the node: how a file of pins is tried before apt ever sees it.
//
// libapt reads `Dir::Etc::Preferences`, then the files of `Dir::Etc::PreferencesParts` in their order; of two pins of
// one version the first counts. The same is done here file by file. Read in apt 2.6 and 3.1 (policy.cc).
#include "preferences.hpp"

#include "options.hpp"

#include <apt-pkg/fileutl.h>

namespace capt {

namespace {
constexpr char const *parts_option = "Dir::Etc::PreferencesParts";
constexpr char const *file_option = "Dir::Etc::Preferences";
constexpr char const *nothing = "/dev/null";

struct PinStore {
  Strings strings;
  std::vector<capt_pinned> items;
};

std::string name_of(std::string const &path) { return path.substr(path.rfind('/') + 1); }

/// Reads the files of `folder` in apt's order, `replaced` left out and `replacement` read where it would stand.
bool read_parts(pkgPolicy &policy, std::string const &folder, std::string const &replaced, char const *replacement) {
  auto files = DirectoryExists(folder) ? GetListOfFilesInDir(folder, "pref", true, true) : std::vector<std::string>{};
  bool is_read = replacement == nullptr;
  for (auto const &file : files) {
    if (is_read == false && name_of(file) >= replaced) {
      if (ReadPinFile(policy, replacement) == false) return false;
      is_read = true;
    }
    if (name_of(file) != replaced && ReadPinFile(policy, file) == false) return false;
  }
  return is_read || ReadPinFile(policy, replacement);
}

/// The versions that pins name, with the priority they have in `policy`.
void add_pinned(pkgCache &cache, pkgPolicy &policy, capt_pin const &pin, size_t index, PinStore &store) {
  auto const group = cache.FindGrp(std::string(pin.source));
  if (group.end()) return;
  for (auto version = group.VersionsInSource(); version.end() == false; version = version.NextInSource()) {
    if (std::string(version.VerStr()) != pin.version) continue;
    auto const package = version.ParentPkg();
    bool const is_candidate = policy.GetCandidateVer(package) == version && package.CurrentVer() != version;
    store.items.push_back(capt_pinned{index, store.strings.keep(package.Name()), store.strings.keep(version.Arch()),
                                      policy.GetPriority(version), is_candidate ? 1 : 0});
  }
}

capt_status try_pins(const char *file, const capt_pin *pins, size_t count, PinStore &store) {
  pkgCacheFile cache;
  if (cache.BuildCaches(nullptr, false) == false || _error->PendingError()) return CAPT_CACHE;
  // Warnings of the sources and lists are not about the pins.
  _error->Discard();
  {
    OptionOverride const parts(parts_option, nothing);
    OptionOverride const main(file_option, nothing);
    if (cache.BuildPolicy(nullptr) == false) return CAPT_CONFIGURATION;
  }
  if (ReadPinFile(*cache.GetPolicy(), file) == false || _error->PendingError()) return CAPT_FILE;
  for (size_t index = 0; index < count; ++index)
    add_pinned(*cache.GetPkgCache(), *cache.GetPolicy(), pins[index], index, store);
  return CAPT_OK;
}
}  // namespace

bool build_policy(pkgCacheFile &cache, capt_preferences const *preferences) {
  if (preferences == nullptr) return cache.BuildPolicy(nullptr);
  if (cache.BuildCaches(nullptr, false) == false || _error->PendingError()) return false;
  auto const folder = _config->FindDir(parts_option, nothing);
  {
    OptionOverride const parts(parts_option, nothing);
    if (cache.BuildPolicy(nullptr) == false) return false;
  }
  auto const is_read = read_parts(*cache.GetPolicy(), folder, preferences->replaced, preferences->replacement);
  return is_read && _error->PendingError() == false;
}

}  // namespace capt

using namespace capt;

extern "C" capt_status capt_try_pins(const char *file, const capt_pin *pins, size_t count, capt_pin_trial *trial,
                                     capt_messages *messages) {
  *trial = capt_pin_trial{};
  return guarded(messages, CAPT_FILE, [&] {
    auto store = std::make_unique<PinStore>();
    auto const status = try_pins(file, pins, count, *store);
    trial->items = store->items.data();
    trial->count = store->items.size();
    trial->owner = store.release();
    return status;
  });
}

extern "C" void capt_pin_trial_free(capt_pin_trial *trial) {
  delete static_cast<PinStore *>(trial->owner);
  *trial = capt_pin_trial{};
}
