#include "archives.hpp"
#include "options.hpp"

#include <apt-pkg/acquire-item.h>
#include <apt-pkg/acquire.h>
#include <apt-pkg/fileutl.h>

#include <sys/stat.h>
#include <unistd.h>

using namespace capt;

namespace {
constexpr int pulse_microseconds = 100000;

/// Hands libapt's progress on, and the answer back.
class Status final : public pkgAcquireStatus {
  capt_progress const progress;
  void *const context;

public:
  bool cancelled = false;

  Status(capt_progress progress, void *context) : progress(progress), context(context) {}

  bool MediaChange(std::string, std::string) override { return false; }

  bool Pulse(pkgAcquire *owner) override {
    pkgAcquireStatus::Pulse(owner);
    if (progress != nullptr && progress(context, CurrentBytes, TotalBytes) == 0) cancelled = true;
    return cancelled == false;
  }
};

struct DownloadStore {
  Strings strings;
  std::vector<capt_downloaded> items;
};

/// An archive on its way. libapt writes the final path into `path`; its fetcher owns the archive.
struct Item {
  size_t key;
  std::string path;
  pkgAcqArchive *archive;
};

/// Whether the user of apt's sandbox can get into `directory`: everyone may pass through what is above it.
bool is_reachable(std::string directory) {
  while (directory.empty() == false) {
    struct stat status;
    if (stat(directory.c_str(), &status) != 0 || (status.st_mode & S_IXOTH) == 0) return false;
    directory.erase(directory.find_last_of('/'));
  }
  return true;
}

/// As root, apt's methods drop to the sandbox user, who must be able to write below `directory`.
std::string sandbox_user(std::string const &directory) {
  auto const user = _config->Find("APT::Sandbox::User");
  if (geteuid() != 0 || user.empty() || user == "root") return user;
  if (is_reachable(directory) == false) return "";
  auto const partial = directory + "/partial";
  ChangeOwnerAndPermissionOfFile("capt_download", partial.c_str(), user.c_str(), "root", 0700);
  return user;
}

capt_downloaded result(Item const &item, bool cancelled, Strings &strings) {
  auto const &archive = *item.archive;
  struct stat status;
  bool const is_there = stat(item.path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  if (archive.Status == pkgAcquire::Item::StatDone && archive.Complete && is_there)
    return capt_downloaded{CAPT_DOWNLOADED, strings.keep(item.path), nullptr};
  bool const unfinished = archive.Status == pkgAcquire::Item::StatIdle ||
                          archive.Status == pkgAcquire::Item::StatFetching;
  auto const state = cancelled && unfinished ? CAPT_DOWNLOAD_CANCELLED : CAPT_DOWNLOAD_FAILED;
  return capt_downloaded{state, nullptr, strings.keep(archive.ErrorText)};
}

/// Queues the archive of `key`, or notes in `failed` why it is not to be had.
void enqueue(pkgAcquire &fetcher, capt_key const &key, size_t index, std::deque<Item> &items,
             capt_downloaded &failed, Strings &strings) {
  auto &cache = session().cache;
  auto const version = find_version(*cache.GetPkgCache(), key);
  if (version.end() || archive_name(version).empty()) {
    failed.problem = strings.keep("not in the package lists");
    return;
  }
  auto &item = items.emplace_back(Item{index, "", nullptr});
  item.archive = new pkgAcqArchive(&fetcher, cache.GetSourceList(), &session().records(), version, item.path);
  if (item.archive->IsTrusted()) return;
  failed.status = CAPT_DOWNLOAD_UNTRUSTED;
  delete item.archive;
  items.pop_back();
}

capt_status fetch(const capt_key *keys, size_t count, Status &status, DownloadStore &store) {
  if (session().open() == false) return CAPT_CACHE;
  store.items.resize(count, capt_downloaded{CAPT_DOWNLOAD_FAILED, nullptr, store.strings.keep("")});
  // The items outlive the fetcher, which writes into their paths.
  std::deque<Item> items;
  pkgAcquire fetcher(&status);
  for (size_t index = 0; index < count; ++index)
    enqueue(fetcher, keys[index], index, items, store.items[index], store.strings);
  // What libapt notes of single items while it fetches stands in the items themselves.
  _error->PushToStack();
  fetcher.Run(pulse_microseconds);
  for (auto const &item : items) store.items[item.key] = result(item, status.cancelled, store.strings);
  fetcher.Shutdown();
  _error->RevertToStack();
  return CAPT_OK;
}
}  // namespace

extern "C" capt_status capt_download(const capt_key *keys, size_t count, const char *directory,
                                     capt_progress progress, void *context, capt_downloads *downloads,
                                     capt_messages *messages) {
  *downloads = capt_downloads{};
  return guarded(messages, CAPT_FILE, [&] {
    OptionOverride const archives("Dir::Cache::archives", std::string(directory) + "/");
    OptionOverride const sandbox("APT::Sandbox::User", sandbox_user(directory));
    Status status(progress, context);
    auto store = std::make_unique<DownloadStore>();
    auto const outcome = fetch(keys, count, status, *store);
    if (outcome != CAPT_OK) return outcome;
    downloads->items = store->items.data();
    downloads->count = store->items.size();
    downloads->owner = store.release();
    return CAPT_OK;
  });
}

extern "C" void capt_downloads_free(capt_downloads *downloads) {
  delete static_cast<DownloadStore *>(downloads->owner);
  *downloads = capt_downloads{};
}
