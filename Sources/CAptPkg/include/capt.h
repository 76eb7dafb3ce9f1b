// CAptPkg: libapt-pkg behind a C interface. One call fills plain structs, one frees them.
//
// libapt-pkg keeps its configuration and its system in process-wide globals and is not thread-safe: the
// caller makes sure that only one thread at a time is inside any function of this header, and that a plan,
// an archive list or a download belongs to the configuration of the last `capt_configure`.
// No function lets a C++ exception out; what libapt said is handed over in a `capt_messages` and nothing
// stays in libapt's own error list. Strings are bytes as the archive wrote them, not necessarily UTF-8.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum capt_status {
  CAPT_OK = 0,
  /// Configuration files or options could not be used.
  CAPT_CONFIGURATION,
  /// The list of package sources could not be read.
  CAPT_SOURCES,
  /// Package lists or dpkg's status could not be read.
  CAPT_CACHE,
  /// The installed packages have unmet dependencies, so that apt would do nothing.
  CAPT_BROKEN,
  /// apt found no way to upgrade.
  CAPT_PLAN,
  /// A package or version is not in the package lists.
  CAPT_UNKNOWN_PACKAGE,
  /// A file could not be used.
  CAPT_FILE,
  /// An exception inside libapt, or memory ran out.
  CAPT_INTERNAL,
} capt_status;

typedef struct capt_option {
  const char *key;
  const char *value;
} capt_option;

typedef struct capt_message {
  const char *text;
  /// 1 for an error, 0 for a warning or a notice.
  int is_error;
} capt_message;

/// What libapt said during one call.
typedef struct capt_messages {
  const capt_message *items;
  size_t count;
  void *owner;
} capt_messages;

void capt_messages_free(capt_messages *messages);

/// Forgets the configuration before, and configures libapt as apt-get does: built-in values, APT_CONFIG and the
/// configuration files, `Binary::apt-get`, then `options` in their order.
capt_status capt_configure(const capt_option *options, size_t count, capt_messages *messages);

/// Closes the package cache, if it is open.
void capt_close(void);

/// Where the configured node has its things, with `RootDir` and `Dir` applied.
typedef struct capt_paths {
  const char *root;
  const char *status;
  const char *lists;
  const char *archives;
  /// `Dir::Etc::PreferencesParts`, without a slash at its end; `/dev/null` if apt reads no such folder.
  const char *preferences_parts;
  void *owner;
} capt_paths;

capt_status capt_paths_fill(capt_paths *paths, capt_messages *messages);
void capt_paths_free(capt_paths *paths);

typedef struct capt_origin {
  const char *origin, *label, *suite, *codename, *component, *site;
} capt_origin;

typedef enum capt_action { CAPT_UPGRADE, CAPT_INSTALL, CAPT_REMOVE, CAPT_DOWNGRADE } capt_action;

/// A range of `capt_plan.origins`.
typedef struct capt_range {
  size_t first, count;
} capt_range;

typedef struct capt_change {
  const char *name, *architecture, *source;
  /// NULL where there is no such version.
  const char *from, *to;
  capt_action action;
  /// Where the target version can be had, and where versions between the installed and the target can be had.
  capt_range origins, between;
  /// 0 to 99; -1 if the update is not phased.
  int phased_percentage;
  int in_phase;
  uint64_t download_size;
  int64_t installed_size_delta;
} capt_change;

typedef struct capt_obstacle {
  const char *package, *version, *relation;
  /// A range of `capt_plan.names`.
  capt_range in_the_way;
} capt_obstacle;

typedef enum capt_reason { CAPT_HELD, CAPT_PHASED, CAPT_DEPENDENCIES, CAPT_UNKNOWN_REASON } capt_reason;

typedef struct capt_kept {
  const char *name, *architecture, *source, *from, *to;
  capt_reason reason;
  int phased_percentage;
  /// A range of `capt_plan.obstacles`.
  capt_range obstacles;
} capt_kept;

/// What `apt-get dist-upgrade` would do now.
typedef struct capt_plan {
  const capt_change *changes;
  size_t change_count;
  const capt_kept *kept;
  size_t kept_count;
  const capt_origin *origins;
  const capt_obstacle *obstacles;
  const char *const *names;
  /// Sources that are configured but have no package list here.
  const char *const *sources_without_lists;
  size_t sources_without_lists_count;
  /// Sources that are configured; package lists that were read; installed packages.
  size_t source_count, list_count, installed_count;
  void *owner;
} capt_plan;

/// A file of `Dir::Etc::PreferencesParts` that a plan does not read, and what it reads in its place.
typedef struct capt_preferences {
  /// The file's name.
  const char *replaced;
  /// A path; NULL for none.
  const char *replacement;
} capt_preferences;

/// An installed package.
typedef struct capt_package {
  const char *name, *architecture;
} capt_package;

/// Opens the package cache anew, without a lock, and works out the plan in memory. `preferences` may be NULL: apt's
/// own. The `kept` packages stay as they are, whatever that keeps back.
capt_status capt_plan_make(const capt_preferences *preferences, const capt_package *kept, size_t kept_count,
                           capt_plan *plan, capt_messages *messages);
void capt_plan_free(capt_plan *plan);

/// Binary packages of a source, at one version.
typedef struct capt_pin {
  const char *source, *version;
} capt_pin;

