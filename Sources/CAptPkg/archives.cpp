#include "archives.hpp"

#include <apt-pkg/hashes.h>
#include <apt-pkg/indexfile.h>
#include <apt-pkg/sourcelist.h>
#include <apt-pkg/strutl.h>

#include <algorithm>

#include <sys/stat.h>

namespace capt {

namespace {
struct ArchiveStore {
  Strings strings;
  std::vector<capt_archive> items;
};

/// A place of the archive that has to be looked up for a key.
struct Job {
  size_t key;
  pkgCache::VerIterator version;
  pkgCache::VerFileIterator place;
  /// Files that are there under the right name.
  std::vector<std::string> files;
  /// Whether the place is a repository in this node's file system.
  pkgIndexFile *local;
};

bool is_regular(std::string const &path, unsigned long long &size) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode) == false) return false;
  size = static_cast<unsigned long long>(status.st_size);
  return true;
}

std::vector<std::string> files_named(std::string const &name, std::vector<std::string> const &directories) {
  std::vector<std::string> files;
  unsigned long long size;
  for (auto const &directory : directories)
    if (name.empty() == false && is_regular(directory + "/" + name, size)) files.push_back(directory + "/" + name);
  return files;
}

/// The index file of a place, if it is that of a repository in the file system.
pkgIndexFile *local_index(pkgSourceList &sources, pkgCache::VerFileIterator const &place) {
  pkgIndexFile *index = nullptr;
  if (sources.FindIndex(place.File(), index) == false || index == nullptr) return nullptr;
  auto const scheme = URI(index->ArchiveURI("x")).Access;
  return scheme == "file" || scheme == "copy" ? index : nullptr;
}

/// Why `file` is not the .deb that the list speaks of; empty if it is.
std::string difference(std::string const &file, pkgCache::VerIterator const &version, HashStringList const &hashes) {
  unsigned long long size = 0;
  if (is_regular(file, size) == false) return "is not there";
  if (size != version->Size) return "has not the size that the package list gives";
  if (hashes.usable() == false) return "cannot be checked: the package list has no hash for it";
  auto const *sha256 = hashes.find("SHA256");
  // A file that cannot be read is a difference too, not an error of the call.
  _error->PushToStack();
  bool const matches = sha256 != nullptr ? sha256->VerifyFile(file) : hashes.VerifyFile(file);
  _error->RevertToStack();
  return matches ? "" : "has not the hash that the package list gives";
}

void settle(Job &job, ArchiveStore &store) {
  auto &archive = store.items[job.key];
  if (archive.path != nullptr) return;
  auto &record = session().records().Lookup(job.place);
  if (job.local != nullptr) job.files.push_back(DeQuoteString(URI(job.local->ArchiveURI(record.FileName())).Path));
  auto const hashes = record.Hashes();
  for (auto const &file : job.files) {
    unsigned long long size;
    if (is_regular(file, size) == false) continue;
    auto const problem = difference(file, job.version, hashes);
    if (problem.empty()) {
      archive = capt_archive{store.strings.keep(file), nullptr};
      return;
    }
    archive.problem = store.strings.keep("`" + file + "` " + problem);
  }
}

/// Places that need their record read. Most keys have no file at hand, and cost no look into the lists.
void add_jobs(size_t key, pkgCache::VerIterator const &version, std::vector<std::string> const &directories,
              std::vector<Job> &jobs) {
  auto &sources = *session().cache.GetSourceList();
  auto const files = files_named(archive_name(version), directories);
  for (auto place = version.FileList(); place.end() == false; ++place) {
    if (place.File().Flagged(pkgCache::Flag::NotSource)) continue;
    auto *local = local_index(sources, place);
    if (local != nullptr || files.empty() == false) jobs.push_back(Job{key, version, place, files, local});
  }
}

capt_status find(const capt_key *keys, size_t count, std::vector<std::string> const &directories,
                 ArchiveStore &store) {
  auto &cache = session().cache;
  if (session().open() == false) return CAPT_CACHE;
  store.items.resize(count, capt_archive{nullptr, nullptr});
  std::vector<Job> jobs;
  for (size_t key = 0; key < count; ++key) {
    auto const version = find_version(*cache.GetPkgCache(), keys[key]);
    if (version.end() == false) add_jobs(key, version, directories, jobs);
  }
  // Lists may be compressed, so they are read front to back.
  std::sort(jobs.begin(), jobs.end(), [](Job const &left, Job const &right) {
    return std::make_pair(left.place.File()->ID, left.place->Offset) <
           std::make_pair(right.place.File()->ID, right.place->Offset);
  });
  for (auto &job : jobs) settle(job, store);
  return CAPT_OK;
}
}  // namespace

pkgCache::VerIterator find_version(pkgCache &cache, capt_key const &key) {
  auto const package = cache.FindPkg(std::string(key.name), std::string(key.architecture));
  if (package.end()) return pkgCache::VerIterator(cache, nullptr);
  auto fallback = pkgCache::VerIterator(cache, nullptr);
  for (auto version = package.VersionList(); version.end() == false; ++version) {
    if (std::string(version.VerStr()) != key.version) continue;
    // Of several with one version the one that can be downloaded is meant.
    if (version.Downloadable()) return version;
    fallback = version;
  }
  return fallback;
}

std::string archive_name(pkgCache::VerIterator const &version) {
  std::string const name = version.ParentPkg().Name();
  if (name.empty() || name[0] == '.' || name.find('/') != std::string::npos) return "";
  // The parts that apt's pkgAcqArchive quotes, and how.
  return QuoteString(name, "_:/") + "_" + QuoteString(version.VerStr(), "_:/") + "_" +
         QuoteString(version.Arch(), "_:./") + ".deb";
}

}  // namespace capt

using namespace capt;

extern "C" capt_status capt_find_archives(const capt_key *keys, size_t count, const char *const *directories,
                                          size_t directory_count, capt_archives *archives, capt_messages *messages) {
  *archives = capt_archives{};
  return guarded(messages, CAPT_CACHE, [&] {
    std::vector<std::string> places(directories, directories + directory_count);
    places.push_back(_config->FindDir("Dir::Cache::archives"));
    auto store = std::make_unique<ArchiveStore>();
    auto const status = find(keys, count, places, *store);
    if (status != CAPT_OK) return status;
    archives->items = store->items.data();
    archives->count = store->items.size();
    archives->owner = store.release();
    return CAPT_OK;
  });
}

extern "C" void capt_archives_free(capt_archives *archives) {
  delete static_cast<ArchiveStore *>(archives->owner);
  *archives = capt_archives{};
}
