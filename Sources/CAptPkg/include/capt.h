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

/// Opens the package cache anew, without a lock, and works out the plan in memory.
capt_status capt_plan_make(capt_plan *plan, capt_messages *messages);
void capt_plan_free(capt_plan *plan);

/// Compares two versions as dpkg does: negative, 0 or positive. Needs `capt_configure`.
int capt_compare_versions(const char *left, const char *right);

/// The versions of all packages in the cache, for tests of the order.
typedef struct capt_strings {
  const char *const *items;
  size_t count;
  void *owner;
} capt_strings;

capt_status capt_all_versions(capt_strings *versions, capt_messages *messages);
void capt_strings_free(capt_strings *strings);

/// Opens `path` below `root` for reading, without ever waiting: a file descriptor, or -1 with errno set.
/// Absolute symbolic links are taken as below `root`.
int capt_open_below(const char *root, const char *path);

#ifdef __cplusplus
}
#endif
