#include "session.hpp"

#include <set>
#include <vector>

using namespace capt;

namespace {
struct StringList {
  Strings strings;
  std::vector<const char *> items;
};

template <typename Texts>
void hand_over(Texts const &texts, capt_strings *strings) {
  auto list = std::make_unique<StringList>();
  for (auto const &text : texts) list->items.push_back(list->strings.keep(text));
  strings->items = list->items.data();
  strings->count = list->items.size();
  strings->owner = list.release();
}
}  // namespace

extern "C" capt_status capt_all_versions(capt_strings *versions, capt_messages *messages) {
  *versions = capt_strings{};
  return guarded(messages, CAPT_CACHE, [&] {
    auto &cache = session().cache;
    if (session().open() == false) return CAPT_CACHE;
    std::set<std::string> found;
    for (auto package = cache->PkgBegin(); package.end() == false; ++package)
      for (auto version = package.VersionList(); version.end() == false; ++version) found.insert(version.VerStr());
    hand_over(found, versions);
    return CAPT_OK;
  });
}

extern "C" capt_status capt_all_names(capt_strings *sources, capt_strings *binaries, capt_messages *messages) {
  *sources = capt_strings{};
  *binaries = capt_strings{};
  return guarded(messages, CAPT_CACHE, [&] {
    auto &cache = session().cache;
    if (session().open() == false) return CAPT_CACHE;
    std::set<std::string> from, built;
    for (auto package = cache->PkgBegin(); package.end() == false; ++package)
      for (auto version = package.VersionList(); version.end() == false; ++version) {
        built.insert(package.Name());
        from.insert(version.SourcePkgName() != nullptr ? version.SourcePkgName() : package.Name());
      }
    hand_over(from, sources);
    hand_over(built, binaries);
    return CAPT_OK;
  });
}

extern "C" capt_status capt_configured(const char *key, capt_strings *values, capt_messages *messages) {
  *values = capt_strings{};
  return guarded(messages, CAPT_CONFIGURATION, [&] {
    std::vector<std::string> found;
    auto const *item = _config->Tree(key);
    if (item != nullptr && item->Value.empty() == false) found.push_back(item->Value);
    if (item != nullptr)
      for (auto const *child = item->Child; child != nullptr; child = child->Next)
        if (child->Value.empty() == false) found.push_back(child->Value);
    hand_over(found, values);
    return CAPT_OK;
  });
}

extern "C" void capt_strings_free(capt_strings *strings) {
  delete static_cast<StringList *>(strings->owner);
  *strings = capt_strings{};
}
