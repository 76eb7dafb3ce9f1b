#include "session.hpp"

#include <apt-pkg/hashes.h>

#include <cstring>

using namespace capt;

namespace {
pkgCache::PkgIterator find_installed(pkgCache &cache, const char *name, const char *architecture) {
  auto const group = cache.FindGrp(std::string(name));
  if (group.end()) return pkgCache::PkgIterator(cache, nullptr);
  if (architecture != nullptr) return group.FindPkg(std::string(architecture));
  for (auto package = group.PackageList(); package.end() == false; package = group.NextPkg(package))
    if (package->CurrentVer != 0) return package;
  return pkgCache::PkgIterator(cache, nullptr);
}

std::string conffiles_of(pkgCache::VerIterator const &version) {
  for (auto place = version.FileList(); place.end() == false; ++place)
    if (place.File().Flagged(pkgCache::Flag::NotSource))
      return session().records().Lookup(place).RecordField("Conffiles");
  return "";
}
}  // namespace

extern "C" capt_status capt_installed_fill(const char *name, const char *architecture, int with_conffiles,
                                           capt_installed *installed, capt_messages *messages) {
  *installed = capt_installed{};
  return guarded(messages, CAPT_CACHE, [&] {
    auto &cache = session().cache;
    if (session().open() == false) return CAPT_CACHE;
    auto const package = find_installed(*cache.GetPkgCache(), name, architecture);
    if (package.end() || package->CurrentVer == 0) return CAPT_UNKNOWN_PACKAGE;
    auto const version = package.CurrentVer();
    auto strings = std::make_unique<Strings>();
    installed->architecture = strings->keep(version.Arch());
    installed->version = strings->keep(version.VerStr());
    installed->source = strings->keep(version.SourcePkgName());
    installed->is_qualified = (version->MultiArch & pkgCache::Version::Same) == pkgCache::Version::Same;
    installed->conffiles = strings->keep(with_conffiles ? conffiles_of(version) : "");
    installed->owner = strings.release();
    return CAPT_OK;
  });
}

extern "C" void capt_installed_free(capt_installed *installed) {
  delete static_cast<Strings *>(installed->owner);
  *installed = capt_installed{};
}

extern "C" int capt_md5(int descriptor, char digest[33]) {
  digest[0] = '\0';
  auto const status = guarded(nullptr, CAPT_FILE, [&] {
    Hashes hashes(Hashes::MD5SUM);
    if (hashes.AddFD(descriptor) == false) return CAPT_FILE;
    auto const value = hashes.GetHashString(Hashes::MD5SUM).HashValue();
    if (value.size() != 32) return CAPT_FILE;
    std::memcpy(digest, value.c_str(), 33);
    return CAPT_OK;
  });
  return status == CAPT_OK;
}
