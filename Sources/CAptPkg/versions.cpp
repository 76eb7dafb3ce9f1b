#include "session.hpp"

#include <set>

using namespace capt;

namespace {
struct StringList {
  Strings strings;
  std::vector<const char *> items;
};
}  // namespace

extern "C" capt_status capt_all_versions(capt_strings *versions, capt_messages *messages) {
  *versions = capt_strings{};
  return guarded(messages, CAPT_CACHE, [&] {
    auto &cache = session().cache;
    if (session().open() == false) return CAPT_CACHE;
    std::set<std::string> found;
    for (auto package = cache->PkgBegin(); package.end() == false; ++package)
      for (auto version = package.VersionList(); version.end() == false; ++version) found.insert(version.VerStr());
    auto list = std::make_unique<StringList>();
    for (auto const &text : found) list->items.push_back(list->strings.keep(text));
    versions->items = list->items.data();
    versions->count = list->items.size();
    versions->owner = list.release();
    return CAPT_OK;
  });
}

extern "C" capt_status capt_all_names(capt_strings *names, capt_messages *messages) {
  *names = capt_strings{};
  return guarded(messages, CAPT_CACHE, [&] {
    auto &cache = session().cache;
    if (session().open() == false) return CAPT_CACHE;
    std::set<std::string> found;
    for (auto package = cache->PkgBegin(); package.end() == false; ++package)
      for (auto version = package.VersionList(); version.end() == false; ++version) {
        found.insert(package.Name());
        if (version.SourcePkgName() != nullptr) found.insert(version.SourcePkgName());
      }
    auto list = std::make_unique<StringList>();
    for (auto const &text : found) list->items.push_back(list->strings.keep(text));
    names->items = list->items.data();
    names->count = list->items.size();
    names->owner = list.release();
    return CAPT_OK;
  });
}

extern "C" void capt_strings_free(capt_strings *strings) {
  delete static_cast<StringList *>(strings->owner);
  *strings = capt_strings{};
}
