#pragma once
#include <stdint.h>

/// How many times the process has asked the allocator for memory: malloc, calloc, realloc and the aligned forms.
///
/// Linking this target replaces those functions by ones that count and then call glibc's own, so that a benchmark can
/// say how much an operation allocates; never link it into a product.
uint64_t callocationcount_total(void);
