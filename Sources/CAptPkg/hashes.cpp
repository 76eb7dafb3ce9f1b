#include "archives.hpp"

#include <apt-pkg/hashes.h>

using namespace capt;

namespace {
struct HashStore {
  Strings strings;
  std::vector<const char *> items;
};

/// SHA-256 of the .deb of `version` as a package list gives it; empty if none does.
std::string sha256_of(pkgCache::VerIterator const &version) {
  for (auto place = version.FileList(); place.end() == false; ++place) {
    if (place.File().Flagged(pkgCache::Flag::NotSource)) continue;
    auto const hashes = session().records().Lookup(place).Hashes();
    auto const *sha256 = hashes.find("SHA256");
    if (sha256 != nullptr) return sha256->HashValue();
  }
  return "";
}
}  // namespace

extern "C" capt_status capt_find_hashes(const capt_key *keys, size_t count, capt_hashes *hashes,
                                        capt_messages *messages) {
  *hashes = capt_hashes{};
  return guarded(messages, CAPT_CACHE, [&] {
    if (session().open() == false) return CAPT_CACHE;
    auto &cache = *session().cache.GetPkgCache();
    auto store = std::make_unique<HashStore>();
    for (size_t key = 0; key < count; ++key) {
      auto const version = find_version(cache, keys[key]);
      store->items.push_back(store->strings.keep(version.end() ? "" : sha256_of(version)));
    }
    hashes->items = store->items.data();
    hashes->count = store->items.size();
    hashes->owner = store.release();
    return CAPT_OK;
  });
}

extern "C" void capt_hashes_free(capt_hashes *hashes) {
  delete static_cast<HashStore *>(hashes->owner);
  *hashes = capt_hashes{};
}
