#include "session.hpp"

#include <apt-pkg/aptconfiguration.h>
#include <apt-pkg/fileutl.h>
#include <apt-pkg/init.h>
#include <apt-pkg/pkgsystem.h>
#include <apt-pkg/version.h>

namespace capt {

namespace {
// Never destroyed: at the end of the process there is nothing to write, and the kernel frees faster.
std::unique_ptr<Session> &current = *new std::unique_ptr<Session>;
bool was_configured = false;
bool was_abandoned = false;

struct MessageStore {
  Strings strings;
  std::vector<capt_message> items;
};

/// Values that libapt keeps of an earlier configuration are read anew.
void refresh_cached_configuration() {
  APT::Configuration::getCompressors(false);
  APT::Configuration::getCompressionTypes(false);
  APT::Configuration::getArchitectures(false);
  APT::Configuration::getLanguages(true, false);
}

/// Files of the cache that are switched off by an empty name, as container images do, would come out as the root folder
/// itself under another root: there they get their usual names.
void name_caches_under_other_root() {
  if (_config->Find("RootDir").empty()) return;
  for (auto const *name : {"pkgcache", "srcpkgcache"}) {
    auto const key = std::string("Dir::Cache::") + name;
    if (_config->Find(key).empty()) _config->Set(key, std::string(name) + ".bin");
  }
}

capt_status configure(const capt_option *options, size_t count) {
  close_session();
  _config->Clear();
  if (pkgInitConfig(*_config) == false || _error->PendingError()) return CAPT_CONFIGURATION;
  _config->Set("Binary", "apt-get");
  _config->MoveSubTree("Binary::apt-get", nullptr);
  for (size_t index = 0; index < count; ++index) _config->Set(options[index].key, std::string(options[index].value));
  name_caches_under_other_root();
  if (pkgInitSystem(*_config, _system) == false || _system == nullptr) return CAPT_CONFIGURATION;
  if (was_configured) refresh_cached_configuration();
  was_configured = true;
  return CAPT_OK;
}
}  // namespace

bool Session::open() { return cache.ReadOnlyOpen(nullptr) && _error->PendingError() == false; }

pkgRecords &Session::records() {
  if (opened_records == nullptr) opened_records = std::make_unique<pkgRecords>(*cache.GetPkgCache());
  return *opened_records;
}

Session &session() {
  if (current == nullptr) current = std::make_unique<Session>();
  return *current;
}

void close_session() { current.reset(); }

void abandon() {
  (void)current.release();
  was_abandoned = true;
}

bool is_abandoned() { return was_abandoned; }

capt_messages abandoned_messages() {
  auto store = std::make_unique<MessageStore>();
  store->items.push_back(capt_message{store->strings.keep("libapt gave up earlier in this process"), 1});
  capt_messages messages{store->items.data(), store->items.size(), nullptr};
  messages.owner = store.release();
  return messages;
}

bool drain(capt_messages *messages) {
  bool const failed = _error->PendingError();
  auto store = std::make_unique<MessageStore>();
  // What is left once there is no warning any more are notices and debugging, such as of files passed by.
  while (_error->empty(GlobalError::WARNING) == false) {
    std::string text;
    bool const is_error = _error->PopMessage(text);
    store->items.push_back(capt_message{store->strings.keep(text), is_error ? 1 : 0});
  }
  _error->Discard();
  if (messages == nullptr || store->items.empty()) return failed;
  messages->items = store->items.data();
  messages->count = store->items.size();
  messages->owner = store.release();
  return failed;
}

}  // namespace capt

using namespace capt;

extern "C" void capt_messages_free(capt_messages *messages) {
  delete static_cast<MessageStore *>(messages->owner);
  *messages = capt_messages{nullptr, 0, nullptr};
}

extern "C" capt_status capt_configure(const capt_option *options, size_t count, capt_messages *messages) {
  return guarded(messages, CAPT_CONFIGURATION, [&] { return configure(options, count); });
}

extern "C" void capt_close(void) {
  guarded(nullptr, CAPT_INTERNAL, [] {
    close_session();
    return CAPT_OK;
  });
}

extern "C" capt_status capt_paths_fill(capt_paths *paths, capt_messages *messages) {
  *paths = capt_paths{};
  return guarded(messages, CAPT_CONFIGURATION, [&] {
    auto strings = std::make_unique<Strings>();
    paths->root = strings->keep(_config->FindDir("Dir", "/"));
    paths->status = strings->keep(_config->FindFile("Dir::State::status"));
    paths->lists = strings->keep(_config->FindDir("Dir::State::lists"));
    paths->archives = strings->keep(_config->FindDir("Dir::Cache::archives"));
    paths->preferences_parts = strings->keep(_config->FindDir("Dir::Etc::PreferencesParts", "/dev/null"));
    paths->owner = strings.release();
    return CAPT_OK;
  });
}

extern "C" void capt_paths_free(capt_paths *paths) {
  delete static_cast<Strings *>(paths->owner);
  *paths = capt_paths{};
}

extern "C" int capt_compare_versions(const char *left, const char *right) {
  return _system == nullptr ? 0 : _system->VS->CmpVersion(left, right);
}