/// A version that a pin names.
typedef struct capt_pinned {
  /// Its place among the pins.
  size_t pin;
  const char *package, *architecture;
  int priority;
  /// Whether apt would still install it.
  int is_candidate;
} capt_pinned;

typedef struct capt_pin_trial {
  const capt_pinned *items;
  size_t count;
  void *owner;
} capt_pin_trial;

/// What libapt makes of a file of preferences that stands alone: CAPT_FILE if it cannot parse it, else every version
/// that `pins` name, with the priority it gets. Warnings are about the file.
capt_status capt_try_pins(const char *file, const capt_pin *pins, size_t count, capt_pin_trial *trial,
                          capt_messages *messages);
void capt_pin_trial_free(capt_pin_trial *trial);

/// Compares two versions as dpkg does: negative, 0 or positive. Needs `capt_configure`.
int capt_compare_versions(const char *left, const char *right);

/// Texts that one call fills and `capt_strings_free` frees.
typedef struct capt_strings {
  const char *const *items;
  size_t count;
  void *owner;
} capt_strings;

/// The versions of all packages in the cache, for tests of the order.
capt_status capt_all_versions(capt_strings *versions, capt_messages *messages);
/// The names of all source packages and of all binary packages that have a version, each without repeats and sorted. Both
/// lists are freed by the caller.
capt_status capt_all_names(capt_strings *sources, capt_strings *binaries, capt_messages *messages);
/// The values of `key` in the configuration: its own, if it has one, and those of the list that it is. Needs no cache.
capt_status capt_configured(const char *key, capt_strings *values, capt_messages *messages);
void capt_strings_free(capt_strings *strings);

/// A package at a version.
typedef struct capt_key {
  const char *name, *architecture, *version;
} capt_key;

/// Where the .deb of a key is at hand.
typedef struct capt_archive {
  /// A file whose size and hash are those of the package list; NULL if there is none.
  const char *path;
  /// Why a file that is there was not taken; NULL if there was none or it was taken.
  const char *problem;
} capt_archive;

typedef struct capt_archives {
  const capt_archive *items;
  size_t count;
  void *owner;
} capt_archives;

/// One archive for each key, looked for in `directories`, in apt's archive cache and in local repositories.
/// A key that is not in the package lists has neither path nor problem.
capt_status capt_find_archives(const capt_key *keys, size_t count, const char *const *directories,
                               size_t directory_count, capt_archives *archives, capt_messages *messages);
void capt_archives_free(capt_archives *archives);

/// SHA-256 of .debs, 64 lower-case hexadecimal digits each.
typedef struct capt_hashes {
  /// Empty where no package list gives one.
  const char *const *items;
  size_t count;
  void *owner;
} capt_hashes;

/// What the package lists say of the contents of each key.
capt_status capt_find_hashes(const capt_key *keys, size_t count, capt_hashes *hashes, capt_messages *messages);
void capt_hashes_free(capt_hashes *hashes);

typedef enum capt_download_status {
  CAPT_DOWNLOADED,
  /// The server does not have it, cannot be reached, or what it sent is not what the package list says.
  CAPT_DOWNLOAD_FAILED,
  /// The package list that names it is not authenticated.
  CAPT_DOWNLOAD_UNTRUSTED,
  /// The progress function asked for the end before it was there.
  CAPT_DOWNLOAD_CANCELLED,
} capt_download_status;

typedef struct capt_downloaded {
  capt_download_status status;
  /// Where it is; NULL unless it was downloaded.
  const char *path;
  /// libapt's words on a failure; may be empty.
  const char *problem;
} capt_downloaded;

typedef struct capt_downloads {
  const capt_downloaded *items;
  size_t count;
  void *owner;
} capt_downloads;

/// Told some ten times a second how many of how many bytes are there; returns 0 to end the download.
typedef int (*capt_progress)(void *context, uint64_t fetched, uint64_t total);

/// Fetches .debs into `directory`, which must exist with a directory `partial` in it, and checks their hashes.
/// Takes no lock of apt's. One result for each key; a key that is not in the package lists has failed.
capt_status capt_download(const capt_key *keys, size_t count, const char *directory, capt_progress progress,
                          void *context, capt_downloads *downloads, capt_messages *messages);
void capt_downloads_free(capt_downloads *downloads);

/// An installed package.
typedef struct capt_installed {
  const char *architecture, *version, *source;
  /// Whether dpkg qualifies the package's files by its architecture (`Multi-Arch: same`).
  int is_qualified;
  /// The field `Conffiles` of dpkg's status; empty if there is none.
  const char *conffiles;
  void *owner;
} capt_installed;

/// CAPT_UNKNOWN_PACKAGE if it is not installed. `architecture` may be NULL for any.
capt_status capt_installed_fill(const char *name, const char *architecture, int with_conffiles,
                                capt_installed *installed, capt_messages *messages);
void capt_installed_free(capt_installed *installed);

/// MD5 in hexadecimal of what `descriptor` has left to read; returns 0 if it cannot be had.
int capt_md5(int descriptor, char digest[33]);

/// Opens `path` below `root` for reading, without ever waiting: a file descriptor, or -1 with errno set.
/// Absolute symbolic links are taken as below `root`.
int capt_open_below(const char *root, const char *path);

/// An empty file in memory, open for reading and writing and closed on exec; -1 with errno set if it cannot be had.
int capt_memory_file(void);

#ifdef __cplusplus
}
#endif
