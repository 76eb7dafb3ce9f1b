#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled RE2 pattern. RE2 matches in time linear in the text, whatever the pattern.
typedef struct cre2_pattern cre2_pattern;

/// Compiles `pattern`. Never throws and never prints. The result is owned by the caller and is never shared with
/// another owner; NULL means the pattern could not be allocated. Ask `cre2_error` whether it is usable.
cre2_pattern *cre2_compile(const char *pattern, size_t length, int64_t max_memory);

/// The compile error, or NULL where the pattern is usable. Lives as long as the pattern.
const char *cre2_error(const cre2_pattern *pattern);

/// How many instructions the compiled pattern has, 0 where it is not usable; bounded by `max_memory`.
int cre2_program_size(const cre2_pattern *pattern);

/// Whether the pattern occurs anywhere in the text: 1, 0, or -1 where matching ran out of memory. Safe from any thread.
int cre2_search(const cre2_pattern *pattern, const char *text, size_t length);

/// Frees the pattern; NULL is allowed.
void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
