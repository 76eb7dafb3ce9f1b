#pragma once
// A small streaming shim over zlib, liblzma and libzstd: bytes in, bytes out, with a limit on the memory of the decoder.
// It keeps no global state, writes nowhere but into the caller's buffers and never calls back.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum cdec_format { CDEC_GZIP = 1, CDEC_XZ = 2, CDEC_LZMA = 3, CDEC_ZSTD = 4 };

enum cdec_status {
  // Call again, with more input or more room for output.
  CDEC_MORE = 0,
  // The compressed stream ended where its format says it ends, and its checksum (if any) is right.
  CDEC_END = 1,
  // The bytes are not of the format, or a checksum is wrong.
  CDEC_CORRUPT = -1,
  // The stream asks for more memory than the limit.
  CDEC_MEMORY_LIMIT = -2,
  // The input ended before the stream did.
  CDEC_TRUNCATED = -3,
  // The machine has no memory left.
  CDEC_NO_MEMORY = -4,
};

typedef struct cdec cdec;

// A decoder of `format` that uses about `memory_limit` bytes at most; NULL if there is no memory or no such format.
// gzip's decoder always fits in 64 KiB. zstd's limit is on its window, rounded down to a power of two.
cdec *cdec_open(enum cdec_format format, uint64_t memory_limit);

// Decodes from `input` into `output`. `*consumed` and `*produced` say how far it came, also on errors.
// `finish` says that no input follows `input`.
enum cdec_status cdec_step(
    cdec *decoder, const uint8_t *input, size_t input_length, int finish, size_t *consumed, uint8_t *output,
    size_t output_capacity, size_t *produced);

// Frees a decoder; NULL is allowed.
void cdec_close(cdec *decoder);

#ifdef __cplusplus
}
#endif
